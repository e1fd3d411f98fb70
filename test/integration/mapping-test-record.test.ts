import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readCase } from "../../engine/mapping-test/read-case.ts";
import { readTestText } from "../../engine/mapping-test/read-test-file.ts";
import { textsIn } from "../../engine/mapping-test/record/invented-values.ts";
import { recordCase } from "../../engine/mapping-test/record/record-case.ts";
import type { Recording } from "../../engine/mapping-test/record/recording.ts";
import { runCase } from "../../engine/mapping-test/run-case.ts";
import { parseAddress } from "../../engine/value/address.ts";
import type { Value } from "../../engine/value/value.ts";
import {
  type Company,
  type CompanyOptions,
  openCompany,
  standardTemplate,
} from "../support/company.ts";
import { people, users } from "../support/recorded-people.ts";

/*
 * A case from live records: what happens with them now, over real HTTP, and nothing that tells who they are.
 */

let company: Company;

afterEach(() => company.close());

const names = ["Brandvold", "Lundqvist", "Okafor", "Fischer", "Fisher", "Hutchins", "Bellweather"];

function open(more: Partial<CompanyOptions> = {}): Promise<Company> {
  return openCompany({
    wfp: { jobTitles: ["Ironworker", "Superintendent"], people },
    procore: { users },
    ...more,
  });
}

function addressOf(lastName: string): string {
  const found = company.wfp.people().find((one) => one.last_name === lastName);
  return `wfp/people/${found?.id}`;
}

function gathered(mapping: string) {
  const { signal } = new AbortController();
  const none = { allow: [], only: [], exclude: [] };
  return company.engine.gather({ purpose: "sync", mappings: [mapping], ...none, signal });
}

async function record(
  addresses: readonly string[],
  name = "a recorded case",
  text: string | null = null,
): Promise<Recording> {
  const { project } = company.engine;
  const [mapping] = project.mappings;
  if (!mapping) throw new Error("there is no mapping");
  const input = await gathered(mapping.name);
  const records = addresses.flatMap((address) => parseAddress(address) ?? []);
  return recordCase({ project, mapping, input, records, name, text });
}

async function recorded(addresses: readonly string[], text: string | null = null): Promise<string> {
  const recording = await record(addresses, "a recorded case", text);
  if (!recording.ok) throw new Error(`${recording.code}: ${recording.message}`);
  return recording.text;
}

/** What the case in a file expects, as it stands there, and whether it passes. */
async function rerun(
  text: string,
): Promise<{ readonly failures: number; readonly expected: readonly string[] }> {
  const { project } = company.engine;
  const [mapping] = project.mappings;
  const { test: file } = readTestText(text, "mappings/people.test.yaml");
  const one = file?.cases.at(-1);
  if (!mapping || !file || !one) throw new Error("the case cannot be read");
  const { testCase, diagnostics } = readCase(file, one, mapping, project.mappings);
  expect(diagnostics).toEqual([]);
  const run = await runCase(testCase, { project, mapping });
  const expected = testCase.expect.map(({ kind, rule, code, situation }) =>
    [kind, rule, situation, code].filter((word) => word !== undefined).join(" "),
  );
  return { failures: run.failures.length, expected };
}

/** Nobody's: what the mapping names itself, the words of choices, and the name of a permission level. */
const openWords = new Set([standardTemplate, "company_tools", "active", "inactive", "User"]);

/** Every text longer than three characters that either system holds about anybody. */
function realTexts(): readonly string[] {
  const saved = [company.wfp.save(), company.procore.save()] as unknown as Value;
  const personal = textsIn(saved).filter((text) => !/^\d{4}-\d\d-\d\dT/.test(text));
  return [...new Set(personal)].filter((text) => text.length > 3 && !openWords.has(text));
}

function expectNothingReal(text: string): void {
  const written = text.toLowerCase();
  expect(realTexts().filter((real) => written.includes(real.toLowerCase().trim()))).toEqual([]);
}

describe("nothing of the real records is left, whatever they are", () => {
  beforeEach(async () => {
    company = await open();
  });

  test("the scan knows what it looks for", () => {
    const real = realTexts();
    for (const text of [
      "Brandvold",
      "NR-2041",
      "Ironworker",
      "okafor@northridge.example",
      "(503) 555-7109",
      "Muñoz",
    ]) {
      expect(real).toContain(text);
    }
  });

  test("before anything is linked", async () => {
    const text = await recorded(names.map(addressOf));
    expectNothingReal(text);
    const { failures, expected } = await rerun(text);
    expect(failures).toBe(0);
    expect(expected.toSorted()).toEqual([
      "create contacts absent",
      "hold users ambiguous ambiguous",
      "hold users ambiguous ambiguous",
      "hold users disagrees disagrees",
      "hold users found found",
      "hold users keyless keyless",
      "passOver users not-brought-in",
    ]);
  });

  test("once they are linked, and something has changed on both sides", async () => {
    await company.link();
    await company.sync();
    const okafor = company.wfp.people().find((one) => one.last_name === "Okafor");
    company.wfp.edit(okafor?.id ?? "", { phone: "+15035557777" });
    company.directory.editUser("OKAFOR@northridge.example", { first_name: "Tomasina" });
    const ilse = company.wfp.people().find((one) => one.last_name === "Brandvold");
    company.wfp.edit(ilse?.id ?? "", { is_user: true, email: "ilse.brandvold@northridge.example" });
    const text = await recorded(["Okafor", "Brandvold"].map(addressOf));
    expectNothingReal(text);
    const { failures, expected } = await rerun(text);
    expect(failures).toBe(0);
    expect(expected.toSorted()).toEqual([
      "create users absent",
      "retire contacts left",
      "update users linked",
    ]);
    expect(text).toContain(standardTemplate);
    expect(text).not.toContain("Company Admin");
  });
});

describe("what is nearly equal stays so", () => {
  test("one letter too many, other capitals, another spelling of a phone number", async () => {
    company = await open();
    const text = await recorded([addressOf("Lundqvist")]);
    const [source = "", target = ""] = [...text.matchAll(/last_name: (\w+)/g)].map(
      ([, name]) => name ?? "",
    );
    expect([source.length, target.length]).toEqual(["Lundqvist".length, "Lundqvistt".length]);
    const [email = "", address = ""] = [...text.matchAll(/email(?:_address)?: (\S+)/g)].map(
      ([, mail]) => mail ?? "",
    );
    expect(address).toBe(email.toLowerCase());
    expect(email).not.toBe(address);
    expect(email).toMatch(/\.example$/);
    expect(text).toContain("phone: (202) 555-0100");
    expect(text).toContain("mobile_phone: +1 202 555 0100");
    expect(text).toContain("differs: [ last_name ]");
  });

  test("a target record can be named, and brings its source along", async () => {
    company = await open();
    await company.link();
    const [user] = company.directory.users().filter((one) => one["last_name"] === "Okafor");
    const text = await recorded([`procore/users/${user?.["id"]}`]);
    expect((await rerun(text)).expected).toEqual(["update users linked"]);
    const stranger = await recorded([`procore/users/${company.directory.users()[0]?.["id"]}`]);
    expect((await rerun(stranger)).expected).toEqual(["hold users disagrees disagrees"]);
  });

  test("what people have decided about the records is taken along", async () => {
    company = await open();
    const [user] = company.directory.users().filter((one) => one["last_name"] === "Lundqvistt");
    const pair = `${addressOf("Lundqvist")}, procore/users/${user?.["id"]}`;
    const decided = `version: 1\nmapping: people\nlink:\n  - { pair: [${pair}], by: Ilse Brandvold }\n`;
    await company.reopen({ links: { people: decided } });
    const text = await recorded([addressOf("Lundqvist")]);
    expectNothingReal(text);
    expect(text).toContain("decisions:");
    expect((await rerun(text)).expected).toEqual(["link users found", "update users found"]);
  });

  test("whoever has a say in it by an expression is taken along, and nobody else", async () => {
    const several = "is_assignable and $not(is_user) and $count($records('people')) > 3";
    company = await open({ edits: [[["rules", "contacts", "when"], several]] });
    const text = await recorded([addressOf("Brandvold")]);
    expect(text.match(/^ {8}person-\d:$/gm)).toHaveLength(4);
    const { failures, expected } = await rerun(text);
    expect(failures).toBe(0);
    expect(expected).toContain("create contacts absent");
  });

  test("only lookup records that decide something are taken along", async () => {
    const permissionTemplates = [
      { name: standardTemplate, type: "company_tools" },
      ...Array.from({ length: 40 }, (_, n) => ({ name: `Template ${n}`, type: "company_tools" })),
    ];
    const ann = {
      first_name: "Ann",
      last_name: "Quigley",
      email: "quigley@northridge.example",
      is_user: true,
      is_assignable: false,
    };
    company = await open({ wfp: { people: [ann] }, procore: { users: [], permissionTemplates } });
    const text = await recorded([addressOf("Quigley")]);
    expect(text.match(/type: company_tools/g)).toHaveLength(1);
    expect((await rerun(text)).expected).toEqual(["create users absent"]);
  });
});

describe("the file", () => {
  beforeEach(async () => {
    company = await open();
  });

  test("keeps its comments, its blank lines and its way of writing; the case is put behind the last one", async () => {
    const before = `# About us

mapping: people   # the mapping
defaults: {people: {status: active},   users: { is_active: true }}

cases:
    # The first
    - name:   one
      given: {people: {}}   # nobody
      expect: []

# The end
`;
    const text = await recorded([addressOf("Hutchins")], before);
    const [head = "", tail = ""] = text.split("# The end\n");
    expect(before.startsWith(head.slice(0, before.indexOf("# The end")).trimEnd())).toBe(true);
    expect(head).toContain("    - name: a recorded case\n      given:\n");
    expect(tail).toBe("");
    expect((await rerun(text)).failures).toBe(0);
    // Where the file has a default, what is empty is said.
    expect(text).toContain("status: active");
  });

  test("is made where there is none, and one with its cases in brackets is written anew", async () => {
    const made = await recorded([addressOf("Hutchins")]);
    expect(made).toMatch(/^# yaml-language-server: \$schema=\.\/mapping-test\.schema\.json\n/);
    expect(made).toMatch(/\n\nmapping: people\n\ncases:\n {2}- name: a recorded case\n/);
    const flow = await recorded(
      [addressOf("Hutchins")],
      "mapping: people\ncases: [{ name: one, given: {}, expect: [] }]\n",
    );
    expect((await rerun(flow)).failures).toBe(0);
    expect(flow).toContain("name: one");
  });

  test("a default of the file does not fill in what is empty in a recorded record", async () => {
    const text = await recorded(
      [addressOf("Hutchins")],
      `mapping: people
defaults:
  people: { email: somebody@x.example, status: inactive }
cases:
  - { name: one, given: {}, expect: [] }
`,
    );
    expect(text).toContain("email: null");
    expect((await rerun(text)).expected).toEqual(["hold users keyless keyless"]);
  });
});

describe("what cannot be recorded is not, and says why", () => {
  test("records that are not there, or that the mapping has nothing to do with", async () => {
    company = await open();
    expect(await record(["wfp/people/nobody"])).toMatchObject({
      ok: false,
      code: "recording-unclear",
    });
    expect(await record(["wfp/groups/1"])).toMatchObject({ ok: false, code: "recording-unclear" });
  });

  test("a name that tells who it is, or that another case has", async () => {
    company = await open();
    const told = await record([addressOf("Hutchins")], "hutchins has no e-mail address");
    expect(told).toMatchObject({ ok: false, code: "recording-personal" });
    const first = await recorded([addressOf("Hutchins")]);
    const again = await record([addressOf("Hutchins")], "a recorded case", first);
    expect(again).toMatchObject({ ok: false, code: "case-name-taken" });
  });

  test("a file that is wrong already", async () => {
    company = await open();
    const wrong = await record(
      [addressOf("Hutchins")],
      "x",
      "mapping: people\ncases:\n  - { name: one, givn: {}, expect: [] }\n",
    );
    expect(wrong).toMatchObject({ ok: false, code: "key-missing" });
  });

  test("a stream that could not be read to its end, and a record that is in doubt", async () => {
    company = await open();
    company.procore.faults.add({
      method: "GET",
      path: /\/users/,
      kind: "status",
      status: 403,
      times: 9,
    });
    expect(await record([addressOf("Hutchins")])).toMatchObject({
      ok: false,
      code: "recording-incomplete",
    });
    company.procore.faults.clear();
    company.procore.faults.add({ method: "POST", path: /\/people$/, kind: "lose-answer" });
    await company.sync();
    const doubt = await record([addressOf("Brandvold")]);
    expect(doubt).toMatchObject({ ok: false, code: "recording-incomplete" });
    expect(!doubt.ok && doubt.message).toContain("was lost");
  });

  test("a mapping that the state keeps from being planned", async () => {
    company = await open();
    const { project } = company.engine;
    const [mapping] = project.mappings;
    if (!mapping) throw new Error("there is no mapping");
    const input = await gathered(mapping.name);
    const [own] = input.mappings;
    const barrier = { code: "accounts-bound", message: "The state belongs to others." } as const;
    const barred = { ...input, mappings: own ? [{ ...own, rules: [], barrier }] : [] };
    const options = { project, mapping, input: barred, name: "x", text: null, records: [] };
    expect(await recordCase(options)).toEqual({
      ok: false,
      code: "recording-incomplete",
      message: barrier.message,
    });
  });

  test("a mapping that writes the same records again and again", async () => {
    const again = "$join($append($records('users').job_title, 'x'), '')";
    company = await open({ edits: [[["rules", "users", "fields", "job_title"], again]] });
    await company.link();
    const restless = await record([addressOf("Okafor")]);
    expect(restless).toMatchObject({ ok: false, code: "recording-differs" });
    expect(!restless.ok && restless.message).toContain("does not come to rest");
  });

  test("a mapping that looks into the texts themselves: with invented ones something else happens", async () => {
    company = await open({
      edits: [[["rules", "users", "when"], "is_user and $contains(last_name, /chins$/)"]],
    });
    const differs = await record([addressOf("Hutchins")]);
    expect(differs).toMatchObject({ ok: false, code: "recording-differs" });
    expect(!differs.ok && differs.message).toContain("hold users keyless became pass");
    expect(JSON.stringify(differs)).not.toContain("Hutchins");
  });

  test("texts that the mapping names itself are nobody's, and stay", async () => {
    company = await open({
      edits: [
        [
          ["rules", "contacts", "fields", "job_title"],
          "job_title = 'Ironworker' ? 'Iron' : job_title",
        ],
      ],
    });
    const text = await recorded([addressOf("Brandvold")]);
    expect(text).toContain("job_title: Ironworker");
    expect(text).toContain("job_title: Iron\n");
    expect(text).not.toContain("Brandvold");
  });
});
