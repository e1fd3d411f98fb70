import { expect, test } from "vitest";
import { placeText } from "../../engine/config/place.ts";
import {
  casesMax,
  entriesMax,
  recordsMax,
  testFilesMax,
} from "../../engine/mapping-test/limits.ts";
import type { TestRun } from "../../engine/mapping-test/run-tests.ts";
import { runTests } from "../../engine/mapping-test/run-tests.ts";
import { configConnectors } from "../support/config-connectors.ts";
import {
  casesOf,
  type Files,
  failedIn,
  inProject,
  runText,
  shownRun,
  usersMapping,
} from "../support/mapping-tests.ts";

/* What is wrong with a test file is told with its place and with what was probably meant, and then no case is run. */

interface Told {
  readonly code: string;
  readonly at: string | undefined;
  readonly help: string;
}

function toldBy(run: TestRun): readonly Told[] {
  if (run.ok) return [];
  return run.diagnostics.map(({ code, at, help }) => ({ code, at: at && placeText(at), help }));
}

const file = "mappings/users.test.yaml";

const whole = casesOf(`  - name: one
    vars: { template: Field }
    given:
      people: { ana: { last_name: Souza, email: ana@x.example, status: active } }
      users: { u1: {} }
    links:
      - { rule: users, source: ana, target: u1 }
    expect:
      - { inStep: ana, rule: users, target: u1 }
`);

test("the file that the errors below are made of is right", async () => {
  expect(failedIn(await runText(whole))).toEqual([]);
});

test.each([
  [
    "another mapping",
    "mapping: users",
    "mapping: user",
    "mapping-unknown",
    "1:10",
    'Did you mean "users"?',
  ],
  [
    "a key that is none",
    "    given:",
    "    givn: {}\n    given:",
    "key-unknown",
    "7:5",
    'Did you mean "given"?',
  ],
  [
    "a source that is none",
    "      users:",
    "      usres:",
    "source-unknown",
    "9:7",
    'Did you mean "users"?',
  ],
  [
    "a field that is none",
    "last_name:",
    "lastname:",
    "field-unknown",
    "8:24",
    'Did you mean "last_name"?',
  ],
  [
    "a field of the defaults that is none",
    "is_user: true",
    "is_usr: true",
    "field-unknown",
    "3:29",
    'Did you mean "is_user"?',
  ],
  [
    "a variable that is none",
    "template: Field",
    "tempalte: Field",
    "vars-unknown",
    "6:13",
    'Did you mean "template"?',
  ],
  [
    "a rule that is none",
    "- { rule: users,",
    "- { rule: user,",
    "rule-unknown",
    "11:17",
    'Did you mean "users"?',
  ],
  [
    "a rule that is none, in an expectation",
    "ana, rule: users, target",
    "ana, rule: user, target",
    "rule-unknown",
    "13:30",
    'Did you mean "users"?',
  ],
  [
    "a record that is not there",
    "inStep: ana",
    "inStep: anna",
    "record-not-given",
    "13:19",
    'Did you mean "ana"?',
  ],
  [
    "a choice that is none",
    "status: active } }\n",
    "status: activ } }\n",
    "value-not-allowed",
    "8:72",
    'Did you mean "active"?',
  ],
  ["a text for yes or no", "is_user: true", 'is_user: "yes"', "value-type", "3:38", ""],
  ["yes or no for a text", "last_name: Souza", "last_name: true", "value-type", "8:35", ""],
  [
    "no word that says what is expected",
    "{ inStep: ana, rule",
    "{ rule",
    "expectation-unclear",
    "13:9",
    "",
  ],
  [
    "two words that say what is expected",
    "{ inStep: ana, rule",
    "{ inStep: ana, create: ana, rule",
    "expectation-unclear",
    "13:24",
    "Write one expectation for each.",
  ],
  [
    "a detail that says nothing",
    "{ inStep: ana, rule",
    "{ inStep: ana, code: found, rule",
    "expectation-unclear",
    "13:24",
    "Use rule, target and situation, or leave it out.",
  ],
  [
    "a situation that is none",
    "rule: users, target: u1 }",
    "rule: users, target: u1, situation: link }",
    "value-not-allowed",
    "",
    "",
  ],
])("%s", async (_what, text, by, code, place, help) => {
  expect(whole).toContain(text);
  const [first, ...others] = toldBy(await runText(whole.replace(text, by)));
  expect(first?.code).toBe(code);
  expect(others).toEqual([]);
  if (place !== "") expect(first?.at).toBe(`${file}:${place}`);
  if (help !== "") expect(first?.help).toBe(help);
});

test("records that are named in lists and in decisions must be there, too", async () => {
  const run = await runText(
    whole
      .replace(
        "target: u1 }\n    expect",
        "target: u1 }\n    decisions: [{ rule: users, ignore: anna }]\n    expect",
      )
      .replace("inStep: ana, rule: users, target: u1", "hold: ana, candidates: [u9]"),
  );
  expect(toldBy(run).map(({ code, at }) => [code, at])).toEqual([
    ["record-not-given", `${file}:12:40`],
    ["record-not-given", `${file}:14:35`],
  ]);
});

test("a decision says one thing of one record, and of another one where it needs it", async () => {
  for (const decision of [
    "{ rule: users }",
    "{ rule: users, link: ana }",
    "{ rule: users, ignore: ana, target: u1 }",
  ]) {
    const run = await runText(
      whole.replace("    expect:", `    decisions: [${decision}]\n    expect:`),
    );
    expect(toldBy(run).map(({ code }) => code)).toEqual(["expectation-unclear"]);
  }
});

test("a link needs an end that is there, and no end has two", async () => {
  const link = "- { rule: users, source: ana, target: u1 }";
  const nowhere = whole.replace(link, `${link}\n      - { rule: users, source: tom, target: u2 }`);
  expect(toldBy(await runText(nowhere))).toMatchObject([
    { code: "record-not-given", at: `${file}:12:32` },
  ]);
  const twice = whole.replace(link, `${link}\n      - { rule: users, source: tom, target: u1 }`);
  expect(toldBy(await runText(twice))).toMatchObject([{ code: "link-taken", at: `${file}:12:45` }]);
});

test("fields can be expected only of a rule that is named", async () => {
  const mapping = usersMapping
    .concat(`  titles:
    direction: users -> people
    fields: { job_title: job_title }
`)
    .replace("      job_title: job_title\n", "");
  const told = toldBy(
    await runText(
      whole.replace("inStep: ana, rule: users, target: u1", "update: ana, has: { job_title: X }"),
      { mapping },
    ),
  );
  expect(told).toMatchObject([
    { code: "expectation-unclear", help: "Add `rule`, because the mapping has several." },
  ]);
});

test("two cases of one name, and a time that is none", async () => {
  const twice = `${whole}  - { name: one, given: {}, expect: [] }\n`;
  expect(toldBy(await runText(twice))).toMatchObject([
    { code: "case-name-taken", at: `${file}:14:5` },
  ]);
  const never = `${whole}    now: soon\n`;
  expect(toldBy(await runText(never))).toMatchObject([
    { code: "value-malformed", at: `${file}:14:10` },
  ]);
});

test("a file and a case have limits", async () => {
  const many = (count: number, one: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => one(index)).join("");
  const cases = casesOf(many(casesMax + 1, (n) => `  - { name: c${n}, given: {}, expect: [] }\n`));
  const records = casesOf(`  - name: one
    given:
      users:
${many(recordsMax + 1, (n) => `        u${n}: {}\n`)}    expect: []
`);
  const expected = casesOf(`  - name: one
    given: { people: { ana: {} } }
    expect:
${many(entriesMax + 1, () => "      - { passOver: ana }\n")}`);
  for (const text of [cases, records, expected]) {
    expect(toldBy(await runText(text)).map(({ code }) => code)).toEqual(["case-too-large"]);
  }
});

test("a project has no more test files than anyone can keep", async () => {
  const files = Object.fromEntries(
    Array.from({ length: testFilesMax + 1 }, (_, n) => [`mappings/m${n}.test.yaml`, ""]),
  );
  expect(toldBy(await runText(whole, { files })).map(({ code }) => code)).toEqual([
    "case-too-large",
  ]);
});

test("everything that is wrong is told at once, of the project and of its tests", async () => {
  const files: Files = { "mappings/other.test.yaml": "mapping: users\ncases: []\n" };
  const mapping = usersMapping.replace("last_name: last_name", "last_name: lastname");
  const told = toldBy(await runText(whole.replace("    given:", "    givn:"), { files, mapping }));
  expect(told.map(({ code, at }) => [code, at])).toEqual([
    ["value-empty", "mappings/other.test.yaml:2:8"],
    ["key-missing", `${file}:5:5`],
    ["key-unknown", `${file}:7:5`],
    ["field-unknown", "mappings/users.yaml:18:18"],
  ]);
});

const withVariables = `version: 1
connections:
  hr: { connector: workforce-planning, companyId: "\${HR_ID}", auth: { clientId: "\${HR}", clientSecret: "\${HR_SECRET}" } }
  office: { connector: procore, companyId: "\${OFFICE_ID}", auth: { clientId: c, clientSecret: d } }
mappings: ["\${FOLDER:-mappings}/*.yaml"]
state: \${DATABASE_URL}
`;

test("what only a connection or the state needs may be missing; what decides a mapping may not", async () => {
  const files = { "syncctl.yaml": withVariables };
  expect(failedIn(await runText(whole, { files }))).toEqual([]);
  const mapping = usersMapping.replace("template: Standard", "template: ${TEMPLATE}");
  const run = await runText(whole, { files, mapping });
  expect(toldBy(run)).toMatchObject([
    { code: "environment-missing", at: "mappings/users.yaml:8:13" },
  ]);
  const env = "env: { TEMPLATE: Standard }\n";
  expect(failedIn(await runText(`${env}${whole}`, { files, mapping }))).toEqual([]);
});

test("variables of a test take the place of those that are set, and those of a case that of the file's", async () => {
  const mapping = usersMapping.replace("template: Standard", "template: ${TEMPLATE}");
  const creating = (template: string, env = "") => `  - name: ${template}
    ${env}
    given:
      people: { ana: { last_name: Souza, email: ana@x.example } }
      templates: { t1: { name: First }, t2: { name: Second } }
    expect: [{ create: ana, has: { company_permission_template_id: ${template} } }]
`;
  const text = `env: { TEMPLATE: First }\n${casesOf(`${creating("t1")}${creating("t2", "env: { TEMPLATE: Second }")}`)}`;
  for (const env of [{}, { TEMPLATE: "Third" }]) {
    expect(failedIn(await runText(text, { mapping, options: { env } }))).toEqual([]);
  }
});

test("a mapping that is there for another one's tests has the variables that its own tests give", async () => {
  const other = usersMapping
    .replace("mapping: users", "mapping: other")
    .replaceAll("stream: users", "stream: contacts")
    .replace("{ email_address: email }", "{ employee_id: employee_number }")
    .replace(/ {6}(email_address|company_permission).*\n/g, "")
    .replace(/ {2}templates.*\n/, "")
    .replace("template: Standard", "template: ${OTHER}")
    .replace("when: is_user", "when: is_user and $vars.template != ''");
  const files = {
    "mappings/other.yaml": other,
    "mappings/other.test.yaml":
      "mapping: other\nenv: { OTHER: x }\ncases: [{ name: none, given: {}, expect: [] }]\n",
  };
  expect(failedIn(await runText(whole, { files }))).toEqual([]);
});

test("test files are found where the patterns of mappings lead, and are no mappings", async () => {
  const project = (patterns: string) =>
    withVariables.replace('["${FOLDER:-mappings}/*.yaml"]', patterns);
  const found = (patterns: string, files: Files) =>
    inProject({ "syncctl.yaml": project(patterns), ...files }, async (directory) => {
      const run = await runTests({ directory, env: {}, connectors: configConnectors });
      return run.ok ? run.results.map(({ file: path }) => path) : shownRun(run);
    });
  const deep = { "all/one/users.yaml": usersMapping, "all/one/users.test.yaml": whole };
  expect(await found("[all/**/*.yaml]", deep)).toEqual(["all/one/users.test.yaml"]);
  expect(await found("[all/one/users.yaml]", deep)).toEqual(["all/one/users.test.yaml"]);
  const short = { "users.yaml": usersMapping, "users.test.yml": whole };
  expect(await found("[users.yaml]", short)).toEqual(["users.test.yml"]);
  expect(await found("[nowhere/*.yaml]", short)).toContain("mapping-pattern-empty");
});

test("an environment of syncctl.yaml has its own mappings and tests", async () => {
  const files = {
    "syncctl.yaml": `${withVariables}environments: { trial: { mappings: [trial/*.yaml] } }\n`,
    "trial/users.yaml": usersMapping,
    "trial/users.test.yaml": whole,
  };
  const run = await runText(whole, { files, options: { environment: "trial" } });
  expect(run.ok && run.results.map(({ file: path }) => path)).toEqual(["trial/users.test.yaml"]);
});
