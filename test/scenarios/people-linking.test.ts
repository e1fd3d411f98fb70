import { afterEach, expect, test } from "vitest";
import { type Company, changeLines, heldLines, openCompany } from "../support/company.ts";

/* The one-time link of records that exist on both sides. Product items: L-, W-008, W-009, X-006 to X-008. */

let company: Company;

afterEach(() => company.close());

const uma = {
  first_name: "Uma",
  last_name: "Reyes",
  email: "uma@x.test",
  employee_number: "NR-7",
  status: "active" as const,
  is_user: true,
  is_assignable: false,
};
const umaUser = {
  first_name: "Uma",
  last_name: "Reyes",
  email_address: "uma@x.test",
  employee_id: "NR-7",
  is_employee: true,
};
const ilse = {
  first_name: "Ilse",
  last_name: "Brandvold",
  employee_number: "NR-2041",
  status: "active" as const,
  is_user: false,
  is_assignable: true,
};
const ilseContact = {
  first_name: "Ilse",
  last_name: "Brandvold",
  employee_id: "NR-2041",
  is_employee: true,
};

test("W-008 W-009 L-001 L-002 L-003 L-015 L-018 L-019 linking is an act of its own, and what it ties is updated and not created", async () => {
  company = await openCompany({
    wfp: { people: [uma, ilse] },
    procore: { users: [umaUser], contacts: [ilseContact] },
  });
  // A sync run does not link by itself: it waits for the operator, and creates no duplicate meanwhile.
  const early = await company.sync();
  expect(changeLines(early.plan)).toEqual([]);
  expect(heldLines(early.plan)).toEqual(["found contacts Ilse Brandvold", "found users Uma Reyes"]);

  const writes = () =>
    company.procore.log.filter((one) => one.method !== "GET" && !one.url.includes("token")).length;
  const linking = await company.link();
  expect(changeLines(linking.plan)).toEqual([
    "link contacts Ilse Brandvold",
    "link users Uma Reyes",
  ]);
  expect(writes()).toBe(0);

  const person = company.wfp.people().find((one) => one.last_name === "Reyes");
  company.wfp.edit(person?.id ?? "", { phone: "+12065550142" });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toContain("update users Uma Reyes");
  expect(company.directory.users()).toHaveLength(1);
  expect(company.directory.contacts()).toHaveLength(1);
  expect((await company.plan()).changes).toEqual([]);
});

test.each([
  ["first name", { first_name: "Una" }, "first_name"],
  ["last name", { last_name: "Reyez" }, "last_name"],
  ["employee ID", { employee_id: "NR-8" }, "employee_id"],
  ["the employee box", { is_employee: false, employee_id: null }, "employee_id, is_employee"],
] as const)(
  "L-002 L-003 L-004 L-005 L-006 a user that differs in %s is reported before anything is written",
  async (_what, change, fields) => {
    company = await openCompany({
      wfp: { people: [uma] },
      procore: { users: [{ ...umaUser, ...change }] },
    });
    const linking = await company.link();
    expect(linking.plan.changes).toEqual([]);
    const [held] = linking.plan.held;
    expect(held?.code).toBe("disagrees");
    expect(held?.candidates[0]?.differences.map((one) => one.field).join(", ")).toBe(fields);
    // Nor does a sync run make a second record of it.
    const { plan } = await company.sync();
    expect(plan.changes).toEqual([]);
    expect(heldLines(plan)).toEqual(["disagrees users Uma Reyes"]);
  },
);

test("L-002 L-012 a user with another e-mail is no candidate, and is shown as nearly matching", async () => {
  company = await openCompany({
    wfp: { people: [uma] },
    procore: { users: [{ ...umaUser, email_address: "u.reyes@x.test" }] },
  });
  const plan = await company.plan({ purpose: "link" });
  expect(plan.changes).toEqual([]);
  expect(plan.nearMatches.map((one) => one.label)).toEqual(["Uma Reyes"]);
  expect(plan.nearMatches[0]?.candidates[0]?.differences).toEqual([
    { field: "email_address", source: "uma@x.test", target: "u.reyes@x.test" },
  ]);
});

test("L-012 the e-mail is compared as e-mail: capitals make no difference", async () => {
  company = await openCompany({
    wfp: { people: [{ ...uma, email: "Uma@X.test" }] },
    procore: { users: [umaUser] },
  });
  const linking = await company.link();
  expect(changeLines(linking.plan)).toEqual(["link users Uma Reyes"]);
  expect((await company.plan()).changes).toEqual([]);
});

test("L-010 L-013 L-014 section 11 items 1 and 2: a contact is found by employee ID, and only fields that both sides hold must agree", async () => {
  company = await openCompany({
    wfp: { people: [{ ...ilse, email: "ilse@x.test", phone: "+12065550143" }] },
    procore: { contacts: [{ ...ilseContact, is_employee: false }] },
  });
  const linking = await company.link();
  expect(changeLines(linking.plan)).toEqual(["link contacts Ilse Brandvold"]);
  await company.sync();
  expect(company.directory.contacts()).toMatchObject([
    { is_employee: true, employee_id: "NR-2041" },
  ]);
  expect((await company.plan()).changes).toEqual([]);
});

test("L-009 L-010 L-011 the kind decides: a Directory user is not linked to an Assignable person", async () => {
  company = await openCompany({
    wfp: { people: [{ ...uma, is_user: false, is_assignable: true }] },
    procore: { users: [umaUser] },
  });
  const linking = await company.link();
  expect(linking.plan.changes).toEqual([]);
});

test("L-007 inactive people and inactive directory users take no part in the first linking", async () => {
  company = await openCompany({
    wfp: {
      people: [
        { ...uma, status: "inactive" },
        { ...uma, first_name: "Bo", last_name: "Ek", email: "bo@x.test", employee_number: "NR-9" },
      ],
    },
    procore: {
      users: [
        umaUser,
        {
          ...umaUser,
          first_name: "Bo",
          last_name: "Ek",
          email_address: "bo@x.test",
          employee_id: "NR-9",
          is_active: false,
        },
      ],
    },
  });
  const linking = await company.link();
  expect(linking.plan.changes).toEqual([]);
  expect(heldLines(linking.plan)).toEqual(["disagrees users Bo Ek"]);
  expect(linking.plan.held[0]?.candidates[0]?.differences).toEqual([
    { field: "is_active", source: true, target: false },
  ]);
});

test("L-008 P-020 P-021 once linked, becoming inactive and active again is synced", async () => {
  company = await openCompany({ wfp: { people: [uma] }, procore: { users: [umaUser] } });
  await company.link();
  const [person] = company.wfp.people();
  company.wfp.edit(person?.id ?? "", { status: "inactive" });
  await company.sync();
  expect(company.directory.users()).toMatchObject([{ is_active: false }]);
  expect((await company.plan()).changes).toEqual([]);
  company.wfp.edit(person?.id ?? "", { status: "active" });
  await company.sync();
  expect(company.directory.users()).toMatchObject([{ is_active: true }]);
  expect((await company.plan()).changes).toEqual([]);
});

test("L-016 linking again changes nothing", async () => {
  company = await openCompany({ wfp: { people: [uma] }, procore: { users: [umaUser] } });
  await company.link();
  const again = await company.link();
  expect(again.plan.changes).toEqual([]);
  expect((await company.store.load("people")).links).toHaveLength(1);
});

test("X-006 X-007 X-008 L-011 records made in the directory later are linked at any time, by e-mail and by employee ID", async () => {
  company = await openCompany({ wfp: { people: [] } });
  await company.sync();
  company.directory.addUser(umaUser);
  company.wfp.add(uma);
  const held = await company.sync();
  expect(heldLines(held.plan)).toEqual(["found users Uma Reyes"]);
  await company.link();
  const [person] = company.wfp.people();
  company.wfp.edit(person?.id ?? "", { last_name: "Reyes-Lund" });
  await company.sync();
  expect(company.directory.users()).toMatchObject([{ last_name: "Reyes-Lund" }]);
  expect(company.directory.users()).toHaveLength(1);
});

test("X-008 an operator links a pair that does not agree, and the source's values win from then on", async () => {
  company = await openCompany({
    wfp: { people: [uma] },
    procore: { users: [{ ...umaUser, last_name: "Old", is_employee: false, employee_id: null }] },
  });
  const [person] = company.wfp.people();
  const [user] = company.directory.users();
  const added = await company.store.addLink({
    mapping: "people",
    rule: "users",
    source: { connection: "wfp", stream: "people", id: person?.id ?? "" },
    target: { connection: "procore", stream: "users", id: String(user?.["id"]) },
    origin: "manual",
    baseline: {},
    ruleDigest: "",
    writtenAt: new Date(0),
  });
  expect(added).toBe(true);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["update users Uma Reyes"]);
  expect(company.directory.users()).toMatchObject([
    { last_name: "Reyes", is_employee: true, employee_id: "NR-7" },
  ]);
  expect((await company.plan()).changes).toEqual([]);
});

test("two people with one employee ID are held, and neither becomes a contact", async () => {
  company = await openCompany({
    wfp: { people: [ilse, { ...ilse, first_name: "Ilsa" }] },
    procore: { contacts: [ilseContact] },
  });
  const { plan } = await company.sync();
  expect(plan.changes).toEqual([]);
  expect(heldLines(plan).toSorted()).toEqual([
    "ambiguous contacts Ilsa Brandvold",
    "ambiguous contacts Ilse Brandvold",
  ]);
  expect(company.directory.contacts()).toHaveLength(1);
});

test("an Assignable person without an employee ID cannot be recognised later, so it is held", async () => {
  company = await openCompany({ wfp: { people: [{ ...ilse, employee_number: null }] } });
  const { plan } = await company.sync();
  expect(plan.changes).toEqual([]);
  expect(heldLines(plan)).toEqual(["keyless contacts Ilse Brandvold"]);
  expect(plan.held[0]?.code).toBe("keyless");
});

test("a linking run writes to no system, so the plan right after it shows what differs, however far readings may lag", async () => {
  company = await openCompany({
    wfp: { people: [{ ...uma, phone: "+12065550142" }] },
    procore: { users: [umaUser] },
    readLagSeconds: 30,
  });
  await company.link();
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["update users Uma Reyes"]);
  // Right after a write, what a reading shows may be older than the write: nothing is concluded from it.
  const next = await company.plan();
  expect(next.changes).toEqual([]);
  expect(next.rules.find((rule) => rule.rule === "users")).toMatchObject({
    inStep: 0,
    unsettled: 1,
  });
});
