import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { auditCsv } from "../../cli/render/audit-csv.ts";
import { auditMarkdown } from "../../cli/render/audit-markdown.ts";
import { auditText } from "../../cli/render/audit-text.ts";
import { audit } from "../../engine/audit/audit.ts";
import type { Audit } from "../../engine/audit/finding.ts";
import { buildPlan } from "../../engine/plan/build-plan.ts";
import { type Company, changeLines, heldLines, openCompany } from "../support/company.ts";

/*
 * A company before it goes live. Every kind of thing that a person has to clean is planted once, found, and shown as a
 * person has read it. After a change that is meant: UPDATE_GOLDEN=1 npx vitest run test/scenarios/audit.test.ts, and read
 * the difference.
 */

let company: Company;

afterEach(() => company.close());

/** Somebody who logs in, the same on both sides unless something is said. */
function pair(
  at: number,
  [first, last]: readonly [first: string, last: string],
  there: { readonly here?: object; readonly user?: object } = {},
) {
  const email = `${first}.${last}@northridge.example`.toLowerCase();
  const person = {
    id: `p${at}`,
    first_name: first,
    last_name: last,
    email,
    employee_number: String(1000 + at),
    status: "active",
    is_user: true,
    is_assignable: false,
    ...there.here,
  };
  const user = {
    id: 500 + at,
    first_name: first,
    last_name: last,
    email_address: email,
    employee_id: String(1000 + at),
    is_employee: true,
    ...there.user,
  };
  return { person, user };
}

/** Somebody who does not log in. */
function crew(
  at: number,
  [first, last]: readonly [first: string, last: string],
  there: { readonly here?: object; readonly contact?: object } = {},
) {
  const person = {
    id: `c${at}`,
    first_name: first,
    last_name: last,
    employee_number: String(2000 + at),
    status: "active",
    is_user: false,
    is_assignable: true,
    ...there.here,
  };
  const contact = {
    id: 800 + at,
    first_name: first,
    last_name: last,
    employee_id: String(2000 + at),
    is_employee: true,
    ...there.contact,
  };
  return { person, contact };
}

const clean = [pair(1, ["Ilse", "Brandvold"]), pair(2, ["Mina", "Farrow"])];
const cleanCrew = [crew(1, ["Luis", "Ortega"])];

const dirty = {
  tom: pair(3, ["Tom", "Okafor"], {
    here: { phone: "+15035550142" },
    user: { mobile_phone: "(503) 555-0199" },
  }),
  jonas: pair(4, ["Jonas", "Weber"], { user: { employee_id: "1040", last_name: "Webber" } }),
  lena: pair(5, ["Lena", "Fischer"]),
  lenaAgain: pair(6, ["Lena", "Fisher"], { here: { email: "lena.fischer@northridge.example" } }),
  sam: pair(7, ["Sam", "Hill"]),
  samAgain: pair(8, ["Samuel", "Hill"], { user: { employee_id: "1007" } }),
  bob: pair(9, ["Bob", "Lindqvist"], {
    here: { employee_number: "10482" },
    user: {
      first_name: "Robert",
      email_address: "rlindqvist@northridge.example",
      employee_id: "10428",
    },
  }),
  uma: pair(10, ["Uma", "Reyes"], { user: { email_address: "u.reyes@oldname.example" } }),
  priya: pair(11, ["Priya", "Raman"], {
    user: { last_name: "Ramann", email_address: "priya.raman@oldname.example", employee_id: null },
  }),
  wei: pair(12, ["Wei", "Chen"], {
    user: {
      first_name: "Chen",
      last_name: "Wei",
      email_address: "wchen@northridge.example",
      employee_id: null,
    },
  }),
  dale: pair(13, ["Dale", "Hutchins"], { here: { email: "dale.hutchins(at)northridge" } }),
  hugo: pair(14, ["Hugo", "Stein"]),
  elaine: pair(15, ["Elaine", "Marsh"]),
  sofia: crew(2, ["Sofía", "Núñez"], {
    contact: { first_name: "Sofia", last_name: "Nunez Lopez", employee_id: "2020" },
  }),
  omar: crew(3, ["Omar", "Haddad"]),
  grace: crew(4, ["Grace", "Kim"], { here: { employee_number: null } }),
  andre: crew(5, ["Andre", "Baptiste"], { here: { employee_number: null } }),
} as const;

const { tom, jonas, lena, lenaAgain, sam, samAgain, bob, uma, priya, wei } = dirty;
const { dale, hugo, elaine, sofia, omar, grace, andre } = dirty;

function dirtyWorld() {
  const both = [...clean, tom, jonas, lena, lenaAgain, sam, bob, uma, priya, wei];
  return {
    wfp: {
      people: [
        ...both.map(({ person }) => person),
        ...[dale, hugo].map(({ person }) => person),
        ...[...cleanCrew, sofia, omar, grace, andre].map(({ person }) => person),
      ],
    },
    procore: {
      users: [
        ...both.map(({ user }) => user),
        ...[samAgain, elaine].map(({ user }) => user),
        // Omar is in the directory as somebody who logs in.
        { ...omar.contact, id: 903, email_address: "omar.haddad@northridge.example" },
      ],
      contacts: [...cleanCrew, sofia, grace].map(({ contact }) => contact),
    },
  };
}

async function auditOf(at: Company): Promise<Audit> {
  const { signal } = new AbortController();
  const input = await at.engine.gather({
    purpose: "link",
    allow: [],
    only: [],
    exclude: [],
    signal,
  });
  const settings = { ...input.settings, purpose: "sync" } as const;
  return audit(input, buildPlan(input), buildPlan({ ...input, settings }));
}

/** `near-miss Bob Lindqvist`, for what somebody has to do. */
function work(made: Audit): readonly string[] {
  return made.findings
    .filter(({ severity }) => severity !== "low")
    .map(({ code, records }) => `${code} ${records.map(({ label }) => label).join(", ")}`);
}

async function compare(file: string, text: string): Promise<void> {
  const path = join(import.meta.dirname, "golden", file);
  if (process.env["UPDATE_GOLDEN"]) await writeFile(path, text);
  expect(text, file).toBe(await readFile(path, "utf8"));
}

test("every kind of dirt is found, the most harmful first, and told as a person has read it", async () => {
  company = await openCompany(dirtyWorld());
  const made = await auditOf(company);
  expect(work(made)).toEqual([
    "duplicate-key Lena Fischer, Lena Fisher",
    "duplicate-identifier Sam Hill, Samuel Hill",
    "disagrees Jonas Weber",
    "near-miss Omar Haddad",
    "near-miss Uma Reyes",
    "near-miss Priya Raman",
    "near-miss Sofía Núñez",
    "near-miss Bob Lindqvist",
    "near-miss Grace Kim",
    "near-miss Wei Chen",
    "keyless Andre Baptiste",
    "value-unfit Dale Hutchins",
  ]);
  const fixed = { ...made, header: { ...made.header, createdAt: "2026-03-02T08:00:00.000Z" } };
  const paint = (_style: unknown, text: string) => text;
  await compare("audit.golden.txt", auditText(fixed, { paint, brief: false, timeZone: "UTC" }));
  await compare("audit.golden.csv", auditCsv(fixed));
  await compare("audit.golden.md", auditMarkdown(fixed));
});

/** What the audit says to do, done by the people who keep the two lists. */
function cleanUp(at: Company): void {
  const edit = (id: string, values: Record<string, string>) => at.wfp.edit(id, values);
  edit("p6", { email: "lena.fisher@northridge.example" });
  edit("p9", { first_name: "Robert", employee_number: "10428" });
  edit("p13", { email: "dale.hutchins@northridge.example" });
  edit("c4", { employee_number: "2004" });
  edit("c5", { employee_number: "2005" });
  const { directory } = at;
  directory.editUser("samuel.hill@northridge.example", { employee_id: "1008" });
  directory.editUser("jonas.weber@northridge.example", { employee_id: "1004", last_name: "Weber" });
  directory.editUser("rlindqvist@northridge.example", {
    email_address: "bob.lindqvist@northridge.example",
  });
  directory.editUser("u.reyes@oldname.example", { email_address: "uma.reyes@northridge.example" });
  directory.editUser("priya.raman@oldname.example", {
    email_address: "priya.raman@northridge.example",
    last_name: "Raman",
    employee_id: "1011",
  });
  directory.editUser("wchen@northridge.example", {
    email_address: "wei.chen@northridge.example",
    first_name: "Wei",
    last_name: "Chen",
    employee_id: "1012",
  });
  directory.editContact("2020", {
    first_name: "Sofía",
    last_name: "Núñez",
    employee_id: "2002",
  });
  // Omar does not log in: he becomes a contact.
  directory.removeUser("omar.haddad@northridge.example");
  const saved = at.procore.save() as { readonly contacts: readonly object[] };
  at.procore.load({ ...saved, contacts: [...saved.contacts, omar.contact] });
}

test("after what the audit says is done, nothing is left of it, and the linking run links everybody", async () => {
  company = await openCompany(dirtyWorld());
  expect(work(await auditOf(company))).toHaveLength(12);
  cleanUp(company);

  const made = await auditOf(company);
  expect(work(made)).toEqual([]);
  const { plan } = await company.link();
  expect(heldLines(plan)).toEqual([]);
  const linked = plan.changes.filter(({ kind }) => kind === "link").map(({ label }) => label);
  const promised = made.rules.reduce((sum, { willLink }) => sum + willLink, 0);
  expect(linked).toHaveLength(promised);
  // Everybody but those who are new to Procore.
  const people = company.wfp.people().map((one) => `${one.first_name} ${one.last_name}`);
  const created = made.findings
    .filter(({ code }) => code === "only-in-source")
    .flatMap(({ records }) => records.map(({ label }) => label));
  expect(created).toEqual(["Andre Baptiste", "Dale Hutchins", "Hugo Stein"]);
  expect([...linked, ...created].toSorted()).toEqual(people.toSorted());

  // The first sync creates those, and changes what the audit has said.
  const first = await company.sync();
  expect(changeLines(first.plan).filter((line) => line.startsWith("create"))).toHaveLength(3);
  expect(changeLines(first.plan)).toContain("update users Tom Okafor");
  expect((await company.plan()).changes).toEqual([]);
});

test("a clean company gives an empty audit, before it is linked and after", async () => {
  const world = {
    wfp: { people: [...clean, ...cleanCrew].map(({ person }) => person) },
    procore: {
      users: clean.map(({ user }) => user),
      contacts: cleanCrew.map(({ contact }) => contact),
    },
  };
  company = await openCompany(world);
  const before = await auditOf(company);
  expect(before.findings).toEqual([]);
  expect(before.rules.map(({ records, willLink }) => [records, willLink])).toEqual([
    [1, 1],
    [2, 2],
  ]);
  await company.link();
  await company.sync();
  const after = await auditOf(company);
  expect(after.findings).toEqual([]);
  expect(after.fields).toEqual([]);
  expect(after.rules.map(({ records, linked }) => [records, linked])).toEqual([
    [1, 1],
    [2, 2],
  ]);
});

test("who a person has said to be two is not told again, and who is left out is not looked for", async () => {
  company = await openCompany({
    wfp: { people: [uma.person, wei.person] },
    procore: { users: [uma.user, wei.user] },
  });
  expect(work(await auditOf(company))).toEqual(["near-miss Uma Reyes", "near-miss Wei Chen"]);
  const entry = { connection: "wfp", stream: "people" };
  const user = { connection: "procore", stream: "users", id: "510" };
  const at = { file: "links/people.yaml", line: 1, column: 1 };
  const decisions = [
    { kind: "apart", rule: "users", source: { ...entry, id: "p10" }, target: user, at },
    { kind: "ignore", rule: "users", source: { ...entry, id: "p12" }, at },
  ] as const;
  const { signal } = new AbortController();
  const gathered = await company.engine.gather({
    purpose: "link",
    allow: [],
    only: [],
    exclude: [],
    signal,
  });
  const input = {
    ...gathered,
    mappings: gathered.mappings.map((one) => ({ ...one, mapping: { ...one.mapping, decisions } })),
  };
  const settings = { ...input.settings, purpose: "sync" } as const;
  const made = audit(input, buildPlan(input), buildPlan({ ...input, settings }));
  expect(work(made)).toEqual([]);
});
