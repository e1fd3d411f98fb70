import { describe, expect, test } from "vitest";
import { casesOf, failedIn, runText, shownRun, usersMapping } from "../support/mapping-tests.ts";

/* What a mapping test says is true exactly when a plan does it, and what is said when it is not. */

/** One case of the users mapping, with its name in front. */
function oneCase(rest: string): string {
  return casesOf(`  - name: the case\n${rest}`);
}

const ana = "ana: { first_name: Ana, last_name: Souza, email: ana@x.example }";

const newUser = oneCase(`    given:
      people: { ${ana} }
      templates: { t1: { name: Standard } }
    expect:
      - create: ana
        fields:
          first_name: Ana
          last_name: Souza
          email_address: ana@x.example
          is_active: true
          company_permission_template_id: t1
`);

test("a case passes when the plan holds exactly what is listed", async () => {
  const run = await runText(newUser);
  expect(failedIn(run)).toEqual([]);
  expect(shownRun(run)).toContain("1 case: 1 passed.");
});

test.each([
  [
    "a value that is another one",
    "first_name: Ana\n",
    "first_name: Anna\n",
    /- +first_name {2}"Anna"\n.*\+ +first_name {2}"Ana"/,
  ],
  [
    "a field that is not written",
    "          is_active: true\n",
    "          is_active: true\n          job_title: Crew\n",
    /- +job_title {2}"Crew"/,
  ],
  [
    "a field that is not listed",
    "          is_active: true\n",
    "",
    /\+ +is_active {2}true {2}# mappings\/users.yaml:21:7/,
  ],
  ["another kind of change", "- create: ana", "- update: ana", /- update ana by users/],
  [
    "another situation",
    "- create: ana\n",
    "- create: ana\n        situation: lost\n",
    /- +situation {2}"lost"\n.*\+ +situation {2}"absent"/,
  ],
])("a case fails for %s", async (_what, text, by, shown) => {
  expect(newUser).toContain(text);
  const run = await runText(newUser.replace(text, by));
  expect(failedIn(run)).toEqual(["the case"]);
  expect(shownRun(run)).toMatch(shown);
});

describe("what the plan must say", () => {
  test("a change that nobody listed fails the case, with its reason and its line", async () => {
    const run = await runText(
      oneCase(`    given:
      people: { ${ana} }
    expect: []
`),
    );
    expect(shownRun(run)).toContain(`failed the case  mappings/users.test.yaml:5:5
  + create ana by users
  +   first_name  "Ana"  # mappings/users.yaml:17:7
  +   last_name  "Souza"  # mappings/users.yaml:18:7
  +   email_address  "ana@x.example"  # mappings/users.yaml:19:7
  +   is_active  true  # mappings/users.yaml:21:7
      There is no user for this person yet.  # mappings/users.yaml:10:3
`);
  });

  test("a held record that nobody listed fails it too; in step and passed over need not be listed", async () => {
    const run = await runText(
      casesOf(`  - name: held
    given:
      people: { ana: { last_name: Souza } }
    expect: []
  - name: the others
    given:
      people:
        ana: { last_name: Souza, email: ana@x.example }
        rolf: { is_user: false }
      users: { u1: {} }
    links: [{ rule: users, source: ana, target: u1 }]
    expect: []
`),
    );
    expect(failedIn(run)).toEqual(["held"]);
    expect(shownRun(run)).toContain('+ hold ana by users\n  +   code  "keyless"');
  });

  test("what is missing is shown with what the plan says of the record instead", async () => {
    const run = await runText(
      oneCase(`    given:
      people: { ana: { last_name: Souza, is_user: false } }
    expect:
      - { create: ana, has: { last_name: Souza } }
`),
    );
    expect(shownRun(run)).toContain(`  - create ana by users  # mappings/users.test.yaml:9:9
  -   last_name  "Souza"
      instead: pass over ana. No rule takes the person: see \`when\` of users.`);
  });

  test("what is held instead of being created is shown once", async () => {
    const run = await runText(
      oneCase(`    given:
      people: { ana: { last_name: Souza } }
    expect:
      - { create: ana }
`),
    );
    const text = shownRun(run);
    expect(text).toMatch(/- create ana[^\n]*\n\n {2}\+ hold ana/);
    expect(text.match(/hold ana/g)).toHaveLength(1);
  });

  test("has names some of the fields, fields all of them; without either, values do not count", async () => {
    const expecting = (expectation: string) =>
      runText(
        oneCase(`    given:
      people: { ${ana} }
    expect:
      - ${expectation}
`),
      );
    expect(failedIn(await expecting("{ create: ana }"))).toEqual([]);
    expect(failedIn(await expecting("{ create: ana, has: { last_name: Souza } }"))).toEqual([]);
    expect(failedIn(await expecting("{ create: ana, fields: { last_name: Souza } }"))).toHaveLength(
      1,
    );
    expect(failedIn(await expecting("{ create: ana, has: { last_name: Sousa } }"))).toHaveLength(1);
  });
});

describe("what no case reaches", () => {
  test("is listed with its line: a field, a reaction that the file names, a whole rule", async () => {
    const mapping = usersMapping
      .concat(`  others:
    direction: people -> contacts
    when: $not(is_user)
    match: [{ employee_id: employee_number }]
    fields: { last_name: last_name, employee_id: employee_number }
`)
      .replace(
        "  templates:",
        "  contacts: { connection: office, stream: contacts }\n  templates:",
      );
    const run = await runText(
      oneCase(`    given:
      people: { ${ana} }
    expect: [{ create: ana, rule: users }]
`),
      { mapping },
    );
    expect(
      run.ok && run.unreached?.map(({ rule, part, name }) => `${rule} ${part} ${name}`),
    ).toEqual([
      "users field job_title",
      "users field company_permission_template_id",
      "users reaction gone",
      "others rule others",
    ]);
    expect(shownRun(run)).toContain(
      "No case reaches:\n  users/users field job_title  mappings/users.yaml:21:7\n",
    );
  });

  test("a mapping without tests is not reached at all, and a part of the cases says nothing", async () => {
    const files = {
      "mappings/others.yaml": usersMapping
        .replace("mapping: users", "mapping: others")
        .replaceAll("stream: users", "stream: contacts")
        .replace("{ email_address: email }", "{ employee_id: employee_number }")
        .replace(/ {6}(email_address|company_permission).*\n/g, "")
        .replace(/ {2}templates.*\n/, "")
        .replace(/vars:\n.*\n/, ""),
    };
    const all = await runText(newUser, { files });
    expect(shownRun(all)).toContain("others/users  mappings/others.yaml:");
    const some = await runText(newUser, { files, options: { name: "THE CASE" } });
    expect(some.ok && "unreached" in some).toBe(false);
    expect(failedIn(some)).toEqual([]);
    const none = await runText(newUser, { files, options: { name: "nowhere" } });
    expect(none.ok && none.results).toEqual([]);
    const one = await runText(newUser, { files, options: { mappings: ["users"] } });
    expect(shownRun(one)).not.toContain("others/users");
  });
});
