import { afterEach, expect, test } from "vitest";
import { memoryState } from "../../engine/state/memory-state.ts";
import type { PurgeLimits, ServiceStore } from "../../engine/state/service-store.ts";
import { openRetention, type Retention } from "../../server/retention/retention.ts";
import { ended, storedPlan } from "../conformance/service-store-samples.ts";
import { keptLog, stillClock } from "../support/service-upkeep.ts";

/* What is old goes by itself. */

const open: Retention[] = [];

afterEach(async () => {
  for (const retention of open.splice(0)) await retention.stop();
});

function world(purge?: ServiceStore["purge"]) {
  const clock = stillClock("2026-03-02T10:00:00Z");
  const store = memoryState(clock).service;
  const purges: PurgeLimits[] = [];
  const logged = keptLog(clock);
  const sleeps: number[] = [];
  const start = () => {
    const retention = openRetention({
      store: {
        ...store,
        purge: async (limits) => {
          purges.push(limits);
          return (purge ?? store.purge)(limits);
        },
      },
      runsDays: 90,
      plansDays: 30,
      clock: {
        now: clock.now,
        sleep: (milliseconds, signal) => {
          sleeps.push(milliseconds);
          return clock.sleep(milliseconds, signal);
        },
      },
      log: logged.log,
    });
    open.push(retention);
    return retention;
  };
  const nextPurge = async () => {
    const before = sleeps.length;
    clock.wake();
    await expect.poll(() => sleeps.length).toBe(before + 1);
  };
  return { clock, store, purges, logged, sleeps, start, nextPurge };
}

const none = { requests: 0, runs: 0, entries: 0, plans: 0, sessions: 0 };

test("requests and plans go after the days that are set, and the log says how many", async () => {
  const { store, logged, start } = world();
  await store.addRequest(ended("old", new Date("2025-12-02T09:59:59Z")));
  await store.addRequest(ended("young", new Date("2025-12-02T10:00:01Z")));
  await store.storePlan(storedPlan("of old", { requestId: "old" }));
  const purged = await start().purge();
  expect(purged).toMatchObject({ requests: 1, plans: 1 });
  expect(await store.request("old")).toBe(null);
  expect(await store.request("young")).not.toBe(null);
  expect(logged.lines).toMatchObject([{ level: "info", ...purged, runsDays: 90, plansDays: 30 }]);
});

test("it happens some minutes after the start, and then once a day", async () => {
  const { clock, purges, sleeps, start, nextPurge } = world();
  start();
  expect(purges).toEqual([]);
  expect(sleeps).toEqual([5 * 60_000]);
  await nextPurge();
  clock.set("2026-03-03T10:05:00Z");
  await nextPurge();
  const day = 24 * 60 * 60_000;
  expect(sleeps).toEqual([5 * 60_000, day, day]);
  expect(purges).toEqual([
    {
      requests: new Date("2025-12-02T10:00:00Z"),
      plans: new Date("2026-01-31T10:00:00Z"),
      now: new Date("2026-03-02T10:00:00Z"),
    },
    {
      requests: new Date("2025-12-03T10:05:00Z"),
      plans: new Date("2026-02-01T10:05:00Z"),
      now: new Date("2026-03-03T10:05:00Z"),
    },
  ]);
});

test("two processes that purge at once remove each thing once", async () => {
  const { store, start } = world();
  await store.addRequest(ended("old", new Date("2025-11-01T10:00:00Z")));
  const both = await Promise.all([start().purge(), start().purge()]);
  expect(both.map((purged) => purged.requests).toSorted()).toEqual([0, 1]);
});

test("a store that is away is asked again in an hour, not in a day", async () => {
  let isAway = true;
  const { logged, sleeps, start, nextPurge } = world(async () => {
    if (isAway) throw new Error("The store says: Ilse Brandvold.");
    return none;
  });
  start();
  await nextPurge();
  expect(logged.lines).toMatchObject([{ level: "error", code: "retention-failed" }]);
  expect(logged.text()).not.toContain("Ilse");
  isAway = false;
  await nextPurge();
  expect(sleeps.slice(1)).toEqual([60 * 60_000, 24 * 60 * 60_000]);
});

test("stopping ends it, and what fails because the store is closed by then is not said", async () => {
  const gate = Promise.withResolvers<void>();
  const { clock, purges, logged, start, sleeps } = world(async () => {
    await gate.promise;
    throw new Error("The store is closed.");
  });
  const retention = start();
  clock.wake();
  await expect.poll(() => purges.length).toBe(1);
  const stopped = retention.stop();
  gate.resolve();
  await stopped;
  expect(logged.lines).toEqual([]);
  // The wait for the purge that was under way is the last one.
  expect(sleeps).toEqual([5 * 60_000, 10_000]);
});
