import { expect, test } from "vitest";
import { card, onePerson, shift, worker } from "../support/timeclock.ts";
import {
  changeOf,
  heldOf,
  startTimeclock,
  steps,
  type TimeclockStart,
  timeclockOver,
} from "../support/timeclock-run.ts";

/* Streams of which only the last days are read: what is known of records of other days. The clock says 2 March 2026. */

const today = "2026-03-02";
const yesterday = "2026-03-01";
const longAgo = "2025-12-01";
const window = { from: "2026-02-16", to: "2026-03-03" };
const ann = worker("w1", { name: "Ann Lee", number: "1" });
const annsPerson = onePerson("p1", { name: "Ann Lee", number: "1" });

function workday(id: string, date: string, more: Parameters<typeof shift>[1] = {}) {
  return shift(id, { worker: "w1", date, ...more });
}

/** Everybody is linked, and every shift of the last days has its card. */
async function settled(more: TimeclockStart = {}) {
  const site = await startTimeclock({ workers: [ann], people: [annsPerson], ...more });
  await site.sync();
  expect((await site.plan()).changes).toEqual([]);
  site.clock.advance(3_600_000);
  return site;
}

function outsideOf(plan: Awaited<ReturnType<Awaited<ReturnType<typeof settled>>["plan"]>>) {
  return plan.rules.find(({ rule }) => rule === "cards")?.outside;
}

const onlyCard = (site: Awaited<ReturnType<typeof settled>>) => {
  const [one, ...others] = site.world.stream("cards").records();
  if (!one || others.length > 0) throw new Error(`${others.length + 1} cards`);
  return one;
};

test("the days are those before the run, its own and the next; other streams are read whole", async () => {
  const site = await startTimeclock({
    workers: [ann],
    shifts: [workday("s1", "2026-02-15"), workday("s2", "2026-02-16"), workday("s3", "2026-03-03")],
  });
  const plan = await site.plan();
  expect(plan.readings).toEqual([
    { connection: "site", stream: "shifts", records: 2, ended: true, window },
    { connection: "site", stream: "cards", records: 0, ended: true, window },
    { connection: "site", stream: "workers", records: 1, ended: true },
    { connection: "site", stream: "people", records: 0, ended: true },
  ]);
  expect(steps(plan)).toEqual(["create people w1", "create cards s2", "create cards s3"]);
  site.wait(1);
  expect((await site.plan()).readings[0]?.window).toEqual({ from: "2026-02-17", to: "2026-03-04" });
});

test("linked pairs of other days are counted, and nothing is asked about them", async () => {
  const site = await settled({ shifts: [workday("s1", "2026-02-20"), workday("s2", today)] });
  site.wait(10);
  site.world.stream("shifts").remove("s1");
  site.calls.length = 0;
  const plan = await site.plan();
  expect(outsideOf(plan)).toBe(1);
  expect([plan.changes, plan.held, plan.findings]).toEqual([[], [], []]);
  expect(site.calls.filter(({ kind }) => kind === "get")).toEqual([]);
});

test("source-gone: a shift of these days that is not there is asked for, and then its card is named", async () => {
  const site = await settled({ shifts: [workday("s1", yesterday)] });
  site.world.stream("shifts").remove("s1");
  site.calls.length = 0;
  const plan = await site.plan();
  expect(site.calls.filter(({ kind }) => kind === "get")).toEqual([
    { kind: "get", stream: "shifts", id: "s1" },
  ]);
  expect(plan.changes).toEqual([]);
  expect(plan.findings).toMatchObject([
    {
      code: "source-gone",
      message:
        "These shifts are no longer there, and the card of each shift stays as it is: nothing is taken back by itself.",
      records: [{ address: { stream: "shifts", id: "s1" }, label: "north 2026-03-01" }],
    },
  ]);
});

test("source-left: a shift that was deleted is named with its card, which stays", async () => {
  const site = await settled({ shifts: [workday("s1", yesterday), workday("s2", today)] });
  site.edit("shifts", "s1", { state: "deleted" });
  site.edit("shifts", "s2", { state: "deleted" });
  const plan = await site.plan();
  expect(plan.changes).toEqual([]);
  expect(plan.findings).toMatchObject([
    { code: "source-left", rule: "cards", records: [{ label: "north 2026-03-01" }, {}] },
  ]);
  site.edit("shifts", "s1", { state: "open", hours: 5 });
  expect(steps(await site.sync())).toEqual(["update cards s1"]);
});

test("a shift that is gone, with `gone: delete`: its card goes, after the shift was asked for", async () => {
  const site = await settled({
    shifts: [workday("s1", yesterday), workday("s2", "2026-02-20")],
    replace: [["gone: report", "gone: delete"]],
  });
  site.wait(10);
  site.world.stream("shifts").remove("s1");
  site.world.stream("shifts").remove("s2");
  const plan = await site.sync();
  expect(steps(plan)).toEqual(["delete cards s1"]);
  expect(site.records("cards")).toMatchObject([{ mark: "s2" }]);
  expect((await site.plan()).changes).toEqual([]);
});

test("a shift that is gone, with `gone: retire`: the card gets its retired values, once", async () => {
  const site = await settled({
    shifts: [workday("s1", yesterday)],
    replace: [["gone: report }", "gone: retire }\n    retire: { hours: 0 }"]],
  });
  site.world.stream("shifts").remove("s1");
  expect(steps(await site.sync())).toEqual(["retire cards s1"]);
  expect(site.records("cards")).toMatchObject([{ hours: 0 }]);
  site.calls.length = 0;
  expect((await site.plan()).changes).toEqual([]);
  expect(site.calls.filter(({ kind }) => kind === "get")).toEqual([]);
});

test("without `get` the absence of a shift proves nothing where days are read", async () => {
  const site = await settled({
    shifts: [workday("s1", yesterday)],
    withoutGet: ["shifts"],
    replace: [["gone: report", "gone: delete"]],
  });
  site.world.stream("shifts").remove("s1");
  const plan = await site.plan();
  expect([plan.changes, plan.held, plan.findings]).toEqual([[], [], []]);
  expect(plan.rules.map(({ rule, unsettled }) => [rule, unsettled])).toEqual([
    ["people", 0],
    ["cards", 1],
  ]);
});

test("without `get` a card that is not among those of the days is not taken for lost", async () => {
  const site = await settled({
    shifts: [workday("s1", yesterday)],
    withoutGet: ["cards"],
    replace: [["gone: report }", "gone: report, lost: create }"]],
  });
  site.world.stream("cards").remove(onlyCard(site).id);
  const plan = await site.plan();
  expect(plan.changes).toEqual([]);
  expect(plan.rules.map(({ unsettled }) => unsettled)).toEqual([0, 1]);
});

test("a shift that cannot be asked for now leaves everything as it is", async () => {
  const site = await settled({
    shifts: [workday("s1", yesterday), workday("s2", today)],
    replace: [["gone: report", "gone: delete"]],
  });
  site.world.stream("shifts").remove("s1");
  site.edit("shifts", "s2", { hours: 6 });
  site.world.fail({ stream: "shifts", call: "get", kind: "lose-answer" });
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["update cards s2"]);
  expect(plan.findings).toMatchObject([{ code: "reading-stopped" }]);
});

test("K-002: a shift that a correction has moved out of the days is found, and its card follows it", async () => {
  const site = await settled({ shifts: [workday("s1", yesterday)] });
  site.edit("shifts", "s1", { date: longAgo });
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["update cards s1"]);
  expect(changeOf(plan, "cards", "s1")).toMatchObject({
    day: yesterday,
    fields: [{ field: "date", before: yesterday, after: longAgo, why: "source-changed" }],
  });
  await site.apply(plan);
  expect(onlyCard(site).fields).toMatchObject({ date: longAgo, mark: "s1" });
  const next = await site.plan();
  expect([next.changes, next.findings, outsideOf(next)]).toEqual([[], [], 1]);
});

test("a shift that a correction has moved into the days finds the card of its old day: no second one is made", async () => {
  const site = await settled({ shifts: [workday("s1", "2026-02-20")] });
  site.wait(20);
  expect(outsideOf(await site.plan())).toBe(1);
  site.edit("shifts", "s1", { date: "2026-03-20" });
  site.calls.length = 0;
  const plan = await site.plan();
  expect(site.calls).toContainEqual({ kind: "get", stream: "cards", id: onlyCard(site).id });
  expect(steps(plan)).toEqual(["update cards s1"]);
  expect(changeOf(plan, "cards", "s1")).toMatchObject({ day: "2026-02-20" });
  await site.apply(plan);
  expect(onlyCard(site).fields["date"]).toBe("2026-03-20");
  expect((await site.plan()).changes).toEqual([]);
});

test("a card that somebody has moved out of the days is set back", async () => {
  const site = await settled({ shifts: [workday("s1", yesterday)] });
  site.edit("cards", onlyCard(site).id, { date: longAgo });
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["update cards s1"]);
  expect(changeOf(plan, "cards", "s1")).toMatchObject({
    day: longAgo,
    fields: [{ field: "date", before: longAgo, after: yesterday, why: "drift" }],
  });
  await site.apply(plan);
  expect(onlyCard(site).fields["date"]).toBe(yesterday);
  expect((await site.plan()).changes).toEqual([]);
});

test("a card that somebody has moved into the days while its shift is older stays as it is", async () => {
  const site = await settled({ shifts: [workday("s1", "2026-02-20")] });
  site.wait(20);
  site.edit("cards", onlyCard(site).id, { date: "2026-03-20" });
  const plan = await site.plan();
  expect([plan.changes, plan.held, outsideOf(plan)]).toEqual([[], [], 1]);
});

test("a card without a link is found by its key among the cards of the days", async () => {
  const site = await startTimeclock({
    workers: [ann],
    people: [annsPerson],
    shifts: [workday("s1", yesterday)],
    cards: [card("c1", { person: "p1", date: today, mark: "s1" })],
  });
  expect(steps(await site.sync())).toEqual(["link people w1", "link cards s1", "update cards s1"]);
  expect(onlyCard(site).fields["date"]).toBe(yesterday);
  expect((await site.plan()).changes).toEqual([]);
});

test("a lost card of these days is lost; after its day is over nothing is said of it", async () => {
  const site = await settled({ shifts: [workday("s1", yesterday)] });
  site.world.stream("cards").remove(onlyCard(site).id);
  expect(heldOf(await site.plan())).toEqual(["lost s1"]);
  site.wait(20);
  const later = await site.plan();
  expect([later.held, outsideOf(later)]).toEqual([[], 1]);
});

test("in-doubt: a card whose answer was lost is found although its day is over by now", async () => {
  const site = await settled({ shifts: [] });
  site.world.stream("shifts").put(workday("s1", yesterday));
  site.world.fail({ stream: "cards", call: "create", kind: "lose-answer" });
  await site.sync();
  site.wait(20);
  const plan = await site.plan();
  expect(plan.readings.map(({ window: days }) => days?.from)).toEqual([
    "2026-03-08",
    yesterday,
    undefined,
    undefined,
  ]);
  expect(steps(plan)).toEqual(["link cards s1"]);
  await site.apply(plan);
  expect(onlyCard(site).fields["mark"]).toBe("s1");
  const next = await site.plan();
  expect([next.changes, next.answered, outsideOf(next)]).toEqual([[], [], 1]);
  expect(next.readings[1]?.window).toEqual(next.readings[0]?.window);
});

test("a card whose request was lost is not made any more once its day is over, and the question is closed", async () => {
  const site = await settled({ shifts: [] });
  site.world.stream("shifts").put(workday("s1", yesterday));
  site.world.fail({ stream: "cards", call: "create", kind: "lose-request" });
  await site.sync();
  site.wait(20);
  const plan = await site.sync();
  expect(plan.changes).toEqual([]);
  expect(plan.answered).toHaveLength(1);
  expect(site.records("cards")).toEqual([]);
  expect((await site.store.load("cards")).intents).toEqual([]);
});

test("a card whose answer was lost, and whose shift was moved out of the days meanwhile, follows its shift", async () => {
  const site = await settled({ shifts: [] });
  site.world.stream("shifts").put(workday("s1", yesterday));
  site.world.fail({ stream: "cards", call: "create", kind: "lose-answer" });
  await site.sync();
  site.edit("shifts", "s1", { date: longAgo, hours: 3 });
  site.clock.advance(3_600_000);
  expect(steps(await site.sync())).toEqual(["link cards s1"]);
  expect(steps(await site.sync())).toEqual(["update cards s1"]);
  expect(onlyCard(site).fields).toMatchObject({ date: longAgo, hours: 3 });
  expect((await site.plan()).changes).toEqual([]);
});

test("shares are counted against the linked records of the days, not against those of years", async () => {
  const many = Array.from({ length: 9 }, (_, index) => workday(`old${index}`, "2026-02-18"));
  const fresh = (id: string) => workday(id, "2026-03-17");
  const site = await settled({ shifts: many });
  site.wait(15);
  for (const id of ["a", "b", "c", "d"]) site.world.stream("shifts").put(fresh(id));
  await site.sync();
  site.clock.advance(3_600_000);
  for (const id of ["a", "b", "c"]) site.edit("shifts", id, { hours: 4 });
  const plan = await site.plan();
  expect(outsideOf(plan)).toBe(9);
  expect(plan.guards.map(({ code }) => code)).toEqual(["too-many-updates"]);
  expect(plan.guards[0]?.message).toContain("The plan updates 3 records, 75% of 4 linked records");
});

test("fewer shifts than last time are no shrinking where days are read", async () => {
  const many = Array.from({ length: 9 }, (_, index) => workday(`s${index}`, "2026-02-18"));
  const site = await settled({ shifts: many });
  site.wait(15);
  site.world.stream("shifts").put(workday("a", "2026-03-17"));
  const plan = await site.plan();
  expect(plan.guards.map(({ code }) => code)).not.toContain("stream-shrunk");
  const past = await site.store.pastReadings();
  expect(past.map(({ stream }) => stream).sort()).toEqual(["people", "workers"]);
});

test("a stream that was read whole until now, and by days from now on, has not shrunk", async () => {
  const many = Array.from({ length: 9 }, (_, index) => workday(`s${index}`, "2025-06-01"));
  const site = await settled({ shifts: many, replace: [[", window: { days: 14 }", ""]] });
  const { world, clock, store } = site;
  expect(
    (await store.pastReadings()).map(({ stream, records }) => [stream, records]),
  ).toContainEqual(["shifts", 9]);
  const byDays = await timeclockOver(world, { clock, store });
  const plan = await byDays.plan();
  expect([plan.guards, plan.changes, outsideOf(plan)]).toEqual([[], [], 9]);
});

test("in-doubt: a question that is older than a year is not answered by days that were not read", async () => {
  const site = await settled({ shifts: [] });
  site.world.stream("shifts").put(workday("s1", yesterday));
  site.world.fail({ stream: "cards", call: "create", kind: "lose-answer" });
  await site.sync();
  site.wait(400);
  expect(heldOf(await site.sync())).toEqual(["in-doubt s1"]);
  // Also then nothing is made a second time.
  site.edit("shifts", "s1", { date: "2027-04-05" });
  const plan = await site.sync();
  expect([plan.changes, heldOf(plan)]).toEqual([[], ["in-doubt s1"]]);
  expect(site.records("cards")).toHaveLength(1);
});

test("a shift on a day that has begun elsewhere on earth is read, and the day after it is not", async () => {
  const site = await startTimeclock({
    workers: [ann],
    people: [annsPerson],
    shifts: [workday("s1", "2026-03-03"), workday("s2", "2026-03-04")],
  });
  expect(steps(await site.sync())).toEqual(["link people w1", "create cards s1"]);
  site.wait(1);
  expect(steps(await site.sync())).toEqual(["create cards s2"]);
});

test("a card that lies outside by its own rule is asked for, and is in step", async () => {
  // The rule writes another day than the shift's: the pair is read by the shift, and its card by its id.
  const site = await startTimeclock({
    workers: [ann],
    people: [annsPerson],
    shifts: [workday("s1", today)],
    replace: [["date: date\n", "date: \"'2025-12-01'\"\n"]],
  });
  await site.sync();
  expect(onlyCard(site).fields["date"]).toBe(longAgo);
  const plan = await site.plan();
  expect([plan.changes, plan.held]).toEqual([[], []]);
  expect(plan.rules.map(({ inStep }) => inStep)).toEqual([1, 1]);
});
