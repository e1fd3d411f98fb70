import { afterEach, expect, test } from "vitest";
import {
  type Company,
  type CompanyOptions,
  changeLines,
  openCompany,
  passedOverLines,
} from "../support/company.ts";
import {
  employee,
  lastRunText,
  nothingIsLeft,
  workerNamed,
  writesToProcore,
  writesToSmartbarrel,
} from "../support/smartbarrel-people.ts";

/* Procore users become SmartBarrel workers. Product items: S-001 to S-024. */

let company: Company;

afterEach(() => company.close());

async function open(
  users: readonly object[],
  { procore, ...more }: CompanyOptions = {},
): Promise<Company> {
  company = await openCompany({
    mappings: ["workers", "positions"],
    smartbarrel: {},
    ...more,
    procore: { users, ...procore },
  });
  return company;
}

const ilse = employee(88_121, "Ilse", "Brandvold");

test("S-001 S-003 S-004 S-005 S-006 S-009 an employee of the Procore directory becomes a worker with every synced field", async () => {
  const more = { mobile_phone: "(206) 555-0142", business_phone: "(206) 555-0100" };
  await open([{ ...ilse, ...more, job_title: "Carpenter" }]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["create workers Ilse Brandvold"]);
  const { id: _id, ...worker } = workerNamed(company, "Brandvold");
  expect(worker).toEqual({
    first_name: "Ilse",
    last_name: "Brandvold",
    email: "ilse.brandvold@northridge.example",
    phone: "+12065550142",
    payroll_id: "NR-88121",
    procore_user_id: "88121",
    // These two SmartBarrel gives to every new worker.
    contractor_id: "con_1",
    status: "active",
  });
  expect(writesToProcore(company)).toBe(0);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("S-001 S-002 K-007 the sync of users is for workers who are kept in Procore; otherwise it is off, and every plan says so", async () => {
  await open([ilse], { env: { WORKERS_SYSTEM_OF_RECORD: "smartbarrel" } });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  expect(plan.rules.map(({ rule, role }) => [rule, role])).toEqual([
    ["to-smartbarrel", "dormant"],
    ["to-procore", "authoritative"],
    ["workers", "dormant"],
  ]);
  expect(plan.findings.map(({ message }) => message)).toContain(
    "The rule workers of workers plans nothing: enabled is false: $vars.workersAreKeptIn = 'procore'.",
  );
  expect(company.smartbarrel.workers.all()).toEqual([]);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("S-001 S-024 K-007 the sync of users can be switched off and on again, by a person who means it; nobody is made twice", async () => {
  await open([ilse]);
  await company.sync();
  await company.reopen({ env: { WORKERS_SYSTEM_OF_RECORD: "smartbarrel" } });
  await expect(company.sync()).rejects.toThrow("syncctl link --mapping positions");
  await company.link();
  company.directory.editUser(String(ilse["email_address"]), { first_name: "Else" });
  const off = await company.sync();
  expect(changeLines(off.plan)).toEqual([]);
  expect(off.plan.findings.map(({ message }) => message)).toContain(
    "The rule workers of workers plans nothing: enabled is false: $vars.workersAreKeptIn = 'procore'. Its 1 linked records stay as they are and are no longer synced.",
  );
  expect(workerNamed(company, "Brandvold")["first_name"]).toBe("Ilse");
  await company.reopen({ env: { WORKERS_SYSTEM_OF_RECORD: "procore" } });
  await company.link();
  expect(changeLines((await company.sync()).plan)).toEqual(["update workers Else Brandvold"]);
  expect(company.smartbarrel.workers.all()).toHaveLength(1);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("S-007 S-008 who is not marked as an employee stays out, with the reason, and comes as soon as the box is ticked", async () => {
  await open([ilse, employee(2, "Ann", "Visser", { is_employee: false, employee_id: null })]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["create workers Ilse Brandvold"]);
  expect(passedOverLines(plan)).toEqual(["out-of-scope - Ann Visser"]);
  expect(plan.passedOver[0]?.reason).toBe("No rule takes the user: see `when` of workers.");
  expect(company.smartbarrel.workers.all()).toHaveLength(1);
  company.directory.editUser("ann.visser@northridge.example", { is_employee: true });
  expect(changeLines((await company.sync()).plan)).toEqual(["create workers Ann Visser"]);
  expect(await nothingIsLeft(company)).toEqual([]);
});

const incomplete = [
  employee(1, "Mia", "Okafor", { mobile_phone: null }),
  employee(2, "Bo", "Ek", { mobile_phone: "ask the office" }),
  employee(3, "", "Lund"),
];

test("S-012 S-013 S-014 S-015 S-016 the log of a run names who was synced and, of the others, why not; nobody waits for them", async () => {
  // The phone number of a worker who has another last name: SmartBarrel would refuse it.
  const taken = employee(5, "Tom", "Reyes");
  await open([...incomplete, ilse, taken], {
    smartbarrel: {
      workers: [{ id: "wkr_7", first_name: "Ida", last_name: "Holm", phone: "+12065550105" }],
    },
  });
  const { plan, result } = await company.sync();
  expect(result.status).toBe("applied");
  expect(changeLines(plan)).toEqual(["create workers Ilse Brandvold"]);
  const text = await lastRunText(company);
  expect(text).toMatch(/^applied +create Ilse Brandvold/m);
  expect(text).toMatch(/^held +Mia Okafor .* {2}phone would be empty, and the worker needs it\./m);
  expect(text).toMatch(/^held +Bo Ek .* {2}phone would be empty, and the worker needs it\./m);
  expect(text).toMatch(/^held +Lund .* {2}first_name would be empty, and the worker needs it\./m);
  expect(text).toMatch(
    /^held +Tom Reyes .* {2}The worker with the same key differs in last_name\./m,
  );
  expect(company.smartbarrel.workers.all()).toHaveLength(2);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("S-015 S-016 what SmartBarrel itself refuses is in the log as well, with its reason, and comes again in the next run", async () => {
  await open([employee(1, "Mia", "Okafor"), ilse]);
  company.smartbarrel.faults.add({
    method: "POST",
    path: /\/workers$/,
    kind: "status",
    status: 422,
    body: {
      error: {
        code: "validation_failed",
        message: "Some values are not valid.",
        fields: { phone: ["is not a mobile phone"] },
      },
    },
  });
  const { result } = await company.sync();
  expect(result.status).toBe("partial");
  const text = await lastRunText(company);
  expect(text).toMatch(/^failed .*phone: is not a mobile phone/m);
  expect(text).toMatch(/^applied +create /m);
  await company.sync();
  expect(company.smartbarrel.workers.all()).toHaveLength(2);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("S-012 the list of runs has those that a person started and those that a schedule started", async () => {
  await open([ilse]);
  await company.sync();
  const { signal } = new AbortController();
  await company.engine.apply(await company.plan(), { startedBy: "schedule", signal });
  const runs = await company.store.runs(10);
  expect(runs.map(({ startedBy, mappings }) => [startedBy, mappings])).toEqual([
    ["schedule", ["positions", "workers"]],
    ["test", ["positions", "workers"]],
  ]);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("S-019 users are meant to sync once an hour", async () => {
  await open([]);
  expect(company.engine.project.mappings.map(({ name, schedule }) => [name, schedule])).toEqual([
    ["positions", "0 * * * *"],
    ["workers", "0 * * * *"],
  ]);
});

test("S-020 S-021 S-023 S-024 nothing moves until a run is started; then every changed field follows, and there is one worker", async () => {
  await open([ilse]);
  await company.sync();
  company.directory.editUser(String(ilse["email_address"]), {
    first_name: "Else",
    last_name: "Berg",
    email_address: "else.berg@northridge.example",
    mobile_phone: "206-555-0177",
    employee_id: "NR-9",
  });
  const before = workerNamed(company, "Brandvold");
  expect(before).toMatchObject({ first_name: "Ilse", payroll_id: "NR-88121" });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual(["update workers Else Berg"]);
  expect(company.smartbarrel.workers.all()).toEqual([
    {
      ...before,
      first_name: "Else",
      last_name: "Berg",
      email: "else.berg@northridge.example",
      phone: "+12065550177",
      payroll_id: "NR-9",
    },
  ]);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("S-024 the answer to creating a worker is lost: the next run finds the worker and makes no second one", async () => {
  await open([ilse]);
  company.smartbarrel.faults.add({
    method: "POST",
    path: /\/workers$/,
    kind: "lose-answer",
    times: 9,
  });
  await company.apply(await company.plan());
  company.smartbarrel.faults.clear();
  await company.sync();
  expect(company.smartbarrel.workers.all()).toHaveLength(1);
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("S-023 what somebody types in SmartBarrel over a synced field is set back, and nothing else is touched", async () => {
  await open([ilse]);
  await company.sync();
  const { id } = workerNamed(company, "Brandvold");
  const own = { contractor_id: "con_2", status: "inactive" };
  company.smartbarrel.workers.edit(id, { ...own, first_name: "Elsa", payroll_id: "7" });
  const { plan } = await company.sync();
  expect(plan.changes.map(({ reason }) => reason)).toEqual([
    "The target was changed and is set back: first_name, payroll_id.",
  ]);
  expect(workerNamed(company, "Brandvold")).toMatchObject({
    ...own,
    first_name: "Ilse",
    payroll_id: "NR-88121",
  });
  expect(await nothingIsLeft(company)).toEqual([]);
});

test("workers whom Procore does not know are left alone, and a new plan writes nothing at all", async () => {
  const workers = [
    { id: "wkr_1", first_name: "Olav", last_name: "Berg", phone: "+12065550143" },
    { id: "wkr_2", first_name: "Noah", last_name: "Lund", contractor_id: "con_2" },
  ];
  await open([ilse], { smartbarrel: { workers } });
  await company.sync();
  const writes = writesToSmartbarrel(company);
  expect(writes).toBe(1);
  await company.sync();
  expect(writesToSmartbarrel(company)).toBe(writes);
  expect(company.smartbarrel.workers.all()).toMatchObject([...workers, { last_name: "Brandvold" }]);
  expect(await nothingIsLeft(company)).toEqual([]);
});
