import { afterEach, describe, expect, test } from "vitest";
import { type Company, changeLines } from "../support/company.ts";
import { cardsOf, writesTo } from "../support/timesheet-cards.ts";
import { day, olav, openSite, shift, worked } from "../support/timesheet-site.ts";

/*
 * Workforce Planning and SmartBarrel meet in the Procore directory: the mapping for people and the one for workers in one
 * project. Product items: section 16, K-, X-007.
 */

let company: Company;

afterEach(() => company.close());

const mappings = ["people", "worker-contacts", "timesheets", "positions"] as const;

/** Olav as Workforce Planning has him: he works on projects and does not log in. */
const person = {
  first_name: "Olav",
  last_name: "Haugen",
  employee_number: olav.payroll_id,
  email: "olav@northridge.example",
  status: "active" as const,
  is_user: false,
  is_assignable: true,
};

const olavsShift = shift("shf_1", worked(day(2)));

async function secondPlanIsEmpty(): Promise<void> {
  expect(changeLines(await company.plan())).toEqual([]);
}

function cardWorkers(): readonly string[] {
  return cardsOf(company).map(({ worker }) => worker);
}

test("section 16 item 1, K-001 a field worker who came from Workforce Planning as a contact is linked by the employee ID, and no second contact is made", async () => {
  company = await openSite({ mappings, wfp: { people: [person] } });
  expect(changeLines((await company.sync()).plan)).toEqual(["create contacts Olav Haugen"]);
  company.smartbarrel.shifts.add(worked(day(1)), [{ hours: 8 }]);
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([
    "link people Olav Haugen",
    `create timecards ${day(1)} Olav Haugen 8`,
  ]);
  expect(company.directory.contacts()).toHaveLength(1);
  expect(cardWorkers()).toEqual(["Olav Haugen (contact)"]);
  await secondPlanIsEmpty();
});

test("section 16 item 2, X-007 a contact that SmartBarrel made is not synced to Workforce Planning, and comes into that sync when somebody links it", async () => {
  company = await openSite({ mappings, shifts: [olavsShift] });
  await company.sync();
  expect(company.directory.contacts()).toMatchObject([{ employee_id: "NR-2055" }]);
  expect(company.wfp.people()).toEqual([]);
  expect(writesTo(company.wfp)).toEqual([]);
  await secondPlanIsEmpty();
  company.wfp.add(person);
  const held = await company.plan();
  expect(changeLines(held)).toEqual([]);
  expect(held.held).toMatchObject([{ mapping: "people", code: "found" }]);
  expect(changeLines((await company.link()).plan)).toEqual(["link contacts Olav Haugen"]);
  const [entered] = company.wfp.people();
  company.wfp.edit(entered?.id ?? "", { last_name: "Berg" });
  await company.sync();
  expect(company.directory.contacts()).toMatchObject([{ last_name: "Berg" }]);
  expect(cardWorkers()).toEqual(["Olav Berg (contact)"]);
  await secondPlanIsEmpty();
});

describe("section 16 item 5", () => {
  test("a contact who becomes a user: the worker moves to the new person, and so do the timecards of the window; and back", async () => {
    company = await openSite({ mappings, wfp: { people: [person] } });
    await company.sync();
    company.smartbarrel.shifts.add(worked(day(2)), [{ hours: 8 }]);
    await company.sync();
    const [entered] = company.wfp.people();
    company.wfp.edit(entered?.id ?? "", { is_user: true });
    const changed = await company.sync();
    expect(changeLines(changed.plan)).toEqual([
      "retire contacts Olav Haugen",
      "create users Olav Haugen",
    ]);
    company.smartbarrel.shifts.add(worked(day(0)), [{ hours: 4 }]);
    const moved = await company.sync();
    expect(changeLines(moved.plan)).toEqual([
      "link people Olav Haugen",
      `update timecards ${day(2)} Olav Haugen 8`,
      `create timecards ${day(0)} Olav Haugen 4`,
    ]);
    expect(cardWorkers()).toEqual(["Olav Haugen (user)", "Olav Haugen (user)"]);
    await secondPlanIsEmpty();

    company.wfp.edit(entered?.id ?? "", { is_user: false });
    await company.sync();
    const back = await company.sync();
    expect(changeLines(back.plan)).toEqual([
      "link people Olav Haugen",
      `update timecards ${day(2)} Olav Haugen 8`,
      `update timecards ${day(0)} Olav Haugen 4`,
    ]);
    expect(cardWorkers()).toEqual(["Olav Haugen (contact)", "Olav Haugen (contact)"]);
    expect(company.directory.contacts()).toHaveLength(1);
    await secondPlanIsEmpty();
  });
});

test("section 16 item 1 also when person, worker and timesheet are all new in one run", async () => {
  company = await openSite({ mappings, wfp: { people: [person] }, shifts: [olavsShift] });
  await company.sync();
  await company.sync();
  expect(company.directory.contacts()).toHaveLength(1);
  expect(cardWorkers()).toEqual(["Olav Haugen (contact)"]);
  await secondPlanIsEmpty();
});
