import { expect, test } from "vitest";
import { card, onePerson, shift, worker } from "../support/timeclock.ts";
import {
  outcomesOf,
  startTimeclock,
  steps,
  type TimeclockRun,
  type TimeclockStart,
} from "../support/timeclock-run.ts";

/* Streams that are read by days: what is read again before it is written, and which calls write it. */

const ann = worker("w1", { name: "Ann Lee", number: "1" });
const annsPerson = onePerson("p1", { name: "Ann Lee", number: "1" });

/** 2026-02-17 is day 1 and 2026-03-02 is day 14, the day of the run. */
function day(number: number): string {
  return new Date(Date.parse("2026-02-16") + number * 86_400_000).toISOString().slice(0, 10);
}

function workday(id: string, number: number, project = "north") {
  return shift(id, { worker: "w1", date: day(number), project });
}

/** Days by which cards were read since the calls were emptied. */
function daysRead(site: TimeclockRun): readonly string[] {
  return site.calls.flatMap((call) =>
    call.kind === "read" && call.stream === "cards" && call.window
      ? [`${call.window.from}..${call.window.to}`]
      : [],
  );
}

function single(...numbers: readonly number[]): readonly string[] {
  return numbers.map((number) => `${day(number)}..${day(number)}`);
}

/** The marks and projects of each call that made cards. */
function cardCalls(site: TimeclockRun): readonly string[] {
  return site.calls.flatMap((call) => {
    if (call.kind !== "create" || call.stream !== "cards") return [];
    const projects = new Set(call.items.map(({ project }) => project));
    return [`${[...projects].join("|")}: ${call.items.map(({ mark }) => mark).join(" ")}`];
  });
}

/** Ann is linked already, so that cards wait for nothing. */
async function linked(more: TimeclockStart = {}) {
  const site = await startTimeclock({ workers: [ann], people: [annsPerson], ...more });
  await site.sync();
  site.clock.advance(3_600_000);
  site.calls.length = 0;
  return site;
}

/** Plans, forgets what planning asked, and applies. */
async function applied(site: TimeclockRun) {
  const asked = await site.plan();
  const plan = await site.plan({ allow: asked.guards.flatMap(({ allow }) => allow ?? []) });
  site.calls.length = 0;
  return { plan, result: await site.apply(plan) };
}

test("new cards: only the days on which something is made are read again, each once", async () => {
  const site = await linked();
  for (const [id, number] of [
    ["a", 3],
    ["b", 9],
    ["c", 9],
  ] as const)
    site.world.stream("shifts").put(workday(id, number));
  await applied(site);
  expect(daysRead(site)).toEqual(single(3, 9));
  expect(site.records("cards")).toHaveLength(3);
});

test("a few updates are asked for one by one, and no day is read", async () => {
  const site = await linked({ shifts: [workday("a", 3), workday("b", 9)] });
  site.edit("shifts", "a", { hours: 4 });
  await applied(site);
  expect(daysRead(site)).toEqual([]);
  expect(site.calls).toMatchObject([{ kind: "get", stream: "cards" }]);
});

test("updates beside a create are read again by their day, and by the day on which their card is now", async () => {
  const site = await linked({ shifts: [workday("a", 3), workday("b", 9)] });
  site.edit("shifts", "a", { date: day(12) });
  site.edit("shifts", "b", { hours: 4 });
  site.world.stream("shifts").put(workday("c", 5));
  const { plan } = await applied(site);
  expect(steps(plan)).toEqual(["update cards a", "update cards b", "create cards c"]);
  expect(daysRead(site)).toEqual(single(3, 9, 5));
  expect((await site.plan()).changes).toEqual([]);
});

test("many updates are read again by their days, each once", async () => {
  const shifts = Array.from({ length: 24 }, (_, index) => workday(`s${index}`, (index % 3) + 1));
  const site = await linked({ shifts });
  for (const { id } of shifts) site.edit("shifts", id, { hours: 4 });
  const { result } = await applied(site);
  expect(result.status).toBe("applied");
  expect(daysRead(site)).toEqual(single(1, 2, 3));
  expect(site.calls.filter(({ kind }) => kind === "get")).toEqual([]);
  expect((await site.plan()).changes).toEqual([]);
});

test("calls that make cards of many days each: every day is read once for all of them", async () => {
  const site = await linked({ cardsPerCall: 25 });
  for (let number = 14; number >= 1; number -= 1)
    for (const project of ["north", "south", "west", "east", "mill", "dock"])
      site.world.stream("shifts").put(workday(`${project}${number}`, number, project));
  await applied(site);
  expect(site.records("cards")).toHaveLength(14 * 6);
  expect(cardCalls(site)).toHaveLength(6);
  expect(daysRead(site).toSorted()).toEqual(
    single(...Array.from({ length: 14 }, (_, index) => index + 1)),
  );
});

test("a day that was read more than five minutes ago is read again before it is relied on", async () => {
  const site = await linked();
  for (let index = 0; index < 15; index += 1)
    site.world.stream("shifts").put(workday(`s${index}`, 3));
  const plan = await site.plan();
  site.calls.length = 0;
  // Every call that makes cards takes longer than that. Four are under way at a time, and the fifth comes after them.
  const { push } = site.calls;
  site.calls.push = (...calls) => {
    if (calls.some(({ kind }) => kind === "create")) site.clock.advance(301_000);
    return push.apply(site.calls, calls);
  };
  await site.apply(plan);
  expect(site.records("cards")).toHaveLength(15);
  expect(daysRead(site).length).toBeGreaterThan(1);
  expect(new Set(daysRead(site))).toEqual(new Set(single(3)));
});

test("one call makes cards of one project, and there are as few calls as there can be", async () => {
  const site = await linked();
  for (const [project, count] of [
    ["north", 7],
    ["south", 3],
    ["west", 1],
  ] as const)
    for (let index = 0; index < count; index += 1)
      site.world.stream("shifts").put(workday(`${project[0]}${index}`, index + 1, project));
  const { plan } = await applied(site);
  const calls = cardCalls(site);
  expect(calls.every((call) => /^(north|south|west): /.test(call))).toBe(true);
  // 7, 3 and 1 cards, three a call.
  expect(calls).toHaveLength(3 + 1 + 1);
  expect(plan.estimate).toEqual([{ connection: "site", calls: 5 }]);
  expect(calls.filter((call) => call.startsWith("north"))).toEqual([
    "north: n0 n1 n2",
    "north: n3 n4 n5",
    "north: n6",
  ]);
  expect((await site.plan()).changes).toEqual([]);
});

test("the estimate counts the calls that cards need who wait for a person, and those who do not", async () => {
  const bo = worker("w2", { name: "Bo Ek", number: "2" });
  const site = await linked({ workers: [ann, bo] });
  for (const [id, who] of [
    ["a", "w1"],
    ["b", "w2"],
    ["c", "w1"],
    ["d", "w2"],
  ] as const)
    site.world.stream("shifts").put(shift(id, { worker: who, date: day(3) }));
  const { plan } = await applied(site);
  expect(cardCalls(site)).toEqual(["north: a c", "north: b d"]);
  // One call makes the person.
  expect(plan.estimate).toEqual([{ connection: "site", calls: 3 }]);
  expect((await site.plan()).estimate).toEqual([]);
});

test("calls follow each other in the order of their days", async () => {
  const site = await linked();
  for (const [id, number, project] of [
    ["n1", 8, "north"],
    ["n2", 9, "north"],
    ["s1", 2, "south"],
    ["w1", 5, "west"],
  ] as const)
    site.world.stream("shifts").put(workday(id, number, project));
  await applied(site);
  expect(cardCalls(site)).toEqual(["south: s1", "west: w1", "north: n1 n2"]);
});

test("a card that somebody made by hand since the plan was made is no card to make again", async () => {
  const site = await linked();
  site.world.stream("shifts").put(workday("a", 3));
  site.world.stream("shifts").put(workday("b", 3));
  const plan = await site.plan();
  site.world.stream("cards").put(card("c1", { person: "p1", date: day(3), mark: "a" }));
  expect(outcomesOf(plan, await site.apply(plan))).toEqual([
    "a stale candidate-appeared",
    "b applied",
  ]);
  expect(steps(await site.sync())).toEqual(["link cards a"]);
  expect(site.records("cards").map(({ mark }) => mark)).toEqual(["a", "b"]);
});

test("a card that was moved to another day since the plan was made is not written", async () => {
  const shifts = Array.from({ length: 21 }, (_, index) => workday(`s${index}`, 3));
  const site = await linked({ shifts });
  for (const { id } of shifts) site.edit("shifts", id, { hours: 4 });
  const asked = await site.plan();
  const plan = await site.plan({ allow: asked.guards.flatMap(({ allow }) => allow ?? []) });
  const moved = (await site.linkOf("cards", "s0"))?.target.id ?? "";
  site.edit("cards", moved, { date: day(7) });
  expect(outcomesOf(plan, await site.apply(plan))[0]).toBe("s0 stale stale");
  expect(site.fieldsOf("cards", moved)).toMatchObject({ hours: 8, date: day(7) });
  expect(steps(await site.sync())).toEqual(["update cards s0"]);
  expect(site.fieldsOf("cards", moved)).toMatchObject({ hours: 4, date: day(3) });
});

test("a card without a day is asked for by its id, also where others are read by their days", async () => {
  const site = await linked({ shifts: [workday("a", 3)] });
  const id = (await site.linkOf("cards", "a"))?.target.id ?? "";
  site.edit("cards", id, { date: null });
  site.world.stream("shifts").put(workday("b", 5));
  const { plan, result } = await applied(site);
  expect(outcomesOf(plan, result)).toEqual(["a applied", "b applied"]);
  expect(site.fieldsOf("cards", id)["date"]).toBe(day(3));
  expect((await site.plan()).changes).toEqual([]);
});

test("a day that cannot be read again leaves its cards alone, and the others are written", async () => {
  const site = await linked();
  site.world.stream("shifts").put(workday("a", 3));
  site.world.stream("shifts").put(workday("b", 9));
  const plan = await site.plan();
  const problem = { code: "unreachable", message: "Down.", retry: "later", applied: "no" } as const;
  site.world.fail({ stream: "cards", call: "read", kind: "refuse", problem });
  expect(outcomesOf(plan, await site.apply(plan))).toEqual(["a failed not-verified", "b applied"]);
  expect(steps(await site.sync())).toEqual(["create cards a"]);
});

test("batches: an answer that was lost leaves the cards of one call in doubt, and no others", async () => {
  const site = await linked();
  for (const [id, project] of [
    ["a", "north"],
    ["b", "north"],
    ["c", "south"],
    ["d", "south"],
  ] as const)
    site.world.stream("shifts").put(workday(id, 3, project));
  site.world.fail({ stream: "cards", call: "createMany", kind: "lose-answer" });
  const { plan, result } = await applied(site);
  expect(outcomesOf(plan, result)).toEqual([
    "a in-doubt answer-lost",
    "b in-doubt answer-lost",
    "c applied",
    "d applied",
  ]);
  site.clock.advance(60_000);
  expect(steps(await site.sync())).toEqual(["link cards a", "link cards b"]);
  expect(site.records("cards")).toHaveLength(4);
  expect((await site.plan()).changes).toEqual([]);
});

test("the same by origin: where a system knows it, the card is found whatever its day", async () => {
  const site = await linked({ origin: true });
  site.world.stream("shifts").put(workday("a", 3));
  site.world.fail({ stream: "cards", call: "create", kind: "lose-answer" });
  await site.sync();
  const [made] = site.world.stream("cards").records();
  site.edit("cards", made?.id ?? "", { date: "2025-06-01", mark: null });
  site.clock.advance(60_000);
  expect(steps(await site.sync())).toEqual(["link cards a", "update cards a"]);
  expect(site.records("cards")).toMatchObject([{ date: day(3), mark: "a" }]);
  expect((await site.plan()).changes).toEqual([]);
});
