import { describe, expect, test } from "vitest";
import { memoryStore } from "../../engine/state/memory-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import { type HandClock, handClock } from "../support/office.ts";
import {
  entry,
  shift,
  staff,
  type TwoViewsWorld,
  twoViewsWorld,
  worker,
} from "../support/two-views.ts";
import {
  eagerWorkerPeople,
  ofBranch,
  staffContacts,
  staffPartners,
  workerPeople,
} from "../support/two-views-project.ts";
import {
  apart,
  type Creating,
  gate,
  heldOf,
  outcomesOf,
  startTwoViews,
  steps,
  type TwoViewsStart,
  twoViewsOver,
} from "../support/two-views-run.ts";

/*
 * Mappings that create people in one list, each through a stream of its own: plans that were made before the other one
 * wrote, and processes that write at the same time.
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

describe("a plan that was made before the other mapping created the person", () => {
  test.each([
    ["worker-people", theWorkers, theStaff, ["w1 stale made-elsewhere", "h1 skipped waits-for"]],
    ["staff-contacts", theStaff, theWorkers, ["s1 stale made-elsewhere"]],
  ])("makes nobody while readings lag: %s", async (_name, mine, theirs, outcomes) => {
    const run = await startTwoViews({ ...olavEverywhere, ...lagging });
    const old = await run.plan(mine);
    run.clock.advance(1_000);
    await run.sync(theirs);
    run.clock.advance(1_000);
    const result = await run.apply(old);
    expect(outcomesOf(old, result)).toEqual(outcomes);
    expect(result.outcomes[0]?.reason).toMatch(
      /^The mapping (staff-contacts|worker-people) has just written this (person|contact) in office\/(contacts|people)\. The two are tied as soon as a reading shows the record\. Plan again\.$/,
    );
    expect(run.people()).toEqual(["7 Olav Berg"]);
    run.clock.advance(2 * lagMs);
    await run.sync();
    run.clock.advance(2 * lagMs);
    await run.sync();
    expect(run.people()).toEqual(["7 Olav Berg"]);
    expect((await run.plan()).changes).toEqual([]);
  });

  test("makes nobody where the reading shows them either", async () => {
    const run = await startTwoViews(olavEverywhere);
    const old = await run.plan(theWorkers);
    run.clock.advance(1_000);
    await run.sync(theStaff);
    expect(outcomesOf(old, await run.apply(old))).toEqual([
      "w1 stale candidate-appeared",
      "h1 skipped waits-for",
    ]);
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });

  test("makes nobody while it is not known whether the other create happened", async () => {
    const run = await startTwoViews({ ...olavEverywhere, ...lagging });
    const old = await run.plan(theWorkers);
    run.clock.advance(1_000);
    run.world.fail({ stream: "contacts", call: "create", kind: "lose-answer" });
    await run.sync(theStaff);
    const result = await run.apply(old);
    expect(outcomesOf(old, result)).toEqual(["w1 stale made-elsewhere", "h1 skipped waits-for"]);
    expect(result.outcomes[0]?.reason).toBe(
      "The mapping staff-contacts may have created this person in office/contacts, and the answer is not known yet. Its own plan finds out, or asks a person. Plan again.",
    );
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });

  test("makes nobody while no reading shows that another record was given the number", async () => {
    const run = await startTwoViews({
      ...lagging,
      staff: [staff("s1", { ...olav, number: "70" })],
    });
    await run.sync();
    run.clock.advance(2 * lagMs);
    run.world.stream("workers").put(worker("w1", olav));
    run.world.stream("shifts").put(shift("h1", { worker: "w1" }));
    const old = await run.plan(theWorkers);
    run.edit("staff", "s1", olav);
    run.clock.advance(1_000);
    await run.sync(theStaff);
    run.clock.advance(1_000);
    expect(outcomesOf(old, await run.apply(old))[0]).toBe("w1 stale made-elsewhere");
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });

  test("makes those whom nobody else has made, and only leaves out the one", async () => {
    const run = await startTwoViews({
      ...olavEverywhere,
      ...lagging,
      workers: [worker("w1", olav), worker("w2", { name: "Ann Lee", number: "8" })],
      shifts: [shift("h1", { worker: "w1" }), shift("h2", { worker: "w2" })],
    });
    const old = await run.plan(theWorkers);
    run.clock.advance(1_000);
    await run.sync(theStaff);
    expect(outcomesOf(old, await run.apply(old))).toEqual([
      "w1 stale made-elsewhere",
      "w2 applied",
      "h1 skipped waits-for",
      "h2 applied",
    ]);
    expect(run.people()).toEqual(["7 Olav Berg", "8 Ann Lee"]);
  });

  test("makes the person once the other's record is gone again", async () => {
    const run = await startTwoViews({ ...olavEverywhere, ...lagging });
    const old = await run.plan(theWorkers);
    run.clock.advance(1_000);
    await run.sync(theStaff);
    const [contact] = run.world.directory.records();
    run.world.directory.remove(contact?.id ?? "");
    run.clock.advance(2 * lagMs);
    expect(outcomesOf(old, await run.apply(old))).toEqual(["w1 applied", "h1 applied"]);
  });

  test("makes a son whom somebody has told apart from his father, whose record has just been written", async () => {
    const family: TwoViewsStart = {
      staff: [staff("s1", olav)],
      workers: [worker("w1", { ...olav, name: "Jon Berg" })],
      shifts: [shift("h1", { worker: "w1" })],
    };
    const before = await startTwoViews({ ...family, ...lagging });
    await before.sync(theStaff);
    const [contact] = before.world.directory.records();
    const decisions = [apart("people", "workers/w1", `people/${contact?.id}`)];
    const run = await twoViewsOver({ ...before, decisions });
    run.clock.advance(2 * lagMs);
    const old = await run.plan(theWorkers);
    run.edit("staff", "s1", { title: "Foreman" });
    await run.sync(theStaff);
    expect(outcomesOf(old, await run.apply(old))).toEqual(["w1 applied", "h1 applied"]);
    expect(run.people()).toEqual(["7 Olav Berg", "7 Jon Berg"]);
  });
});

describe("two processes over one state", () => {
  interface Company {
    readonly world: TwoViewsWorld;
    readonly clock: HandClock;
    readonly store: StateStore;
  }

  function company(options: TwoViewsStart = {}): Company {
    const clock = handClock();
    const world = twoViewsWorld({ ...olavEverywhere, ...options, now: clock.millis });
    return { world, clock, store: memoryStore(clock) };
  }

  /** A process that stops before it creates somebody, until it is let through. */
  async function slowProcess(at: Company, mappings?: readonly string[]) {
    const reached = gate();
    const through = gate();
    const creating: Creating = async (send) => {
      reached.open();
      await through.opened;
      return send();
    };
    const chosen = mappings === undefined ? {} : { mappings };
    const run = await twoViewsOver({ ...at, ...chosen, creating });
    return { run, reached: reached.opened, letThrough: through.open };
  }

  test.each([0, lagMs])(
    "one creates: the other is refused the list, and makes nobody afterwards either (lag %d ms)",
    async (lag) => {
      const at = company({ lagMs: { contacts: lag, people: lag } });
      const slow = await slowProcess(at);
      const other = await twoViewsOver(at);
      const old = await other.plan(theWorkers);
      const mine = await slow.run.plan(theStaff);
      const applying = slow.run.apply(mine);
      await slow.reached;
      const refused = await other.apply(old);
      expect(refused).toMatchObject({ status: "refused", refusal: { code: "mapping-busy" } });
      expect(refused.refusal?.message).toMatch(/ is writing for the list office\/directory\. /);
      slow.letThrough();
      expect((await applying).status).toBe("applied");
      at.clock.advance(1_000);
      expect(outcomesOf(old, await other.apply(old))[0]).toBe(
        lag > 0 ? "w1 stale made-elsewhere" : "w1 stale candidate-appeared",
      );
      expect(other.people()).toEqual(["7 Olav Berg"]);
    },
  );

  test("one creates: the other may write what creates nobody in the list", async () => {
    const at = company({ staff: [], shifts: [] });
    const before = await twoViewsOver(at);
    at.world.stream("staff").put(staff("s2", { name: "Ann Lee", number: "8" }));
    await before.sync();
    before.edit("staff", "s2", { title: "Foreman" });
    at.world.stream("shifts").put(shift("h1", { worker: "w1" }));
    const slow = await slowProcess(at);
    const mine = await slow.run.plan(theWorkers);
    const applying = slow.run.apply(mine);
    await slow.reached;
    const other = await before.sync(theStaff);
    expect(steps(other)).toEqual(["update contacts s2"]);
    expect(at.world.stream("contacts").records()[0]?.fields).toMatchObject({ title: "Foreman" });
    slow.letThrough();
    expect((await applying).status).toBe("applied");
  });

  test("one dies while it creates: the other makes nobody until the first has found out", async () => {
    const at = company(lagging);
    const slow = await slowProcess(at);
    const other = await twoViewsOver(at);
    const old = await other.plan(theWorkers);
    void slow.run.apply(await slow.run.plan(theStaff));
    await slow.reached;
    // Nothing is heard of it any more, and its right to write runs out.
    at.clock.advance(120_000);
    expect(outcomesOf(old, await other.apply(old))[0]).toBe("w1 stale made-elsewhere");
    expect(heldOf(await other.sync(theWorkers))).toEqual([
      "made-elsewhere w1",
      "reference-missing h1",
    ]);
    expect(steps(await other.sync(theStaff))).toEqual(["create contacts s1"]);
    at.clock.advance(2 * lagMs);
    expect(steps(await other.sync(theWorkers))).toEqual(["link people w1", "create cards h1"]);
    expect(other.people()).toEqual(["7 Olav Berg"]);
  });

  test("plans that were made at the same time are applied at the same time: one person", async () => {
    const at = company(lagging);
    const [one, other] = [await twoViewsOver(at), await twoViewsOver(at)];
    const plans = [await one.plan(theStaff), await other.plan(theWorkers)] as const;
    const results = await Promise.all([one.apply(plans[0]), other.apply(plans[1])]);
    expect(results.map(({ status }) => status).sort()).toEqual(["applied", "refused"]);
    expect(one.people()).toEqual(["7 Olav Berg"]);
  });

  test("a plan that was made before does not answer a create that is in doubt since", async () => {
    const at = company({ ...lagging, workers: [], shifts: [] });
    const run = await twoViewsOver(at);
    at.world.fail({ stream: "contacts", call: "create", kind: "lose-request" });
    await run.sync(theStaff);
    at.clock.advance(2 * lagMs);
    const [first, second] = [
      await run.plan(theStaff),
      await run.plan({ ...theStaff, exclude: ["kind=update"] }),
    ];
    expect([first.answered.length, second.answered.length]).toEqual([1, 1]);
    at.clock.advance(1_000);
    at.world.fail({ stream: "contacts", call: "create", kind: "lose-answer" });
    await run.apply(first);
    at.clock.advance(1_000);
    expect(outcomesOf(second, await run.apply(second))).toEqual(["s1 stale stale"]);
    const { intents } = await at.store.load("staff-contacts");
    expect(intents).toMatchObject([{ kind: "create", source: { id: "s1" } }]);
    await run.sync(theStaff);
    expect(run.people()).toEqual(["7 Olav Berg"]);
  });

  test("a plan that was made before does not tie somebody whom the other has tied to another record since", async () => {
    const at = company({ staff: [staff("s1", olav)], directory: [entry("d1", olav)], shifts: [] });
    const run = await twoViewsOver(at);
    const old = await run.plan(theStaff);
    expect(steps(old)).toEqual(["link contacts s1"]);
    at.world.stream("staff").remove("s1");
    at.world.stream("staff").put(staff("s2", olav));
    expect(steps(await run.sync(theStaff))).toEqual(["link contacts s2"]);
    const result = await run.apply(old);
    expect(outcomesOf(old, result)).toEqual(["s1 stale stale"]);
    expect(result.outcomes[0]?.reason).toBe(
      "Its counterpart has been linked to another record since the plan was made. Plan again.",
    );
  });
});

describe("the right to create in a list", () => {
  /** The names of the leases that a run takes. */
  async function leasesOf(
    options: TwoViewsStart & { readonly only?: readonly string[] },
    prepare: (run: Awaited<ReturnType<typeof twoViewsOver>>) => Promise<void> = async () => {},
  ): Promise<readonly string[]> {
    const clock = handClock();
    const store = memoryStore(clock);
    const taken: string[] = [];
    const watched: StateStore = {
      ...store,
      acquireLease(name, holder, ttlMs) {
        taken.push(name);
        return store.acquireLease(name, holder, ttlMs);
      },
    };
    const world = twoViewsWorld({ ...options, now: clock.millis });
    const branch = twoViewsWorld({ ...options, account: "company 2", now: clock.millis });
    const { mappings } = options;
    const run = await twoViewsOver({
      world,
      branch,
      clock,
      store: watched,
      ...(mappings ? { mappings } : {}),
    });
    await prepare(run);
    taken.length = 0;
    await run.sync();
    return taken;
  }

  test("is taken by a run that creates in it, once for all its mappings", async () => {
    const mappings = [staffContacts, eagerWorkerPeople];
    expect(
      await leasesOf({
        staff: [staff("s1", olav)],
        workers: [worker("w2", { name: "A", number: "8" })],
        mappings,
      }),
    ).toEqual(["mapping:staff-contacts", "mapping:worker-people", "list:office/directory"]);
  });

  test("is not taken by a run that creates nothing, or nothing in a list", async () => {
    const quiet = await leasesOf({ ...olavEverywhere }, async (run) => {
      await run.sync();
      await run.sync();
      run.edit("staff", "s1", { title: "Foreman" });
      run.world.stream("shifts").put(shift("h2", { worker: "w1" }));
    });
    expect(quiet).toEqual(["mapping:staff-contacts", "mapping:worker-people", "mapping:cards"]);
  });

  test("is one of its own for each list and each connection", async () => {
    const mappings = [
      staffContacts,
      staffPartners,
      ofBranch(staffContacts),
      ofBranch(workerPeople),
    ];
    const names = await leasesOf({ staff: [staff("s1", olav)], mappings });
    expect(names.filter((name) => name.startsWith("list:"))).toEqual([
      "list:branch/directory",
      "list:office/directory",
      "list:office/partners",
    ]);
  });

  test("in one list keeps nobody from creating in another, nor in the same of another company", async () => {
    const clock = handClock();
    const store = memoryStore(clock);
    const world = twoViewsWorld({ ...olavEverywhere, now: clock.millis });
    const branch = twoViewsWorld({ ...olavEverywhere, account: "company 2", now: clock.millis });
    const mappings = [staffContacts, staffPartners, ofBranch(eagerWorkerPeople)];
    const through = gate();
    const reached = gate();
    const at = { world, branch, clock, store, mappings };
    const slow = await twoViewsOver({
      ...at,
      creating: async (send) => {
        reached.open();
        await through.opened;
        return send();
      },
    });
    const other = await twoViewsOver(at);
    const applying = slow.apply(await slow.plan(theStaff));
    await reached.opened;
    const free = await other.plan({ mappings: ["staff-partners", "branch-worker-people"] });
    expect((await other.apply(free)).status).toBe("applied");
    expect(branch.directory.records()).toHaveLength(1);
    through.open();
    expect((await applying).status).toBe("applied");
  });
});
