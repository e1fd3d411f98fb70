import { describe, expect, test } from "vitest";
import { memoryStore } from "../../engine/state/memory-store.ts";
import { handClock } from "../support/office.ts";
import { entry, shift, staff, twoViewsWorld, worker } from "../support/two-views.ts";
import {
  cards,
  eagerWorkerPeople,
  ofBranch,
  staffContacts,
  staffPartners,
  staffUsers,
  workerPeople,
} from "../support/two-views-project.ts";
import {
  apart,
  heldOf,
  startTwoViews,
  steps,
  type TwoViewsStart,
  twoViewsOver,
} from "../support/two-views-run.ts";

/*
 * Mappings that create people in one list, each through a stream of its own: what a plan says of somebody whom more than
 * one of them would create.
 */

const olav = { name: "Olav Berg", number: "7" };
const olavEverywhere = {
  staff: [staff("s1", olav)],
  workers: [worker("w1", olav)],
  shifts: [shift("h1", { worker: "w1" })],
};
const lagMs = 30_000;
const lagging = { lagMs: { contacts: lagMs, people: lagMs, users: lagMs } };
const theWorkers = { mappings: ["worker-people", "cards"] };
const theStaff = { mappings: ["staff-contacts"] };

describe("nobody waits for ever", () => {
  test("the other's record was deleted by hand, and its mapping waits for a person", async () => {
    const run = await startTwoViews(olavEverywhere);
    await run.sync(theStaff);
    const [contact] = run.world.directory.records();
    run.world.directory.remove(contact?.id ?? "");
    run.clock.advance(1_000);
    const plan = await run.sync();
    expect(heldOf(plan)).toEqual(["lost s1"]);
    expect(steps(plan)).toEqual(["create people w1", "create cards h1"]);
  });

  test("a record that both had is deleted by hand, and both would create it again: one does", async () => {
    const again = (text: string) =>
      text.replace("on: { found: link }", "on: { found: link, lost: create }");
    const mappings = [again(staffContacts), again(workerPeople), cards];
    const run = await startTwoViews({ ...olavEverywhere, mappings });
    await run.sync(theWorkers);
    await run.sync();
    const [person] = run.world.directory.records();
    run.world.directory.remove(person?.id ?? "");
    run.clock.advance(1_000);
    const plan = await run.sync();
    expect(steps(plan)).toEqual(["create contacts s1"]);
    expect(plan.held[0]).toMatchObject({ code: "made-elsewhere", situation: "lost" });
    await run.sync();
    expect(run.people()).toEqual(["7 Olav Berg"]);
    expect((await run.plan()).changes).toEqual([]);
  });

  test.each([
    ["with the same ids", staffContacts],
    ["with other ids", staffUsers],
  ])("the other's record has another number by now: streams %s", async (_how, keeper) => {
    const run = await startTwoViews({ ...olavEverywhere, mappings: [keeper, workerPeople, cards] });
    await run.sync({ mappings: [keeper === staffUsers ? "staff-users" : "staff-contacts"] });
    const [contact] = run.world.directory.records();
    run.world.directory.put(entry(contact?.id ?? "", { name: "Ann Lee", number: "8" }));
    run.clock.advance(1_000);
    expect(steps(await run.plan(theWorkers))).toEqual(["create people w1", "create cards h1"]);
  });

  test.each([
    ["before", [staffContacts, workerPeople, cards]],
    ["after", [eagerWorkerPeople, staffContacts]],
  ])(
    "the same plan finds out that the other's create did not happen, and its source is gone: %s",
    async (_where, mappings) => {
      const run = await startTwoViews({ ...olavEverywhere, mappings });
      run.world.fail({ stream: "contacts", call: "create", kind: "lose-request" });
      await run.sync(theStaff);
      run.world.stream("staff").remove("s1");
      run.clock.advance(1_000);
      const plan = await run.sync();
      expect(plan.answered).toHaveLength(1);
      expect(steps(plan)[0]).toBe("create people w1");
      expect(run.people()).toEqual(["7 Olav Berg"]);
      expect((await run.plan()).changes).toEqual([]);
    },
  );

  test("the same plan finds out that the other's create did not happen, and creates the record for one of the two", async () => {
    const run = await startTwoViews(olavEverywhere);
    run.world.fail({ stream: "contacts", call: "create", kind: "lose-request" });
    await run.sync(theStaff);
    run.clock.advance(1_000);
    expect(steps(await run.sync())).toEqual(["create contacts s1"]);
    await run.sync();
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });

  test("the other's reading stopped before it could say anything", async () => {
    const run = await startTwoViews(olavEverywhere);
    const problem = {
      code: "unreachable",
      message: "Out of order.",
      retry: "later",
      applied: "no",
    } as const;
    run.world.fail({ stream: "staff", call: "read", kind: "refuse", problem });
    expect(steps(await run.sync())).toEqual(["create people w1", "create cards h1"]);
    expect(steps(await run.sync())).toEqual(["link contacts s1"]);
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });
});

describe("father and son with one number", () => {
  const father = { name: "Olav Berg", number: "7" };
  const son = { name: "Jon Berg", number: "7" };
  const family: TwoViewsStart = {
    staff: [staff("s1", father)],
    workers: [worker("w1", son)],
    shifts: [shift("h1", { worker: "w1" })],
  };

  test("wait for a person, and are created once somebody has said that they are two", async () => {
    const run = await startTwoViews(family);
    expect(heldOf(await run.sync())[0]).toBe("made-elsewhere w1");
    expect(heldOf(await run.sync())[0]).toBe("disagrees w1");
    const [contact] = run.world.directory.records();
    const decisions = [apart("people", "workers/w1", `people/${contact?.id}`)];
    const decided = await twoViewsOver({ ...run, decisions });
    expect(steps(await decided.sync())).toEqual(["create people w1", "create cards h1"]);
    expect(run.people()).toEqual(["7 Olav Berg", "7 Jon Berg"]);
    expect((await decided.plan()).changes).toEqual([]);
  });

  test("are two also while the father's record has just been written", async () => {
    const run = await startTwoViews({ ...family, ...lagging });
    await run.sync();
    const [contact] = run.world.directory.records();
    const decisions = [apart("people", "workers/w1", `people/${contact?.id}`)];
    const decided = await twoViewsOver({ ...run, decisions });
    // In the same plan as a change of the father, and before any reading shows it.
    run.clock.advance(2 * lagMs);
    run.edit("staff", "s1", { title: "Foreman" });
    expect(steps(await decided.sync({ ...theWorkers, mappings: ["staff-contacts"] }))).toEqual([
      "update contacts s1",
    ]);
    run.edit("staff", "s1", { title: "Director" });
    run.clock.advance(lagMs);
    expect(steps(await decided.sync())).toEqual([
      "update contacts s1",
      "create people w1",
      "create cards h1",
    ]);
    expect(run.people()).toEqual(["7 Olav Berg", "7 Jon Berg"]);
  });
});

describe("who is not concerned", () => {
  test("mappings of another connection: two companies may have people with one number", async () => {
    const clock = handClock();
    const world = twoViewsWorld({ staff: [staff("s1", olav)], now: clock.millis });
    const branch = twoViewsWorld({
      account: "company 2",
      workers: [worker("w1", olav)],
      now: clock.millis,
    });
    const mappings = [staffContacts, ofBranch(eagerWorkerPeople)];
    const run = await twoViewsOver({ world, branch, clock, store: memoryStore(clock), mappings });
    expect(steps(await run.sync())).toEqual(["create contacts s1", "create people w1"]);
    expect(branch.directory.records()).toHaveLength(1);
    expect((await run.plan()).changes).toEqual([]);
  });

  test("mappings that write to another list of the same connection", async () => {
    const mappings = [staffPartners, eagerWorkerPeople];
    const run = await startTwoViews({ ...olavEverywhere, mappings });
    expect(steps(await run.sync())).toEqual(["create partners s1", "create people w1"]);
  });
});
