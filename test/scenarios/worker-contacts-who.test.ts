import { afterEach, describe, expect, test } from "vitest";
import { type Company, changeLines, heldLines, passedOverLines } from "../support/company.ts";
import { cardsOf, writesTo } from "../support/timesheet-cards.ts";
import {
  day,
  ilse,
  olav,
  openSite,
  type SiteOptions,
  shift,
  userIlse,
  worked,
} from "../support/timesheet-site.ts";

/* Who a worker of SmartBarrel is in Procore. Product items: K-. */

let company: Company;

afterEach(() => company.close());

async function open(options: SiteOptions): Promise<void> {
  company = await openSite(options);
}

async function secondPlanIsEmpty(): Promise<void> {
  expect(changeLines(await company.plan())).toEqual([]);
}

/** The worker of each time card. */
function cardWorkers(): readonly string[] {
  return cardsOf(company).map(({ worker }) => worker);
}

const olavsShift = shift("shf_1", worked(day(1)));

test("K-001 K-002 a worker whom Procore does not know becomes a contact with the first timesheet, and not before", async () => {
  await open({});
  const before = await company.sync();
  expect(changeLines(before.plan)).toEqual([]);
  expect(passedOverLines(before.plan)).toEqual(["not-referenced people Olav Haugen"]);
  company.smartbarrel.shifts.add(worked(day(1)), [{ hours: 8 }]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([
    "create people Olav Haugen",
    `create timecards ${day(1)} Olav Haugen 8`,
  ]);
  expect(cardWorkers()).toEqual(["Olav Haugen (contact)"]);
  await secondPlanIsEmpty();
});

test("K-002 a shift that is not synced brings no contact: open, deleted, or on a cost code that Procore does not have", async () => {
  const entry = { hours: 8, cost_code_id: "cc_no_code" };
  await open({
    shifts: [
      shift("shf_1", worked(day(0), { time_out: null })),
      shift("shf_2", worked(day(1), { status: "deleted" })),
      shift("shf_3", worked(day(2)), [entry]),
    ],
  });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  expect(heldLines(plan)).toEqual([`held-by-expression timecards ${day(2)} Olav Haugen 8`]);
  expect(company.directory.contacts()).toEqual([]);
});

test("K-003 the contact holds the full name and the payroll ID, is an employee, and has nothing else of the worker", async () => {
  const worker = { ...olav, email: "olav@northridge.example", phone: "+12065550155" };
  await open({ workers: [worker], shifts: [olavsShift] });
  await company.sync();
  const [contact] = company.directory.contacts();
  const told = Object.entries(contact ?? {}).filter(([, value]) => value !== null);
  const { id: _id, company_id: _company, contact_id: _contact, ...own } = Object.fromEntries(told);
  expect(own).toEqual({
    first_name: "Olav",
    last_name: "Haugen",
    employee_id: "NR-2055",
    is_employee: true,
    active: true,
  });
  await secondPlanIsEmpty();
});

test("K-004 later timesheets use the same contact, which stays as it is when the worker is edited", async () => {
  await open({ shifts: [olavsShift] });
  await company.sync();
  company.smartbarrel.workers.edit("wkr_2", { last_name: "Berg", payroll_id: "NR-9" });
  company.directory.editContact("NR-2055", { first_name: "Ole" });
  company.smartbarrel.shifts.add(worked(day(0)), [{ hours: 4 }]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([`create timecards ${day(0)} Olav Berg 4`]);
  expect(cardWorkers()).toEqual(["Ole Haugen (contact)", "Ole Haugen (contact)"]);
  await secondPlanIsEmpty();
});

describe("K-005 a worker tied to a Procore user never causes a contact", () => {
  const ways = {
    "by the number of the user": { procore_user_id: "88121", payroll_id: "NR-7" },
    "by the payroll ID": { procore_user_id: null },
    "by the e-mail address": {
      procore_user_id: null,
      payroll_id: null,
      email: "Ilse@Northridge.example",
    },
  };

  test.each(Object.entries(ways))("%s", async (_way, values) => {
    await open({
      procore: { users: [userIlse] },
      workers: [{ ...ilse, ...values }],
      shifts: [shift("shf_1", worked(day(1), { worker_id: "wkr_1" }))],
    });
    const { plan } = await company.sync();
    expect(changeLines(plan)).toEqual([
      "link people Ilse Brandvold",
      `create timecards ${day(1)} Ilse Brandvold 8`,
    ]);
    expect(cardWorkers()).toEqual(["Ilse Brandvold (user)"]);
    expect(company.directory.contacts()).toEqual([]);
    await secondPlanIsEmpty();
  });

  test("and neither when that user is not to be found: the timesheet waits, and says why", async () => {
    await open({
      workers: [ilse],
      shifts: [shift("shf_1", worked(day(1), { worker_id: "wkr_1" }))],
    });
    const { plan } = await company.sync();
    expect(changeLines(plan)).toEqual([]);
    expect(passedOverLines(plan)).toEqual(["not-brought-in people Ilse Brandvold"]);
    expect(plan.held.map(({ code, reason }) => [code, reason])).toEqual([
      [
        "reference-missing",
        "party_id refers to worker wkr_1 (Ilse Brandvold), which has no counterpart by the mapping worker-contacts yet: No link yet, and new ones are brought in only if $isBlank(procore_user_id).",
      ],
    ]);
    expect(company.directory.contacts()).toEqual([]);
  });
});

describe("K-006 K-007 one setting says where workers are kept", () => {
  const mappings = ["worker-contacts", "timesheets", "positions", "workers"] as const;
  const user = { ...userIlse, mobile_phone: "(206) 555-0142" };
  const both = {
    mappings,
    procore: { users: [user] },
    workers: [{ ...ilse, first_name: "Else", email: user.email_address, phone: "+12065550142" }],
  };

  test("in Procore: its users make the workers right, and no worker changes Procore", async () => {
    await open({ ...both, env: { WORKERS_SYSTEM_OF_RECORD: "procore" } });
    const { plan } = await company.sync();
    expect(changeLines(plan)).toEqual([
      "link people Else Brandvold",
      "link workers Ilse Brandvold",
      "update workers Ilse Brandvold",
    ]);
    expect(company.smartbarrel.workers.all()).toMatchObject([{ first_name: "Ilse" }]);
    expect(writesTo(company.procore)).toEqual([]);
    await secondPlanIsEmpty();
  });

  test("in SmartBarrel: the user sync says that it rests, no worker is touched, and contacts are made", async () => {
    await open({
      ...both,
      workers: [...both.workers, olav],
      shifts: [olavsShift],
      env: { WORKERS_SYSTEM_OF_RECORD: "smartbarrel" },
    });
    const { plan } = await company.sync();
    expect(plan.findings.map(({ code, message }) => `${code}: ${message}`)).toContain(
      "rule-dormant: The rule workers of workers plans nothing: enabled is false: $vars.workersAreKeptIn = 'procore'.",
    );
    expect(writesTo(company.smartbarrel)).toEqual([]);
    expect(company.smartbarrel.workers.all()).toMatchObject([{ first_name: "Else" }, olav]);
    expect(cardWorkers()).toEqual(["Olav Haugen (contact)"]);
    await secondPlanIsEmpty();
  });
});
