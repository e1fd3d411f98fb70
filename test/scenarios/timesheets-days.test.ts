import { afterEach, expect, test } from "vitest";
import type { Plan } from "../../engine/plan/plan.ts";
import { type Company, changeLines } from "../support/company.ts";
import { cardsOf, correct, deleteCard, editCard } from "../support/timesheet-cards.ts";
import { day, openSite, shift, worked } from "../support/timesheet-site.ts";

/* Only the last days are read: fourteen of them, or as many as TIMESHEET_DAYS says. What is older stays as it is. */

let company: Company;

afterEach(() => company.close());

async function secondPlanIsEmpty(): Promise<void> {
  expect(changeLines(await company.plan())).toEqual([]);
}

function outside(plan: Plan): number | undefined {
  return plan.rules.find(({ mapping }) => mapping === "timesheets")?.outside;
}

test("article 2: shifts of the last fourteen days are synced, today included, and older ones are not", async () => {
  company = await openSite({
    shifts: [0, 14, 15].map((back) => shift(`shf_${back}`, worked(day(back)))),
  });
  const { plan } = await company.sync();
  expect(cardsOf(company).map(({ date }) => date)).toEqual([day(14), day(0)]);
  const days = plan.readings.flatMap(({ stream, window }) => (window ? [[stream, window]] : []));
  const window = { from: day(14), to: day(-1) };
  expect(Object.fromEntries(days)).toEqual({ shift_entries: window, timecard_entries: window });
  await secondPlanIsEmpty();
});

test("article 2: TIMESHEET_DAYS says how many days it is", async () => {
  company = await openSite({
    env: { TIMESHEET_DAYS: "2" },
    shifts: [0, 2, 3].map((back) => shift(`shf_${back}`, worked(day(back)))),
  });
  await company.sync();
  expect(cardsOf(company).map(({ date }) => date)).toEqual([day(2), day(0)]);
  await secondPlanIsEmpty();
});

test("article 2: a timecard of an older day is not touched, whatever happens to it or to its shift", async () => {
  company = await openSite({
    shifts: [shift("shf_1", worked(day(5))), shift("shf_2", worked(day(1)))],
  });
  await company.sync();
  await company.reopen({ env: { TIMESHEET_DAYS: "3" } });
  correct(company, "shf_1", { entry: { hours: 2 } });
  expect(outside(await company.plan())).toBe(1);
  await secondPlanIsEmpty();
  editCard(company, "shf_1:ent_1", { hours: "3.0" });
  await secondPlanIsEmpty();
  deleteCard(company, "shf_1:ent_1");
  company.smartbarrel.shifts.remove("shf_1");
  const { plan } = await company.sync();
  expect(changeLines(plan)).toEqual([]);
  expect(plan.findings.filter(({ code }) => code !== "rule-dormant")).toEqual([]);
  expect(cardsOf(company)).toMatchObject([{ origin: "shf_2:ent_1", hours: "8.0" }]);
  // With more days it is seen again.
  await company.reopen({ env: { TIMESHEET_DAYS: "7" } });
  expect(changeLines(await company.plan())).toEqual([`unlink timecards ${day(5)} Olav Haugen 2`]);
});

test("article 2: a shift that is moved to an older day takes its timecard along", async () => {
  company = await openSite({ shifts: [shift("shf_1", worked(day(1)))] });
  await company.sync();
  correct(company, "shf_1", { date: day(20), entry: { hours: 7 } });
  expect(changeLines((await company.sync()).plan)).toEqual([
    `update timecards ${day(20)} Olav Haugen 7`,
  ]);
  expect(cardsOf(company)).toMatchObject([{ date: day(20), hours: "7.0" }]);
  await secondPlanIsEmpty();
});

test("article 2: a timecard that somebody moves to an older day in Procore is set back, and not made a second time", async () => {
  company = await openSite({ shifts: [shift("shf_1", worked(day(1)))] });
  await company.sync();
  editCard(company, "shf_1:ent_1", { date: day(20) });
  expect(changeLines((await company.sync()).plan)).toEqual([
    `update timecards ${day(1)} Olav Haugen 8`,
  ]);
  expect(cardsOf(company)).toMatchObject([{ date: day(1), hours: "8.0" }]);
  await secondPlanIsEmpty();
});

test("article 2: a shift of an older day that is moved into the last days is synced then", async () => {
  company = await openSite({ shifts: [shift("shf_1", worked(day(20)))] });
  await company.sync();
  expect(cardsOf(company)).toEqual([]);
  correct(company, "shf_1", { date: day(3) });
  await company.sync();
  expect(cardsOf(company)).toMatchObject([{ date: day(3) }]);
  await secondPlanIsEmpty();
});
