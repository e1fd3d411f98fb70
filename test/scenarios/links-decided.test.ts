import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { type AddFlags, addLink } from "../../cli/link/add-link.ts";
import { removeLink } from "../../cli/link/remove-link.ts";
import { terminal } from "../../cli/terminal.ts";
import type { StateStore } from "../../engine/state/store.ts";
import {
  type Company,
  changeLines,
  heldLines,
  openCompany,
  passedOverLines,
} from "../support/company.ts";

/* What people decide about links, in files that are reviewed, and what every run makes of it. */

let company: Company;

afterEach(async () => {
  vi.restoreAllMocks();
  await company.close();
});

const uma = {
  first_name: "Uma",
  last_name: "Reyes",
  email: "uma@northridge.example",
  employee_number: "NR-7",
  status: "active" as const,
  is_user: true,
  is_assignable: false,
};
const umaUser = {
  first_name: "Uma",
  last_name: "Reyez",
  email_address: "uma@northridge.example",
  employee_id: "NR-7",
  is_employee: true,
};

/** Runs a command's work in this process; answers its exit code and what it printed. */
async function said(work: (session: Parameters<typeof addLink>[0]) => Promise<number>) {
  const printed: string[] = [];
  vi.spyOn(terminal, "out").mockImplementation((text) => void printed.push(text));
  vi.spyOn(terminal, "err").mockImplementation((text) => void printed.push(text));
  const { engine, store } = company;
  const { signal } = new AbortController();
  const code = await work({
    project: engine.project,
    engine,
    store,
    signal,
    clearProgress: () => {},
  });
  // The project is read anew, as the next command would.
  await company.edit([]);
  return { code, text: printed.join("") };
}

const flags: AddFlags = {
  apart: false,
  ignore: false,
  why: "The same person; Reyez is a typing error in Procore.",
  by: "ana@northridge.example",
  "file-only": false,
  project: ".",
  json: false,
};

function decide(source: string, target: string | undefined, more: Partial<AddFlags> = {}) {
  return said((session) => addLink(session, { source, target }, { ...flags, ...more }));
}

/** The same with a state that does something else. */
function decideWith(store: Partial<StateStore>, source: string, target: string) {
  return said((session) =>
    addLink({ ...session, store: { ...session.store, ...store } }, { source, target }, flags),
  );
}

/** `wfp/people/…` and `procore/users/…` of the only person and the only user of that name. */
function addresses(firstName: string) {
  const person = company.wfp.people().find((one) => one.first_name === firstName);
  const user = company.directory.users().find((one) => one["first_name"] === firstName);
  return { person: `wfp/people/${person?.id}`, user: `procore/users/${user?.["id"]}` };
}

test("a disputed match is settled by a decision, and the source's values win from then on", async () => {
  company = await openCompany({ wfp: { people: [uma] }, procore: { users: [umaUser] } });
  expect(heldLines(await company.plan())).toEqual(["disagrees users Uma Reyes"]);
  const { person, user } = addresses("Uma");

  const added = await decide(person, user);
  expect(added).toMatchObject({ code: 0 });
  expect(added.text).toContain(`Linked ${person} = ${user} (people/users).`);
  expect(await readFile(join(company.folder, "links/people.yaml"), "utf8")).toContain(
    `link:\n  - pair: [${person}, ${user}]\n    name: Uma Reyes = Uma Reyez\n    why: The same person; Reyez is a typing error in Procore.\n    by: ana@northridge.example\n    on: `,
  );

  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["update users Uma Reyes"]);
  expect(company.directory.users()).toMatchObject([{ last_name: "Reyes" }]);
  expect((await company.plan()).changes).toEqual([]);
});

test("a decision that is only in the file is tied by the next run, and no match key is asked", async () => {
  company = await openCompany({
    wfp: { people: [uma] },
    procore: { users: [{ ...umaUser, email_address: "u.reyez@northridge.example" }] },
  });
  const { person, user } = addresses("Uma");
  expect(changeLines(await company.plan())).toEqual(["create users Uma Reyes"]);

  await decide(person, user, { "file-only": true });
  expect((await company.store.load("people")).links).toEqual([]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["link users Uma Reyes", "update users Uma Reyes"]);
  expect(company.directory.users()).toHaveLength(1);
  expect((await company.plan()).changes).toEqual([]);
});

test("two that are different are never linked by their key, and a link between them is taken back", async () => {
  company = await openCompany({
    wfp: { people: [uma] },
    procore: { users: [{ ...umaUser, last_name: "Reyes" }] },
  });
  await company.link();
  const { person, user } = addresses("Uma");
  const parted = await said((session) =>
    removeLink(session, user, {
      apart: true,
      why: "Mother and daughter.",
      by: "ana",
      project: ".",
      json: false,
    }),
  );
  expect(parted.text).toContain(`Removed the link ${person} = ${user} (people/users).`);
  expect((await company.store.load("people")).links).toEqual([]);
  const linking = await company.link();
  expect(linking.plan.changes).toEqual([]);
  // The key belongs to the other one, so that the system itself would refuse a second user with it.
  expect(changeLines(await company.plan())).toEqual(["create users Uma Reyes"]);
});

test("a record that is left out takes no part until the decision is taken back", async () => {
  company = await openCompany({ wfp: { people: [uma] } });
  const [person] = company.wfp.people();
  await decide(`wfp/people/${person?.id}`, undefined, { ignore: true, why: "A test account." });
  const { plan } = await company.sync();
  expect(plan.changes).toEqual([]);
  expect(passedOverLines(plan)).toContain("decided-ignore users Uma Reyes");
  expect(company.directory.users()).toEqual([]);
});

test("a plan that was saved before a decision is refused after it", async () => {
  company = await openCompany({ wfp: { people: [uma] }, procore: { users: [umaUser] } });
  const saved = await company.plan();
  const { person, user } = addresses("Uma");
  await decide(person, user);
  expect(await company.apply(saved)).toMatchObject({
    status: "refused",
    refusal: { code: "plan-foreign" },
  });
});

test("what was decided otherwise is refused, and nothing is written", async () => {
  const bo = { ...uma, first_name: "Bo", email: "bo@northridge.example", employee_number: "NR-8" };
  company = await openCompany({ wfp: { people: [uma, bo] }, procore: { users: [umaUser] } });
  const { person, user } = addresses("Uma");
  await decide(person, user, { "file-only": true });
  const before = await readFile(join(company.folder, "links/people.yaml"), "utf8");
  const other = addresses("Bo").person;
  for (const [source, target, more] of [
    [other, user, {}],
    [person, user, { apart: true }],
    [person, undefined, { ignore: true }],
  ] as const) {
    const refused = await decide(source, target, more);
    expect(refused.code).toBe(1);
    expect(refused.text).toMatch(/decided-otherwise: .* at links\/people\.yaml:6:5 /);
  }
  expect(await readFile(join(company.folder, "links/people.yaml"), "utf8")).toBe(before);
});

test("what the state has linked elsewhere is refused, and the file is not touched", async () => {
  const bo = { ...uma, first_name: "Bo", email: "bo@northridge.example", employee_number: "NR-8" };
  company = await openCompany({
    wfp: { people: [uma, bo] },
    procore: { users: [{ ...umaUser, last_name: "Reyes" }] },
  });
  await company.link();
  const { person, user } = addresses("Uma");
  const other = addresses("Bo").person;
  const refusals = [
    await decide(other, user),
    await decide(person, undefined, { ignore: true }),
    await decide(other, "procore/users/999"),
  ];
  expect(refusals.map(({ text }) => /error ([a-z-]+): (.*)/.exec(text)?.slice(1, 3))).toEqual([
    ["link-taken", `${user} is linked to ${person} (people/users).`],
    ["link-taken", `${person} is linked to ${user}; what is linked is not left out.`],
    ["record-missing", "There is no record procore/users/999."],
  ]);
  await expect(readFile(join(company.folder, "links/people.yaml"), "utf8")).rejects.toThrow(
    "ENOENT",
  );
});

test("when the state does not follow, the file is as it was", async () => {
  company = await openCompany({ wfp: { people: [uma] }, procore: { users: [umaUser] } });
  const { person, user } = addresses("Uma");
  const file = join(company.folder, "links/people.yaml");
  const faster = await decideWith({ addLink: async () => false }, person, user);
  expect(faster.text).toContain("error link-taken: ");
  await expect(readFile(file, "utf8")).rejects.toThrow("ENOENT");

  const before = "version: 1\nmapping: people # ours\nignore:\n  - record: wfp/people/other\n";
  await mkdir(join(company.folder, "links"), { recursive: true });
  await writeFile(file, before);
  const gone = () => Promise.reject(new Error("the server went away"));
  await expect(decideWith({ addLink: gone }, person, user)).rejects.toThrow("went away");
  expect(await readFile(file, "utf8")).toBe(before);
});

test("a file that cannot be written is said to be so, and the state is left alone", async () => {
  company = await openCompany({ wfp: { people: [uma] }, procore: { users: [umaUser] } });
  await mkdir(join(company.folder, "links/people.yaml"), { recursive: true });
  const { person, user } = addresses("Uma");
  const { code, text } = await decide(person, user);
  expect(code).toBe(1);
  expect(text).toContain("error file-unwritable: links/people.yaml cannot be written: ");
  expect((await company.store.load("people")).links).toEqual([]);
});
