import { expect, test } from "vitest";
import type { LinkDecision } from "../../engine/links/decision.ts";
import { onePerson, shift, worker } from "../support/timeclock.ts";
import {
  changeOf,
  heldOf,
  startTimeclock,
  steps,
  type TimeclockStart,
  timeclockOver,
} from "../support/timeclock-run.ts";

/* A rule that prefers targets with some values: whom it finds, and when a link moves. */

const ann = worker("w1", { name: "Ann Lee", number: "1" });
const former = onePerson("p1", { name: "Ann Lee", number: "1", active: false });
const present = onePerson("p2", { name: "Ann Lee", number: "1" });
const monday = shift("s1", { worker: "w1", date: "2026-03-02" });

/** Ann is linked to p1 and has a card; then p1 becomes inactive, and others come up. */
async function afterwards(others: TimeclockStart["people"] = [], more: TimeclockStart = {}) {
  const site = await startTimeclock({
    workers: [ann],
    people: [onePerson("p1", { name: "Ann Lee", number: "1" })],
    shifts: [monday],
    ...more,
  });
  await site.sync();
  site.edit("people", "p1", { active: false });
  for (const other of others) site.world.stream("people").put(other);
  site.clock.advance(3_600_000);
  return site;
}

test("of several candidates the preferred one is linked", async () => {
  const site = await startTimeclock({ workers: [ann], people: [former, present] });
  const plan = await site.sync();
  expect(steps(plan)).toEqual(["link people w1"]);
  expect((await site.linkOf("worker-people", "w1"))?.target.id).toBe("p2");
  expect((await site.plan()).changes).toEqual([]);
});

test("the only candidate is linked although it is not preferred, and stays so", async () => {
  const site = await startTimeclock({ workers: [ann], people: [former], shifts: [monday] });
  expect(steps(await site.sync())).toEqual(["link people w1", "create cards s1"]);
  expect(site.records("cards")).toMatchObject([{ person: "p1" }]);
  const next = await site.plan();
  expect([next.changes, next.held]).toEqual([[], []]);
});

test("two candidates of which none is preferred are not told apart", async () => {
  const site = await startTimeclock({
    workers: [ann],
    people: [former, { ...present, fields: { ...present.fields, active: false } }],
  });
  const plan = await site.plan();
  expect(heldOf(plan)).toEqual(["ambiguous w1"]);
  expect(plan.held[0]?.candidates.map(({ address }) => address.id)).toEqual(["p1", "p2"]);
});

test("two preferred candidates are not told apart, and the others are not named", async () => {
  const site = await startTimeclock({
    workers: [ann],
    people: [former, present, { ...present, id: "p3" }],
  });
  const plan = await site.plan();
  expect(heldOf(plan)).toEqual(["ambiguous w1"]);
  expect(plan.held[0]?.candidates.map(({ address }) => address.id)).toEqual(["p2", "p3"]);
});

test("a later key that finds a preferred one comes before an earlier key that finds another", async () => {
  const keys = [["- { number: number }", "- { number: number }\n      - { name: name }"]] as const;
  const renumbered = onePerson("p2", { name: "Ann Lee", number: "1-A" });
  const site = await startTimeclock({
    workers: [ann],
    people: [former, renumbered],
    replace: keys,
  });
  expect(changeOf(await site.plan(), "people", "w1")).toMatchObject({ target: { id: "p2" } });
  // Where nobody is preferred, the keys decide in their order.
  site.edit("people", "p2", { active: false });
  expect(changeOf(await site.plan(), "people", "w1")).toMatchObject({ target: { id: "p1" } });
});

test("a link that moves asks all keys for the active one", async () => {
  const keys = [["- { number: number }", "- { number: number }\n      - { name: name }"]] as const;
  const site = await afterwards([onePerson("p2", { name: "Ann Lee", number: "1-A" })], {
    replace: keys,
  });
  expect(steps(await site.sync())).toEqual(["link people w1", "update cards s1"]);
  expect(site.records("cards")).toMatchObject([{ person: "p2" }]);
  expect((await site.plan()).changes).toEqual([]);
});

test("T-001: a link moves to the person who is active by now, and the cards follow it", async () => {
  const site = await afterwards([present]);
  const plan = await site.plan();
  expect(steps(plan)).toEqual(["link people w1", "update cards s1"]);
  const link = changeOf(plan, "people", "w1");
  expect(link).toMatchObject({
    kind: "link",
    target: { id: "p2" },
    replaces: { id: "p1" },
    reason:
      "The person has the same key and agrees, and the person that was linked no longer has active: true.",
  });
  expect(changeOf(plan, "cards", "s1")).toMatchObject({
    after: [link.id],
    fields: [{ field: "person", before: "p1", after: "p2", baseline: "p1", why: "source-changed" }],
  });
  await site.apply(plan);
  expect(site.records("cards")).toMatchObject([{ person: "p2" }]);
  expect((await site.linkOf("worker-people", "w1"))?.target.id).toBe("p2");
  const next = await site.plan();
  expect([next.changes, next.held, next.refreshes]).toEqual([[], [], []]);
});

test("cards of days that are not read any more keep the person whom they were made for", async () => {
  const old = shift("s2", { worker: "w1", date: "2026-02-17" });
  const site = await afterwards([], { shifts: [old, monday] });
  site.wait(10);
  site.world.stream("people").put(present);
  expect(steps(await site.sync())).toEqual(["link people w1", "update cards s1"]);
  expect(site.records("cards").map(({ mark, person }) => [mark, person])).toEqual([
    ["s2", "p1"],
    ["s1", "p2"],
  ]);
  expect((await site.plan()).changes).toEqual([]);
});

test("a shift that comes in the same run goes to the person whom the link moves to", async () => {
  const site = await afterwards([present]);
  site.world.stream("shifts").put(shift("s2", { worker: "w1", date: "2026-03-01" }));
  const plan = await site.sync();
  expect(steps(plan)).toEqual(["link people w1", "update cards s1", "create cards s2"]);
  expect(site.records("cards")).toMatchObject([{ person: "p2" }, { person: "p2" }]);
});

test("a linking run moves the link, and the next run the cards", async () => {
  const site = await afterwards([present]);
  const linking = await site.plan({ purpose: "link" });
  expect(steps(linking)).toEqual(["link people w1"]);
  await site.apply(linking);
  expect(steps(await site.sync())).toEqual(["update cards s1"]);
  expect((await site.plan()).changes).toEqual([]);
});

test("nobody else has the number: the link stays, and is in step", async () => {
  const site = await afterwards([onePerson("p9", { name: "Zoe Fox", number: "9" })]);
  const plan = await site.plan();
  expect([plan.changes, plan.held]).toEqual([[], []]);
  expect(plan.rules.map(({ inStep }) => inStep)).toEqual([1, 1]);
});

test("somebody else has the number and is not active either: the link stays", async () => {
  const site = await afterwards([{ ...former, id: "p2" }]);
  const plan = await site.plan();
  expect([plan.changes, plan.held]).toEqual([[], []]);
});

test("two active people have the number: a person must say which, and the cards wait", async () => {
  const site = await afterwards([present, { ...present, id: "p3" }]);
  const plan = await site.plan();
  expect(plan.changes).toEqual([]);
  expect(heldOf(plan)).toEqual(["ambiguous w1", "reference-missing s1"]);
  expect(plan.held[0]?.reason).toBe("Not clear: 2 people have the same number.");
});

test("the active one is linked to another worker: nobody takes it away", async () => {
  const bo = worker("w2", { name: "Bo Ek", number: "2" });
  const site = await afterwards([], {
    workers: [ann, bo],
    people: [
      onePerson("p1", { name: "Ann Lee", number: "1" }),
      onePerson("p2", { name: "Bo Ek", number: "2" }),
    ],
  });
  expect((await site.linkOf("worker-people", "w2"))?.target.id).toBe("p2");
  site.edit("people", "p2", { number: "1" });
  const plan = await site.plan();
  expect(plan.changes).toEqual([]);
  expect(heldOf(plan)).toEqual(["ambiguous w1", "reference-missing s1"]);
  expect(plan.held[0]?.candidates).toMatchObject([
    { address: { id: "p2" }, linkedTo: { id: "w2" } },
  ]);
});

test("the active one differs in a field that must agree: the link does not move by itself", async () => {
  const site = await afterwards([onePerson("p2", { name: "Ann Lea", number: "1" })]);
  const plan = await site.plan();
  expect(plan.changes).toEqual([]);
  expect(heldOf(plan)).toEqual(["disagrees w1", "reference-missing s1"]);
});

test("`found: hold` holds a link that would move as well", async () => {
  const site = await afterwards([present]);
  const { world, clock, store } = site;
  const holding = await timeclockOver(world, {
    clock,
    store,
    replace: [["on: { found: link, lost: create }", "on: { found: hold, lost: create }"]],
  });
  const plan = await holding.plan();
  expect(plan.changes).toEqual([]);
  expect(heldOf(plan)).toEqual(["found w1", "reference-missing s1"]);
});

test("what a links file ties stays tied, active or not", async () => {
  const decision: LinkDecision = {
    kind: "link",
    rule: "people",
    source: { connection: "site", stream: "workers", id: "w1" },
    target: { connection: "site", stream: "people", id: "p1" },
    at: { file: "links/people.yaml", line: 3, column: 5 },
  };
  const site = await afterwards([present], { decisions: [decision] });
  const plan = await site.plan();
  expect([plan.changes, plan.held]).toEqual([[], []]);
});

test("what a links file says is somebody else is no candidate for a link that moves", async () => {
  const decision: LinkDecision = {
    kind: "apart",
    rule: "people",
    source: { connection: "site", stream: "workers", id: "w1" },
    target: { connection: "site", stream: "people", id: "p2" },
    at: { file: "links/people.yaml", line: 3, column: 5 },
  };
  const site = await afterwards([present], { decisions: [decision] });
  const plan = await site.plan();
  expect([plan.changes, plan.held]).toEqual([[], []]);
});

test("a link that was moved once moves back when the first is the active one again", async () => {
  const site = await afterwards([present]);
  await site.sync();
  site.edit("people", "p1", { active: true });
  expect((await site.plan()).changes).toEqual([]);
  site.edit("people", "p2", { active: false });
  expect(steps(await site.sync())).toEqual(["link people w1", "update cards s1"]);
  expect(site.records("cards")).toMatchObject([{ person: "p1" }]);
  expect((await site.plan()).changes).toEqual([]);
});

test("a reading that stopped moves no link", async () => {
  const site = await afterwards([present, onePerson("p9", { name: "Zoe Fox", number: "9" })]);
  const problem = { code: "unreachable", message: "Down.", retry: "later", applied: "no" } as const;
  site.world.fail({ stream: "people", call: "read", kind: "refuse", problem, after: 1 });
  const plan = await site.plan();
  expect(steps(plan)).toEqual([]);
  expect(plan.held).toEqual([]);
});

test("the active one has become inactive since the plan was made: the link does not move, and the card stays", async () => {
  const site = await afterwards([present]);
  const plan = await site.plan();
  site.edit("people", "p2", { active: false });
  const result = await site.apply(plan);
  expect(result.outcomes.map(({ status, code }) => [status, code])).toEqual([
    ["stale", "stale"],
    ["skipped", "waits-for"],
  ]);
  expect(site.records("cards")).toMatchObject([{ person: "p1" }]);
  expect((await site.plan()).changes).toEqual([]);
});

test("with fields that are kept in step the moved link is followed by an update of the new person", async () => {
  const site = await startTimeclock({
    workers: [ann],
    people: [onePerson("p1", { name: "Ann Lee", number: "1" })],
    replace: [
      ["name: { from: name, set: on-create }", "name: name"],
      ["agree: [name]", "agree: []"],
    ],
  });
  await site.sync();
  site.edit("people", "p1", { active: false });
  site.world.stream("people").put(onePerson("p2", { name: "A. Lee", number: "1" }));
  const plan = await site.sync();
  expect(steps(plan)).toEqual(["link people w1", "update people w1"]);
  expect(site.fieldsOf("people", "p2")["name"]).toBe("Ann Lee");
  expect(site.fieldsOf("people", "p1")).toMatchObject({ name: "Ann Lee", active: false });
  expect((await site.plan()).changes).toEqual([]);
});

test("two workers whose people were both replaced by one: neither link moves", async () => {
  const site = await startTimeclock({
    workers: [ann, worker("w2", { name: "Ann Lee", number: "2" })],
    people: [
      onePerson("p1", { name: "Ann Lee", number: "1" }),
      onePerson("p2", { name: "Ann Lee", number: "2" }),
    ],
  });
  await site.sync();
  site.edit("people", "p1", { active: false });
  site.edit("people", "p2", { active: false });
  site.edit("workers", "w2", { number: "1" });
  site.world.stream("people").put({ ...present, id: "p3" });
  const plan = await site.plan();
  expect(plan.changes).toEqual([]);
  expect(heldOf(plan)).toEqual(["ambiguous w1", "ambiguous w2"]);
});
