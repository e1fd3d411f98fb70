import { afterEach, expect, test } from "vitest";
import { type Company, changeLines, heldLines, openCompany } from "../support/company.ts";

/* The hourly sync of people who are linked. Product items: P-, Q-, H-. */

let company: Company;

afterEach(() => company.close());

const uma = {
  first_name: "Uma",
  last_name: "Reyes",
  email: "uma@x.test",
  employee_number: "NR-7",
  phone: "+12065550142",
  job_title_id: "Foreman",
  status: "active" as const,
  is_user: true,
  is_assignable: false,
};

async function synced(): Promise<string> {
  company = await openCompany({ wfp: { jobTitles: ["Foreman", "Pipefitter"], people: [uma] } });
  await company.sync();
  return company.wfp.people()[0]?.id ?? "";
}

test.each([
  ["P-007 first name", { first_name: "Una" }, "first_name", "Una"],
  ["P-008 last name", { last_name: "Lund" }, "last_name", "Lund"],
  ["P-009 employee ID", { employee_number: "NR-8" }, "employee_id", "NR-8"],
  ["P-010 mobile phone", { phone: "+12065550199" }, "mobile_phone", "+12065550199"],
  [
    "P-011 section 11 item 13: e-mail address",
    { email: "una@x.test" },
    "email_address",
    "una@x.test",
  ],
  ["P-013 status", { status: "inactive" }, "is_active", false],
] as const)("%s follows Workforce Planning", async (_item, edit, field, expected) => {
  const id = await synced();
  company.wfp.edit(id, edit);
  const { plan } = await company.sync();
  expect(plan.changes.flatMap((change) => ("fields" in change ? change.fields : []))).toMatchObject(
    [{ field, after: expected, why: "source-changed" }],
  );
  expect(company.directory.users()).toMatchObject([{ [field]: expected }]);
  expect((await company.plan()).changes).toEqual([]);
});

test("P-012 section 11 item 12: the job title's text follows, and is emptied when it is emptied", async () => {
  const id = await synced();
  const pipefitter = (
    company.wfp.save() as { jobTitles: { id: string; name: string }[] }
  ).jobTitles.find(({ name }) => name === "Pipefitter");
  company.wfp.edit(id, { job_title_id: pipefitter?.id ?? "" });
  await company.sync();
  expect(company.directory.users()).toMatchObject([{ job_title: "Pipefitter" }]);
  company.wfp.edit(id, { job_title_id: null });
  await company.sync();
  expect(company.directory.users()).toMatchObject([{ job_title: null }]);
  expect((await company.plan()).changes).toEqual([]);
});

test("P-023 P-024 P-022 drift of every one of the seven fields is set back although the source did not change", async () => {
  await synced();
  company.directory.editUser("uma@x.test", {
    first_name: "X",
    last_name: "Y",
    employee_id: "Z",
    mobile_phone: "+12065550100",
    job_title: "Boss",
    is_active: false,
  });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["update users Uma Reyes"]);
  const fields = plan.changes.flatMap((change) => ("fields" in change ? change.fields : []));
  expect(fields.map((change) => `${change.field} ${change.why}`).toSorted()).toEqual([
    "employee_id drift",
    "first_name drift",
    "is_active drift",
    "job_title drift",
    "last_name drift",
    "mobile_phone drift",
  ]);
  expect(company.directory.users()).toMatchObject([
    {
      first_name: "Uma",
      last_name: "Reyes",
      employee_id: "NR-7",
      mobile_phone: "+12065550142",
      job_title: "Foreman",
      is_active: true,
    },
  ]);
  expect(company.wfp.people()).toMatchObject([{ first_name: "Uma", status: "active" }]);
  expect((await company.plan()).changes).toEqual([]);
});

test("P-011 P-023 a drifted e-mail address is set back by the link, not taken for another person", async () => {
  await synced();
  company.directory.editUser("uma@x.test", { email_address: "moved@x.test" });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["update users Uma Reyes"]);
  expect(company.directory.users().map((one) => one["email_address"])).toEqual(["uma@x.test"]);
});

test("P-006 section 11 item 11: the employee mark is ticked again", async () => {
  await synced();
  company.directory.editUser("uma@x.test", { is_employee: false });
  await company.sync();
  expect(company.directory.users()).toMatchObject([{ is_employee: true, employee_id: "NR-7" }]);
  expect((await company.plan()).changes).toEqual([]);
});

test("P-010 another spelling of the same phone number is no drift", async () => {
  await synced();
  company.directory.editUser("uma@x.test", { mobile_phone: "(206) 555-0142" });
  expect((await company.plan()).changes).toEqual([]);
});

test("P-014 P-025 fields outside the seven are never touched", async () => {
  const id = await synced();
  company.directory.editUser("uma@x.test", {
    notes: "kept",
    address: "1 Elm St",
    business_phone: "+12065550111",
    initials: "UR",
  });
  company.wfp.edit(id, { first_name: "Una" });
  await company.sync();
  expect(company.directory.users()).toMatchObject([
    {
      first_name: "Una",
      notes: "kept",
      address: "1 Elm St",
      business_phone: "+12065550111",
      initials: "UR",
    },
  ]);
  const updates = company.procore.log.filter((request) => request.method === "PATCH");
  expect(updates.map((request) => request.body)).toEqual([
    { updates: [{ id: expect.any(Number), first_name: "Una" }] },
  ]);
});

test("Q-003 Q-005 Q-007 section 11 item 9: permissions are set on creation only and never altered afterwards", async () => {
  const id = await synced();
  const [created] = company.directory.users();
  const admin = (
    company.procore.save() as { permissionTemplates: { id: number; name: string }[] }
  ).permissionTemplates.find(({ name }) => name === "Company Admin");
  expect(created?.["company_permission_template_id"]).not.toBe(admin?.id);
  company.directory.editUser("uma@x.test", { company_permission_template_id: admin?.id });
  company.wfp.edit(id, { last_name: "Lund" });
  await company.sync();
  expect(company.directory.users()).toMatchObject([
    { last_name: "Lund", company_permission_template_id: admin?.id },
  ]);
  company.directory.editUser("uma@x.test", { company_permission_template_id: null });
  expect((await company.plan()).changes).toEqual([]);
});

test("Q-006 no invitation is sent, at creation or later", async () => {
  const id = await synced();
  company.wfp.edit(id, { status: "inactive" });
  await company.sync();
  company.wfp.edit(id, { status: "active" });
  await company.sync();
  expect(company.directory.invitations()).toEqual([]);
  expect(company.procore.log.some((request) => request.url.includes("invite"))).toBe(false);
});

test("P-002 H-001 the mapping's schedule is once an hour", async () => {
  await synced();
  expect(company.engine.project.mappings.map((mapping) => mapping.schedule)).toEqual(["0 * * * *"]);
});

test("P-003 P-026 H-002 H-003 a person added between runs is absent until the next run, which is no error, and there after it", async () => {
  await synced();
  company.wfp.add({
    ...uma,
    first_name: "New",
    last_name: "Hire",
    email: "new@x.test",
    employee_number: "NR-8",
    phone: null,
    job_title_id: null,
    status: "active" as const,
  });
  expect(company.directory.users()).toHaveLength(1);
  const { plan, result } = await company.sync();
  expect(changeLines(plan)).toEqual(["create users New Hire"]);
  expect(result.status).toBe("applied");
  expect(company.directory.users()).toHaveLength(2);
  expect((await company.plan()).changes).toEqual([]);
});

test("section 11 item 5: a person deleted in Workforce Planning is made inactive in the directory, not deleted", async () => {
  const id = await synced();
  company.wfp.remove(id);
  const { plan } = await company.sync();
  expect(plan.changes.map((change) => `${change.kind} ${change.situation}`)).toEqual([
    "retire gone",
  ]);
  expect(company.directory.users()).toMatchObject([{ is_active: false }]);
  expect((await company.plan()).changes).toEqual([]);
});

test("a failure is reported with its reason, and the others go on", async () => {
  company = await openCompany({
    wfp: {
      people: [
        { ...uma, job_title_id: null },
        {
          ...uma,
          job_title_id: null,
          first_name: "Bo",
          last_name: "Ek",
          email: "bo@x.test",
          employee_number: "NR-9",
          phone: "+12065550177",
        },
      ],
    },
    procore: {
      companies: [
        { id: 4242, name: "Northridge Builders" },
        { id: 77, name: "Other" },
      ],
    },
  });
  const plan = await company.plan();
  // Somebody takes the e-mail address between the plan and its apply, too late for any check of ours to see.
  company.procore.faults.add({
    method: "PATCH",
    path: /users\/sync$/,
    kind: "status",
    status: 422,
    body: { errors: { base: ["not today"] } },
    times: 1,
  });
  const result = await company.apply(plan);
  expect(result.status).toBe("partial");
  expect(
    result.outcomes.every(
      (outcome) => outcome.status === "failed" && outcome.reason?.includes("not today"),
    ),
  ).toBe(true);
  const retry = await company.sync();
  expect(retry.result.status).toBe("applied");
  expect((await company.plan()).changes).toEqual([]);
});

test("a person who logs in but has no e-mail is held with the reason, and the others go on", async () => {
  company = await openCompany({
    wfp: {
      people: [
        { ...uma, email: null, job_title_id: null },
        {
          ...uma,
          first_name: "Bo",
          last_name: "Ek",
          email: "bo@x.test",
          employee_number: "NR-9",
          phone: null,
          job_title_id: null,
        },
      ],
    },
  });
  const { plan } = await company.sync();
  expect(heldLines(plan)).toEqual(["keyless users Uma Reyes"]);
  expect(changeLines(plan)).toEqual(["create users Bo Ek"]);
});

test("W-010 P-026 a person is typed once: every field comes from the People List, in both kinds of record", async () => {
  company = await openCompany({
    wfp: {
      people: [
        uma,
        {
          ...uma,
          first_name: "Bo",
          last_name: "Ek",
          email: null,
          employee_number: "NR-9",
          phone: null,
          is_user: false,
          is_assignable: true,
        },
      ].map((one) => ({ ...one, job_title_id: null })),
    },
  });
  await company.sync();
  expect(company.directory.users()).toMatchObject([
    { first_name: "Uma", last_name: "Reyes", employee_id: "NR-7" },
  ]);
  expect(company.directory.contacts()).toMatchObject([
    { first_name: "Bo", last_name: "Ek", employee_id: "NR-9" },
  ]);
});

test("Q-001 Q-002 the two layers of permissions stay apart: permission levels of Workforce Planning are neither read nor written", async () => {
  const id = await synced();
  const [before] = company.directory.users();
  company.wfp.edit(id, { permission_level_id: null });
  expect((await company.plan()).changes).toEqual([]);
  expect(company.directory.users()).toEqual([before]);
  const asked = company.wfp.log.map((request) => request.url);
  expect(asked.some((url) => url.includes("permission"))).toBe(false);
});
