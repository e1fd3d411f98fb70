import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "../../engine/run/clock.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import { type Company, changeLines } from "../support/company.ts";
import { cardsOf, correct, writesTo } from "../support/timesheet-cards.ts";
import { day, openSite, shift, worked } from "../support/timesheet-site.ts";

/* Procore refuses, its answers are lost, or the state is: whatever happens, every hour is there once. */

let company: Company;

afterEach(() => company.close());

async function secondPlanIsEmpty(): Promise<void> {
  expect(changeLines(await company.plan())).toEqual([]);
}

const bulk = { method: "POST", path: /\/bulk_create$/ } as const;

/** So many shifts of one entry each, on different days. */
function shifts(count: number): readonly object[] {
  return Array.from({ length: count }, (_nothing, at) =>
    shift(`shf_${at + 1}`, worked(day(at % 10)), [{ hours: 1 + at / 4 }]),
  );
}

function bulkCalls(): number {
  return writesTo(company.procore).filter((call) => call.endsWith("bulk_create")).length;
}

test("article 2: the timecards of a project go in calls of 25", async () => {
  company = await openSite({ shifts: shifts(30) });
  await company.sync();
  expect(cardsOf(company)).toHaveLength(30);
  expect(bulkCalls()).toBe(2);
  await secondPlanIsEmpty();
});

test("article 2: of 25 timecards that one call refuses because of one of them, the 24 others are written", async () => {
  company = await openSite({ shifts: shifts(25) });
  correct(company, "shf_7", { entry: { hours: 25 } });
  const { result } = await company.sync();
  const failed = result.outcomes.filter(({ status }) => status !== "applied");
  expect(failed).toMatchObject([
    { status: "failed", code: "rejected", reason: expect.stringContaining("between 0 and 24") },
  ]);
  expect(cardsOf(company)).toHaveLength(24);
  correct(company, "shf_7", { entry: { hours: 5 } });
  await company.sync();
  expect(cardsOf(company)).toHaveLength(25);
  await secondPlanIsEmpty();
});

describe("article 2: the answer to a call for many timecards is lost, and none is made twice", () => {
  test.each([
    ["lost", { kind: "lose-answer" }],
    ["cut off", { kind: "cut-body" }],
    ["no JSON", { kind: "garbage", text: "<html>" }],
    ["500, and nothing was made", { kind: "status", status: 500, body: "<html>" }],
  ] as const)("%s", async (_what, fault) => {
    company = await openSite({ shifts: shifts(8) });
    company.procore.faults.add({ ...bulk, ...fault });
    const { result } = await company.sync();
    expect(result.outcomes.some(({ status }) => status !== "applied")).toBe(true);
    await company.sync();
    expect(cardsOf(company).map(({ origin }) => origin)).toHaveLength(8);
    expect(new Set(cardsOf(company).map(({ origin }) => origin)).size).toBe(8);
    await secondPlanIsEmpty();
  });

  test("not even when the shift is corrected before the next run", async () => {
    company = await openSite({ shifts: shifts(2) });
    company.procore.faults.add({ ...bulk, kind: "lose-answer" });
    await company.sync();
    correct(company, "shf_1", { date: day(3), entry: { hours: 9 } });
    await company.sync();
    await company.sync();
    expect(cardsOf(company)).toMatchObject([
      { origin: "shf_1:ent_1", date: day(3), hours: "9.0" },
      { origin: "shf_2:ent_1", date: day(1) },
    ]);
    await secondPlanIsEmpty();
  });

  test("nor a contact, when it was the answer to its creation", async () => {
    company = await openSite({ shifts: shifts(2) });
    company.procore.faults.add({ method: "POST", path: /\/people$/, kind: "lose-answer" });
    const { result } = await company.sync();
    expect(result.outcomes.map(({ status }) => status)).toEqual(["in-doubt", "skipped", "skipped"]);
    await company.sync();
    expect(company.directory.contacts()).toHaveLength(1);
    expect(cardsOf(company)).toHaveLength(2);
    await secondPlanIsEmpty();
  });
});

test("article 2: the state is lost: timecards are found again by their shifts, and none is made a second time", async () => {
  company = await openSite({ shifts: shifts(5) });
  await company.sync();
  const before = cardsOf(company);
  await company.reopen({ store: memoryStore(systemClock) });
  const { plan } = await company.sync();
  const kinds = Map.groupBy(plan.changes, ({ kind, situation }) => `${kind} ${situation}`);
  expect([...kinds].map(([kind, changes]) => [kind, changes.length])).toEqual([
    ["link found", 6],
    ["update found", 5],
  ]);
  // Procore does not tell the location of a timecard, so that it is written once more.
  const written = plan.changes.flatMap((change) =>
    change.kind === "update" ? change.fields.map(({ field }) => field) : [],
  );
  expect([...new Set(written)]).toEqual(["location_id"]);
  expect(cardsOf(company)).toEqual(before);
  await secondPlanIsEmpty();
});

test("article 2: the contact cannot be made: its timecards wait for the next run", async () => {
  company = await openSite({ shifts: shifts(2) });
  company.procore.faults.add({
    method: "POST",
    path: /\/people$/,
    kind: "status",
    status: 403,
    body: { errors: ["no"] },
  });
  const { result } = await company.sync();
  expect(result.outcomes.map(({ status, code }) => [status, code])).toEqual([
    ["failed", "permission-denied"],
    ["skipped", "waits-for"],
    ["skipped", "waits-for"],
  ]);
  expect(cardsOf(company)).toEqual([]);
  await company.sync();
  expect(cardsOf(company)).toHaveLength(2);
  await secondPlanIsEmpty();
});

test("article 2: cost codes cannot be read: no timecard is written, and the plan says so", async () => {
  company = await openSite({ shifts: shifts(2) });
  company.procore.faults.add({
    path: /\/cost_codes$/,
    kind: "status",
    status: 403,
    times: Number.POSITIVE_INFINITY,
  });
  const plan = await company.plan();
  expect(changeLines(plan)).toEqual([]);
  expect(plan.findings.map(({ code }) => code)).toContain("reading-stopped");
  company.procore.faults.clear();
  await company.sync();
  expect(cardsOf(company)).toHaveLength(2);
  await secondPlanIsEmpty();
});
