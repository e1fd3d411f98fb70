import { afterEach, expect, test } from "vitest";
import {
  type Company,
  changeLines,
  heldLines,
  openCompany,
  passedOverLines,
  standardTemplate,
} from "../support/company.ts";

/* Who becomes what in the directory, and who does not. Product items: W-, P-, Y- of the vendor's article. */

let company: Company;

afterEach(() => company.close());

const user = {
  first_name: "Uma",
  last_name: "Reyes",
  email: "uma@x.test",
  status: "active" as const,
  is_user: true,
  is_assignable: false,
};
const assignable = {
  first_name: "Ilse",
  last_name: "Brandvold",
  employee_number: "NR-2041",
  status: "active" as const,
  is_user: false,
  is_assignable: true,
};
const both = {
  first_name: "Bo",
  last_name: "Ek",
  email: "bo@x.test",
  status: "active" as const,
  is_user: true,
  is_assignable: true,
};

test("W-002 nothing is written before somebody starts the sync: planning and validating change nothing", async () => {
  company = await openCompany({ wfp: { people: [user, assignable] } });
  const before = JSON.stringify(company.procore.save());
  await company.plan();
  await company.plan({ purpose: "link" });
  expect(JSON.stringify(company.procore.save())).toBe(before);
  expect((await company.store.load("people")).links).toEqual([]);
});

test("W-001 P-001 P-004 P-005 Y-001 Y-002 Y-003 Y-004 User and Both become users, Assignable becomes a contact, once each", async () => {
  company = await openCompany({ wfp: { people: [user, assignable, both] } });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([
    "create contacts Ilse Brandvold",
    "create users Uma Reyes",
    "create users Bo Ek",
  ]);
  expect(
    company.directory
      .users()
      .map((one) => one["email_address"])
      .toSorted(),
  ).toEqual(["bo@x.test", "uma@x.test"]);
  expect(company.directory.contacts().map((one) => one["employee_id"])).toEqual(["NR-2041"]);
  expect((await company.plan()).changes).toEqual([]);
});

test("W-003 W-004 W-005 W-006 W-007 P-026 with users-only, an Assignable person produces no directory record of any kind", async () => {
  company = await openCompany({
    wfp: { people: [user, assignable] },
    vars: { people: "users-only" },
  });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["create users Uma Reyes"]);
  expect(passedOverLines(plan)).toEqual(["out-of-scope - Ilse Brandvold"]);
  expect(company.directory.contacts()).toEqual([]);
  expect(company.engine.project.mappings[0]?.systemOfRecord).toBe("people");
  expect((await company.plan()).changes).toEqual([]);
});

test("section 11 item 14: users-only switched on later leaves the contacts that were made, stops syncing them, and says so", async () => {
  company = await openCompany({ wfp: { people: [assignable] } });
  await company.sync();
  await company.edit([[["vars", "people"], "users-only"]]);
  const [ilse] = company.wfp.people();
  company.wfp.edit(ilse?.id ?? "", { last_name: "Berg" });
  const plan = await company.plan();
  expect(plan.changes).toEqual([]);
  expect(plan.findings.map((finding) => [finding.code, finding.rule])).toEqual([
    ["rule-dormant", "contacts"],
  ]);
  expect(plan.findings[0]?.message).toContain("Its 1 linked records stay as they are");
  expect(company.directory.contacts()[0]?.["last_name"]).toBe("Brandvold");
});

test("P-006 P-007 to P-014 the seven fields and the employee mark arrive, and nothing else does", async () => {
  const full = {
    ...user,
    employee_number: "NR-7",
    phone: "+12065550142",
    job_title_id: "Foreman",
    address_1: "1 Elm St",
    city_town: "Tacoma",
    zipcode: "98402",
  };
  company = await openCompany({ wfp: { jobTitles: ["Foreman"], people: [full] } });
  await company.sync();
  const [sent] = company.procore.log.filter(
    (request) => request.method === "POST" && request.url.endsWith("/users"),
  );
  expect(sent?.body).toEqual({
    user: {
      first_name: "Uma",
      last_name: "Reyes",
      email_address: "uma@x.test",
      employee_id: "NR-7",
      mobile_phone: "+12065550142",
      job_title: "Foreman",
      is_active: true,
      is_employee: true,
      company_permission_template_id: expect.any(Number),
    },
  });
  expect((await company.plan()).changes).toEqual([]);
});

test("P-005 a contact gets its name, employee ID, job title, state and mark; e-mail and phone cannot be held by contacts", async () => {
  const full = { ...assignable, phone: "+12065550143", job_title_id: "Pipefitter" };
  company = await openCompany({ wfp: { jobTitles: ["Pipefitter"], people: [full] } });
  await company.sync();
  const [sent] = company.procore.log.filter(
    (request) => request.method === "POST" && request.url.endsWith("/people"),
  );
  expect(sent?.body).toEqual({
    person: {
      first_name: "Ilse",
      last_name: "Brandvold",
      employee_id: "NR-2041",
      job_title: "Pipefitter",
      active: true,
      is_employee: true,
    },
  });
  expect((await company.plan()).changes).toEqual([]);
});

test("P-015 P-016 P-017 groups, custom fields and assignments are neither read nor written", async () => {
  company = await openCompany({ wfp: { people: [user] } });
  await company.sync();
  const read = company.wfp.log.map((request) => request.url.split("?")[0]);
  expect(read.some((url) => /groups|custom|assignments|roles/.test(url ?? ""))).toBe(false);
});

test("P-018 P-019 P-022 L-019 a person who exists in the directory only is left alone, and nothing is written to Workforce Planning", async () => {
  company = await openCompany({
    wfp: { people: [user] },
    procore: {
      users: [{ first_name: "Dir", last_name: "Only", email_address: "dir@x.test", notes: "kept" }],
    },
  });
  await company.sync();
  const writes = company.wfp.log.filter(
    (request) => request.method !== "GET" && !request.url.includes("token"),
  );
  expect(writes).toEqual([]);
  expect(company.wfp.people()).toHaveLength(1);
  expect(
    company.directory.users().find((one) => one["email_address"] === "dir@x.test"),
  ).toMatchObject({ is_active: true, notes: "kept" });
});

test("L-007 section 11 item 10: an inactive person is neither linked nor created, and is listed with the reason", async () => {
  company = await openCompany({
    wfp: {
      people: [
        { ...user, status: "inactive" },
        { ...assignable, status: "inactive" },
      ],
    },
    procore: {
      users: [
        { first_name: "Uma", last_name: "Reyes", email_address: "uma@x.test", is_employee: true },
      ],
    },
  });
  const linking = await company.link();
  expect(linking.plan.changes).toEqual([]);
  const { plan } = await company.sync();
  expect(plan.changes).toEqual([]);
  expect(passedOverLines(plan)).toEqual([
    "not-brought-in contacts Ilse Brandvold",
    "not-brought-in users Uma Reyes",
  ]);
});

test("a person who is neither user nor assignable is listed as out of scope and produces nothing", async () => {
  company = await openCompany({
    wfp: { people: [{ ...user, is_user: false, is_assignable: false }] },
  });
  const { plan } = await company.sync();
  expect(plan.changes).toEqual([]);
  expect(plan.passedOver.map((group) => group.code)).toEqual(["out-of-scope"]);
  expect(passedOverLines(plan)).toEqual(["out-of-scope - Uma Reyes"]);
});

test("Q-004 T-005 section 11 item 8: a new user gets the named template; without it nobody is created and the reason is said", async () => {
  company = await openCompany({
    wfp: { people: [user] },
    procore: { permissionTemplates: [{ name: "Other", type: "company_tools" }] },
  });
  const { plan } = await company.sync();
  expect(plan.changes).toEqual([]);
  expect(heldLines(plan)).toEqual(["value-missing users Uma Reyes"]);
  expect(plan.held[0]?.reason).toContain("company_permission_template_id would be empty");
  expect(plan.held[0]?.at.file).toBe("mappings/people.yaml");
  await company.close();
  company = await openCompany({ wfp: { people: [user] } });
  await company.sync();
  const [created] = company.directory.users();
  expect(company.directory.templateName(created?.["company_permission_template_id"])).toBe(
    standardTemplate,
  );
});
