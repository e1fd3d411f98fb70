import { afterEach, expect, test } from "vitest";
import { type Company, changeLines } from "../support/company.ts";
import { cardsOf } from "../support/timesheet-cards.ts";
import { day, olav, openSite, shift, worked } from "../support/timesheet-site.ts";

/* How often timesheets run, and how many timecards and contacts a run may make without a question. */

let company: Company;

afterEach(() => company.close());

/** People who worked one shift each, on the same day. */
function crew(count: number) {
  const numbers = Array.from({ length: count }, (_nothing, index) => index + 10);
  return {
    workers: numbers.map((number) => ({
      id: `wkr_${number}`,
      first_name: "Ann",
      last_name: `Crew${number}`,
      payroll_id: `C-${number}`,
    })),
    shifts: numbers.map((number) =>
      shift(`shf_${number}`, worked(day(1), { worker_id: `wkr_${number}` })),
    ),
  };
}

/** One worker and one timecard are in Procore, and then a crew works. */
async function crewAfterOne(count: number): Promise<void> {
  company = await openSite({ shifts: [shift("shf_1", worked(day(2)))] });
  await company.sync();
  expect(cardsOf(company)).toHaveLength(1);
  const saved = company.smartbarrel.save() as Record<string, readonly object[]>;
  const more = crew(count);
  company.smartbarrel.load({
    ...saved,
    workers: [...(saved["workers"] ?? []), ...more.workers],
    shifts: [...(saved["shifts"] ?? []), ...more.shifts],
  });
}

test("article 2, auto sync: timesheets and what they need are synced once an hour", async () => {
  company = await openSite();
  const schedules = company.engine.project.mappings.map(({ name, schedule }) => [name, schedule]);
  expect(Object.fromEntries(schedules)).toEqual({
    timesheets: "0 * * * *",
    "worker-contacts": "0 * * * *",
    positions: "0 * * * *",
  });
});

test("article 2: a new day brings many timecards against few, and a crew of new people with it", async () => {
  await crewAfterOne(20);
  const { plan } = await company.sync();
  expect(plan.guards).toEqual([]);
  expect(cardsOf(company)).toHaveLength(21);
  expect(company.directory.contacts()).toHaveLength(21);
  expect(changeLines(await company.plan())).toEqual([]);
});

test("article 2: more than anybody can mean is a question, and nothing is written before it is answered", async () => {
  await crewAfterOne(60);
  const plan = await company.plan();
  expect(plan.guards.map(({ code, mapping, message }) => [code, mapping, message])).toEqual([
    [
      "too-many-creates",
      "timesheets",
      expect.stringContaining("--allow timesheets:too-many-creates"),
    ],
    [
      "too-many-creates",
      "worker-contacts",
      expect.stringContaining("--allow worker-contacts:too-many-creates"),
    ],
  ]);
  expect((await company.apply(plan)).status).toBe("refused");
  expect(cardsOf(company)).toHaveLength(1);
  await company.sync({ allow: plan.guards.flatMap(({ allow }) => allow ?? []) });
  expect(cardsOf(company)).toHaveLength(61);
  expect(changeLines(await company.plan())).toEqual([]);
});

test("article 2: the first run of all may bring everybody", async () => {
  const first = crew(60);
  company = await openSite({ workers: [olav, ...first.workers], shifts: first.shifts });
  const { plan } = await company.sync();
  expect(plan.guards).toEqual([]);
  expect(cardsOf(company)).toHaveLength(60);
  expect(changeLines(await company.plan())).toEqual([]);
});
