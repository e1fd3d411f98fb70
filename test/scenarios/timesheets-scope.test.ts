import { afterEach, describe, expect, test } from "vitest";
import { type Company, changeLines, heldLines, passedOverLines } from "../support/company.ts";
import { cardsOf } from "../support/timesheet-cards.ts";
import { day, olav, openSite, shift, worked } from "../support/timesheet-site.ts";

/* Which shifts become time cards, and what they tell of start and stop. Article 2 on timesheets and their settings. */

let company: Company;

afterEach(() => company.close());

async function secondPlanIsEmpty(): Promise<void> {
  expect(changeLines(await company.plan())).toEqual([]);
}

function hoursOfCards(): readonly unknown[] {
  return cardsOf(company).map(({ hours }) => hours);
}

test("article 2: a shift that somebody has not clocked out of waits, and follows once it ends", async () => {
  company = await openSite({ shifts: [shift("shf_1", worked(day(0), { time_out: null }))] });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  expect(passedOverLines(plan)).toContain(`out-of-scope - ${day(0)} Olav Haugen 8`);
  company.smartbarrel.shifts.edit("shf_1", { time_out: `${day(0)}T23:30:00Z` });
  await company.sync();
  expect(hoursOfCards()).toEqual(["8.0"]);
  await secondPlanIsEmpty();
});

test("article 2: hours that were entered without times are hours", async () => {
  company = await openSite({
    shifts: [shift("shf_1", worked(day(1), { time_in: null, time_out: null }))],
  });
  await company.sync();
  expect(hoursOfCards()).toEqual(["8.0"]);
  await secondPlanIsEmpty();
});

test("article 2, Only Approved Shift is off: shifts of every state come, and deleted ones do not", async () => {
  const states = ["pending", "reviewed", "approved", "deleted"];
  company = await openSite({
    shifts: states.map((status, at) =>
      shift(`shf_${at + 1}`, worked(day(1), { status }), [{ hours: at + 1 }]),
    ),
  });
  await company.sync();
  expect(hoursOfCards()).toEqual(["1.0", "2.0", "3.0"]);
  await secondPlanIsEmpty();
});

test("article 2, Only Approved Shift is on: a shift comes once it is approved; what is taken back later stays, and the plan names it", async () => {
  company = await openSite({
    vars: { onlyApproved: true },
    shifts: [shift("shf_1", worked(day(1), { status: "reviewed" }))],
  });
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  company.smartbarrel.shifts.approve("shf_1");
  await company.sync();
  expect(hoursOfCards()).toEqual(["8.0"]);
  await secondPlanIsEmpty();
  company.smartbarrel.shifts.unapprove("shf_1");
  const after = await company.sync();
  expect(changeLines(after.plan)).toEqual([]);
  expect(after.plan.findings).toMatchObject([
    { code: "rule-dormant" },
    { code: "rule-dormant" },
    { code: "source-left", records: [{ label: `${day(1)} Olav Haugen 8` }] },
  ]);
  expect(hoursOfCards()).toEqual(["8.0"]);
});

describe("article 2, Include Sub Workers", () => {
  const sub = { ...olav, contractor_id: "con_2" };
  const shifts = [shift("shf_1", worked(day(1)))];

  test("off: shifts of workers of subcontractors stay out, and no contact is made", async () => {
    company = await openSite({ workers: [sub], shifts });
    const { plan } = await company.sync();
    expect(changeLines(plan)).toEqual([]);
    expect(heldLines(plan)).toEqual([]);
    expect(company.directory.contacts()).toEqual([]);
  });

  test("on: they come along, and their contacts are made in the own company", async () => {
    company = await openSite({ workers: [sub], shifts, vars: { includeSubWorkers: true } });
    await company.sync();
    expect(hoursOfCards()).toEqual(["8.0"]);
    expect(company.directory.contacts()).toMatchObject([
      { company_id: 4242, employee_id: "NR-2055", is_employee: true },
    ]);
    await secondPlanIsEmpty();
  });
});

describe("article 2, start and stop time", () => {
  const atPumps = worked(day(1), { project_id: "prj_2" });
  const times = { from: `${day(1)}T15:00:00Z`, to: `${day(1)}T23:30:00Z`, lunch: "30" };

  test.each([
    ["a list of them", ["5511111", "5512"]],
    ["all", "all"],
  ])("projects that record them get them, and the break: %s", async (_what, startAndStop) => {
    company = await openSite({
      vars: { startAndStop },
      shifts: [shift("shf_1", atPumps, [{ hours: 8, cost_code_id: "cc_pumps" }])],
    });
    await company.sync();
    expect(cardsOf(company)).toMatchObject([{ ...times, costCode: "Pumps" }]);
    await secondPlanIsEmpty();
  });

  test("and the other projects get hours in the same run", async () => {
    company = await openSite({
      vars: { startAndStop: ["5512"] },
      shifts: [shift("shf_1", atPumps), shift("shf_2", worked(day(0)))],
    });
    await company.sync();
    expect(cardsOf(company)).toMatchObject([
      times,
      { from: null, to: null, lunch: null, hours: "8.0" },
    ]);
    await secondPlanIsEmpty();
  });

  test("a shift that is split over several cost codes is held there, with the reason", async () => {
    company = await openSite({
      vars: { startAndStop: ["5512"] },
      shifts: [
        shift("shf_1", atPumps, [{ hours: 5 }, { hours: 3 }]),
        shift("shf_2", worked(day(1)), [{ hours: 5 }, { hours: 3 }]),
      ],
    });
    const { plan } = await company.sync();
    expect(plan.held.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("its start and stop cannot be divided among them"),
      expect.stringContaining("its start and stop cannot be divided among them"),
    ]);
    expect(hoursOfCards()).toEqual(["5.0", "3.0"]);
    await secondPlanIsEmpty();
  });

  test.each([
    ["its start", { time_in: null }],
    ["start and stop", { time_in: null, time_out: null }],
  ])("without %s a shift is held there", async (_what, values) => {
    company = await openSite({
      vars: { startAndStop: "all" },
      shifts: [shift("shf_1", { ...atPumps, ...values })],
    });
    const { plan } = await company.sync();
    expect(plan.held.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("time_in would be empty"),
    ]);
    expect(changeLines(plan)).toEqual([]);
  });

  test("a corrected stop and a corrected break follow", async () => {
    company = await openSite({ vars: { startAndStop: "all" }, shifts: [shift("shf_1", atPumps)] });
    await company.sync();
    company.smartbarrel.shifts.edit("shf_1", {
      time_out: `${day(1)}T22:00:00Z`,
      break_minutes: 45,
    });
    await company.sync();
    expect(cardsOf(company)).toMatchObject([{ to: `${day(1)}T22:00:00Z`, lunch: "45" }]);
    await secondPlanIsEmpty();
  });
});
