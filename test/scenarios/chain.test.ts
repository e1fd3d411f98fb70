import { afterEach, beforeEach, expect, test } from "vitest";
import { type Company, changeLines, heldLines } from "../support/company.ts";
import { cardsOf } from "../support/timesheet-cards.ts";
import { day, openSite, worked } from "../support/timesheet-site.ts";

/*
 * The whole way of a person: typed into Workforce Planning, into the Procore directory, to SmartBarrel, and with the hours
 * back to Procore. All six shipped mappings are in one project and run together, once an hour. Product items: section 16.
 */

const mappings = [
  "timesheets",
  "people",
  "projects",
  "workers",
  "positions",
  "worker-contacts",
] as const;

let company: Company;

beforeEach(async () => {
  company = await openSite({
    mappings,
    workers: [],
    wfp: { groups: [{ name: "Seattle office", timezone: "America/Los_Angeles" }] },
  });
  // The projects are there already.
  await company.sync();
  expect(changeLines(await company.plan())).toEqual([]);
});

afterEach(() => company.close());

const uma = {
  first_name: "Uma",
  last_name: "Reyes",
  email: "uma@northridge.example",
  phone: "+12065550107",
  employee_number: "NR-7",
  status: "active" as const,
  is_user: true,
  is_assignable: true,
};

/** One hourly run, in which nothing may fail. */
async function run(): Promise<readonly string[]> {
  const { plan, result } = await company.sync();
  expect(result.outcomes.filter(({ status }) => status !== "applied")).toEqual([]);
  return changeLines(plan);
}

/** Somebody works a shift of so many hours so many days ago. */
function works(worker_id: string, back: number, hours: number): void {
  company.smartbarrel.shifts.add(worked(day(back), { worker_id }), [{ hours }]);
}

function workerId(): string {
  const [worker, ...others] = company.smartbarrel.workers.all();
  expect(others).toEqual([]);
  return worker?.id ?? "";
}

function cards(): readonly unknown[] {
  return cardsOf(company).map(({ worker, date, hours }) => [worker, date, hours]);
}

test("section 16 item 6: who logs in is a Procore user after one run, a worker after two, and their hours are a timecard of the right person in the next", async () => {
  company.wfp.add(uma);
  expect(await run()).toEqual(["create users Uma Reyes"]);
  expect(await run()).toEqual(["create workers Uma Reyes"]);
  const id = workerId();
  works(id, 0, 8);
  expect(await run()).toEqual(["link people Uma Reyes", `create timecards ${day(0)} Uma Reyes 8`]);
  expect(cards()).toEqual([["Uma Reyes (user)", day(0), "8.0"]]);
  expect(company.directory.contacts()).toEqual([]);
  expect(await run()).toEqual([]);
});

test("section 16 item 6: a change in Workforce Planning reaches SmartBarrel in two runs", async () => {
  const { id } = company.wfp.add(uma);
  await run();
  await run();
  await run();
  company.wfp.edit(id, { last_name: "Reyes-Ortiz" });
  expect(await run()).toEqual(["update users Uma Reyes-Ortiz"]);
  expect(company.smartbarrel.workers.all()).toMatchObject([{ last_name: "Reyes" }]);
  expect(await run()).toEqual(["update workers Uma Reyes-Ortiz"]);
  expect(company.smartbarrel.workers.all()).toMatchObject([{ last_name: "Reyes-Ortiz" }]);
  expect(await run()).toEqual([]);
});

test("section 16 items 1 and 6: who is Assignable is a contact after one run, is entered in SmartBarrel by hand, and their hours reach that contact in the next", async () => {
  company.wfp.add({ ...uma, is_user: false });
  expect(await run()).toEqual(["create contacts Uma Reyes"]);
  expect(await run()).toEqual([]);
  expect(company.smartbarrel.workers.all()).toEqual([]);
  const { id } = company.smartbarrel.workers.add({
    first_name: "Uma",
    last_name: "Reyes",
    payroll_id: "NR-7",
    phone: "+12065550107",
  });
  works(id, 0, 8);
  expect(await run()).toEqual(["link people Uma Reyes", `create timecards ${day(0)} Uma Reyes 8`]);
  expect(cards()).toEqual([["Uma Reyes (contact)", day(0), "8.0"]]);
  expect(company.directory.contacts()).toHaveLength(1);
  expect(company.directory.users()).toEqual([]);
  expect(await run()).toEqual([]);
});

test("section 16 item 5: the contact becomes a user, and a contact again: each time the timecards of the last days follow in the next run", async () => {
  const { id } = company.wfp.add({ ...uma, is_user: false });
  await run();
  const entered = { first_name: "Uma", last_name: "Reyes", payroll_id: "NR-7" };
  const worker = company.smartbarrel.workers.add(entered).id;
  works(worker, 1, 8);
  await run();
  company.wfp.edit(id, { is_user: true });
  expect(await run()).toEqual(["retire contacts Uma Reyes", "create users Uma Reyes"]);
  works(worker, 0, 4);
  expect((await run()).toSorted()).toEqual([
    `create timecards ${day(0)} Uma Reyes 4`,
    "link people Uma Reyes",
    "link workers Uma Reyes",
    `update timecards ${day(1)} Uma Reyes 8`,
    "update workers Uma Reyes",
  ]);
  expect(cards()).toEqual([
    ["Uma Reyes (user)", day(1), "8.0"],
    ["Uma Reyes (user)", day(0), "4.0"],
  ]);
  expect(await run()).toEqual([]);

  company.wfp.edit(id, { is_user: false });
  expect(await run()).toEqual(["retire users Uma Reyes", "update contacts Uma Reyes"]);
  expect(await run()).toEqual([
    "link people Uma Reyes",
    `update timecards ${day(1)} Uma Reyes 8`,
    `update timecards ${day(0)} Uma Reyes 4`,
  ]);
  expect(cards()).toEqual([
    ["Uma Reyes (contact)", day(1), "8.0"],
    ["Uma Reyes (contact)", day(0), "4.0"],
  ]);
  expect(company.smartbarrel.workers.all()).toHaveLength(1);
  expect(company.directory.contacts()).toHaveLength(1);
  expect(await run()).toEqual([]);
});

test("section 16 item 3: without a phone number somebody becomes a user, and no worker until there is one", async () => {
  const { id } = company.wfp.add({ ...uma, phone: null });
  expect(await run()).toEqual(["create users Uma Reyes"]);
  const { plan } = await company.sync();
  expect(heldLines(plan)).toEqual(["value-missing workers Uma Reyes"]);
  company.wfp.edit(id, { phone: "+12065550107" });
  expect(await run()).toEqual(["update users Uma Reyes"]);
  expect(await run()).toEqual(["create workers Uma Reyes"]);
  expect(await run()).toEqual(["link people Uma Reyes"]);
  expect(await run()).toEqual([]);
});

test("section 16 item 7: what is typed in Procore travels to SmartBarrel, and is taken back by the next runs", async () => {
  company.wfp.add(uma);
  await run();
  await run();
  await run();
  company.directory.editUser("uma@northridge.example", { last_name: "Typed" });
  expect(await run()).toEqual(["update users Uma Reyes", "update workers Uma Typed"]);
  expect(company.smartbarrel.workers.all()).toMatchObject([{ last_name: "Typed" }]);
  expect(await run()).toEqual(["update workers Uma Reyes"]);
  expect(company.smartbarrel.workers.all()).toMatchObject([{ last_name: "Reyes" }]);
  expect(await run()).toEqual([]);
});
