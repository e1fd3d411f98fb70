import { afterEach, expect, test } from "vitest";
import {
  type Company,
  changeLines,
  heldLines,
  openCompany,
  standardTemplate,
} from "../support/company.ts";

/* A person's type changes. Product items: T-, Y-, P-028, section 11 items 3 and 4. */

let company: Company;

afterEach(() => company.close());

const ilse = {
  first_name: "Ilse",
  last_name: "Brandvold",
  employee_number: "NR-2041",
  email: "ilse@x.test",
  status: "active" as const,
  is_user: false,
  is_assignable: true,
};

async function assignable(more: Record<string, unknown> = {}): Promise<string> {
  company = await openCompany({ wfp: { people: [{ ...ilse, ...more }] } });
  await company.sync();
  return company.wfp.people()[0]?.id ?? "";
}

test("T-001 T-002 T-004 T-005 P-028 a contact who becomes a user: the contact is retired first, the user created next, in one ordered group", async () => {
  const id = await assignable();
  company.wfp.edit(id, { is_user: true });
  const { plan, result } = await company.sync();
  expect(changeLines(plan)).toEqual([
    "retire contacts Ilse Brandvold",
    "create users Ilse Brandvold",
  ]);
  expect(plan.changes[1]?.after).toEqual([plan.changes[0]?.id]);
  expect(result.status).toBe("applied");
  expect(company.directory.contacts()).toMatchObject([{ active: false }]);
  expect(company.directory.users()).toMatchObject([
    { is_active: true, email_address: "ilse@x.test" },
  ]);
  const [user] = company.directory.users();
  expect(company.directory.templateName(user?.["company_permission_template_id"])).toBe(
    standardTemplate,
  );
  expect(company.directory.invitations()).toEqual([]);
  // The old contact stays inactive in later runs, also when the person changes.
  expect((await company.plan()).changes).toEqual([]);
  company.wfp.edit(id, { last_name: "Berg" });
  await company.sync();
  expect(company.directory.contacts()).toMatchObject([{ active: false, last_name: "Brandvold" }]);
  expect(company.directory.users()).toMatchObject([{ last_name: "Berg" }]);
});

test("T-003 the creation fails: the reason is reported, the next run tries again, the contact is not revived", async () => {
  const id = await assignable();
  company.wfp.edit(id, { is_user: true });
  company.procore.faults.add({
    method: "POST",
    path: /\/users$/,
    kind: "status",
    status: 409,
    body: { errors: { email_address: ["has already been taken"] } },
  });
  const first = await company.sync();
  expect(first.result.outcomes.map((outcome) => outcome.status)).toEqual(["applied", "failed"]);
  expect(first.result.outcomes[1]).toMatchObject({
    code: "already-exists",
    reason: expect.stringContaining("has already been taken"),
  });
  expect(company.directory.contacts()).toMatchObject([{ active: false }]);
  const second = await company.sync();
  expect(changeLines(second.plan)).toEqual(["create users Ilse Brandvold"]);
  expect(company.directory.contacts()).toMatchObject([{ active: false }]);
  expect(company.directory.users()).toHaveLength(1);
  expect((await company.plan()).changes).toEqual([]);
});

test("T-003 without an e-mail the contact is retired all the same, and the user is held with its reason until there is one", async () => {
  const id = await assignable({ email: null });
  company.wfp.edit(id, { is_user: true });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["retire contacts Ilse Brandvold"]);
  expect(heldLines(plan)).toEqual(["keyless users Ilse Brandvold"]);
  company.wfp.edit(id, { email: "ilse@x.test" });
  expect(changeLines((await company.sync()).plan)).toEqual(["create users Ilse Brandvold"]);
});

test("T-001 when the contact cannot be retired, the user is not created either: never both at once", async () => {
  const id = await assignable();
  company.wfp.edit(id, { is_user: true });
  company.procore.faults.add({
    method: "PATCH",
    path: /\/people\//,
    kind: "status",
    status: 403,
    body: { errors: ["no"] },
  });
  const { result } = await company.sync();
  expect(result.outcomes.map((outcome) => outcome.status)).toEqual(["failed", "skipped"]);
  expect(company.directory.users()).toEqual([]);
  await company.sync();
  expect(company.directory.contacts()).toMatchObject([{ active: false }]);
  expect(company.directory.users()).toMatchObject([{ is_active: true }]);
});

test("section 11 item 3: a user who becomes Assignable is deactivated, and a contact takes over", async () => {
  company = await openCompany({ wfp: { people: [{ ...ilse, is_user: true }] } });
  await company.sync();
  const [person] = company.wfp.people();
  company.wfp.edit(person?.id ?? "", { is_user: false });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([
    "retire users Ilse Brandvold",
    "create contacts Ilse Brandvold",
  ]);
  expect(company.directory.users()).toMatchObject([{ is_active: false }]);
  expect(company.directory.contacts()).toMatchObject([{ active: true, employee_id: "NR-2041" }]);
  expect((await company.plan()).changes).toEqual([]);
});

test("section 11 item 3: with the setting `keep`, the user stays and stays in sync", async () => {
  company = await openCompany({
    wfp: { people: [{ ...ilse, is_user: true }] },
    vars: { userBecomesAssignable: "keep" },
  });
  await company.sync();
  const [person] = company.wfp.people();
  company.wfp.edit(person?.id ?? "", { is_user: false, last_name: "Berg" });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["update users Ilse Berg"]);
  expect(company.directory.contacts()).toEqual([]);
  expect(company.directory.users()).toMatchObject([{ is_active: true, last_name: "Berg" }]);
});

test("there and back again: the same contact is revived, no second one is made", async () => {
  const id = await assignable();
  company.wfp.edit(id, { is_user: true });
  await company.sync();
  company.wfp.edit(id, { is_user: false });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([
    "retire users Ilse Brandvold",
    "update contacts Ilse Brandvold",
  ]);
  expect(company.directory.contacts()).toMatchObject([{ active: true }]);
  expect(company.directory.contacts()).toHaveLength(1);
  expect(company.directory.users()).toMatchObject([{ is_active: false }]);
  company.wfp.edit(id, { is_user: true });
  await company.sync();
  expect(company.directory.users()).toMatchObject([{ is_active: true }]);
  expect(company.directory.users()).toHaveLength(1);
  expect((await company.plan()).changes).toEqual([]);
});

test("Y-003 section 11 item 4: between Both and User nothing changes in the directory", async () => {
  company = await openCompany({
    wfp: { people: [{ ...ilse, is_user: true, is_assignable: true }] },
  });
  await company.sync();
  const [person] = company.wfp.people();
  company.wfp.edit(person?.id ?? "", { is_assignable: false });
  expect((await company.plan()).changes).toEqual([]);
});
