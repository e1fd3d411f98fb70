import { afterEach, describe, expect, test } from "vitest";
import type { QuietWindow } from "../../engine/config/quiet.ts";
import { memoryState } from "../../engine/state/memory-state.ts";
import type { NewRequest } from "../../engine/state/service-store.ts";
import type { State } from "../../engine/state/state.ts";
import {
  openScheduler,
  type ScheduledRun,
  type Scheduler,
} from "../../server/schedule/scheduler.ts";
import type { Workspaces } from "../../server/workspaces/workspace.ts";
import { binding } from "../conformance/store-samples.ts";
import {
  keptLog,
  mappingOf,
  projectOf,
  type StillClock,
  stillClock,
  workspacesOf,
} from "../support/service-upkeep.ts";

/* What the schedule starts, and what it does not. */

interface World {
  readonly clock: StillClock;
  readonly state: State;
  readonly scheduler: Scheduler;
  readonly asked: ScheduledRun[];
  readonly logged: ReturnType<typeof keptLog>;
  /** At this time, what was asked for since the last time that somebody looked. */
  readonly at: (time: string) => Promise<readonly string[]>;
}

const running: Scheduler[] = [];

afterEach(async () => {
  for (const scheduler of running.splice(0)) await scheduler.stop();
});

async function world(
  options: {
    readonly schedule?: string;
    readonly quiet?: readonly QuietWindow[];
    readonly jitterSeconds?: number;
    readonly workspaces?: Workspaces;
    readonly ask?: (run: ScheduledRun) => Promise<unknown>;
    readonly neverRun?: boolean;
    readonly now?: string;
  } = {},
): Promise<World> {
  const clock = stillClock(options.now ?? "2026-03-02T09:30:00Z");
  const state = memoryState(clock);
  if (!options.neverRun) await state.workspace("northridge").bind([], binding("people", {}));
  const asked: ScheduledRun[] = [];
  const logged = keptLog(clock);
  const scheduler = openScheduler({
    workspaces:
      options.workspaces ??
      workspacesOf({
        northridge: projectOf([mappingOf("people", options.schedule)], {
          quiet: options.quiet ?? [],
        }),
      }),
    state,
    ask: options.ask ?? (async (run) => asked.push(run)),
    clock,
    jitterSeconds: options.jitterSeconds ?? 0,
    tickSeconds: 30,
    log: logged.log,
  });
  running.push(scheduler);
  // By itself, as soon as it is opened: what it sees for the first time is claimed.
  await scheduler.tick();
  const at = async (time: string) => {
    clock.set(time);
    await scheduler.tick();
    return asked.splice(0).map(({ workspace, mapping }) => `${workspace}/${mapping}`);
  };
  return { clock, state, scheduler, asked, logged, at };
}

const people = ["northridge/people"];

function request(change: Partial<NewRequest>): NewRequest {
  return {
    id: "r1",
    workspace: "northridge",
    mapping: "people",
    purpose: "sync",
    allow: [],
    trigger: "manual",
    requestedBy: "Ilse",
    requestedAt: new Date("2026-03-02T09:45:00Z"),
    status: "queued",
    ...change,
  };
}

describe("by the clock", () => {
  test("S-019, H-001: every hour, where the file says nothing", async () => {
    const { at } = await world();
    expect(await at("2026-03-02T09:59:59Z")).toEqual([]);
    expect(await at("2026-03-02T10:00:00Z")).toEqual(people);
    expect(await at("2026-03-02T10:00:30Z")).toEqual([]);
    expect(await at("2026-03-02T10:59:30Z")).toEqual([]);
    expect(await at("2026-03-02T11:00:10Z")).toEqual(people);
  });

  test("as the file says", async () => {
    const { at } = await world({ schedule: "*/15 10 * * mon" });
    expect(await at("2026-03-02T10:00:00Z")).toEqual(people);
    expect(await at("2026-03-02T10:15:00Z")).toEqual(people);
    expect(await at("2026-03-02T11:20:00Z")).toEqual(people);
    expect(await at("2026-03-03T10:20:00Z")).toEqual([]);
  });

  test("never, where the file says so", async () => {
    const { at } = await world({ schedule: "never" });
    expect(await at("2026-03-09T10:00:00Z")).toEqual([]);
  });

  test("what is asked for says that nobody asked", async () => {
    const { clock, scheduler, asked } = await world();
    clock.set("2026-03-02T10:00:00Z");
    await scheduler.tick();
    expect(asked).toEqual([
      {
        workspace: "northridge",
        mapping: "people",
        purpose: "sync",
        allow: [],
        trigger: "schedule",
        requestedBy: "schedule",
      },
    ]);
  });

  test("in the zone of the company, also on the days on which its clocks are changed", async () => {
    const { at } = await world({
      now: "2026-03-07T20:00:00Z",
      workspaces: workspacesOf({
        northridge: projectOf([mappingOf("people", "30 2 * * *")], { timezone: "America/Denver" }),
      }),
    });
    // 2:30 does not come on that day: the first moment after the gap takes its place.
    expect(await at("2026-03-08T08:59:00Z")).toEqual([]);
    expect(await at("2026-03-08T09:00:00Z")).toEqual(people);
    expect(await at("2026-03-08T20:00:00Z")).toEqual([]);
    expect(await at("2026-03-09T08:30:00Z")).toEqual(people);
    // 1:30 comes twice in autumn, a run once.
    const autumn = await world({
      now: "2026-10-31T20:00:00Z",
      workspaces: workspacesOf({
        northridge: projectOf([mappingOf("people", "30 1 * * *")], { timezone: "America/Denver" }),
      }),
    });
    expect(await autumn.at("2026-11-01T07:30:00Z")).toEqual(people);
    expect(await autumn.at("2026-11-01T08:30:00Z")).toEqual([]);
  });
});

describe("once", () => {
  test("a mapping that is seen for the first time waits for its next slot", async () => {
    const { at, state } = await world();
    expect(await state.service.slots()).toEqual([
      { workspace: "northridge", mapping: "people", at: new Date("2026-03-02T09:00:00Z") },
    ]);
    expect(await at("2026-03-02T09:50:00Z")).toEqual([]);
  });

  test("five hours that were missed are made up by one run", async () => {
    const { at } = await world();
    expect(await at("2026-03-02T15:20:00Z")).toEqual(people);
    expect(await at("2026-03-02T15:21:00Z")).toEqual([]);
    expect(await at("2026-03-02T16:00:00Z")).toEqual(people);
  });

  test("a clock that goes back starts nothing a second time, and nothing is lost when it is right again", async () => {
    const { at } = await world();
    expect(await at("2026-03-02T10:00:00Z")).toEqual(people);
    expect(await at("2026-03-02T08:30:00Z")).toEqual([]);
    expect(await at("2026-03-02T09:00:00Z")).toEqual([]);
    expect(await at("2026-03-02T10:30:00Z")).toEqual([]);
    expect(await at("2026-03-02T11:00:00Z")).toEqual(people);
  });

  test("a clock that was ahead is said, once", async () => {
    const { at, logged } = await world();
    expect(await at("2026-03-03T10:00:00Z")).toEqual(people);
    expect(await at("2026-03-02T11:00:00Z")).toEqual([]);
    expect(await at("2026-03-02T12:00:00Z")).toEqual([]);
    expect(logged.lines.filter(({ code }) => code === "schedule-ahead")).toMatchObject([
      { level: "warn", until: "2026-03-03T10:00:00.000Z" },
    ]);
    expect(await at("2026-03-03T11:00:00Z")).toEqual(people);
  });
});

describe("what stands against a run", () => {
  test("S-020: with Autosync off nothing starts, and what was passed over is not made up", async () => {
    const { at, state } = await world();
    const key = { workspace: "northridge", mapping: "people" };
    await state.service.setSwitch({ ...key, isOn: false, by: "Ilse", at: new Date() });
    expect(await at("2026-03-02T10:00:00Z")).toEqual([]);
    await state.service.setSwitch({ ...key, isOn: true, by: "Ilse", at: new Date() });
    expect(await at("2026-03-02T10:20:00Z")).toEqual([]);
    expect(await at("2026-03-02T11:00:00Z")).toEqual(people);
  });

  test("the first run of a mapping is a person's", async () => {
    const { at, state } = await world({ neverRun: true });
    expect(await at("2026-03-02T10:00:00Z")).toEqual([]);
    await state.workspace("northridge").bind([], binding("people", {}));
    expect(await at("2026-03-02T10:30:00Z")).toEqual([]);
    expect(await at("2026-03-02T11:00:00Z")).toEqual(people);
  });

  test("a workspace whose configuration has never been right", async () => {
    const { at } = await world({ workspaces: workspacesOf({ northridge: null }) });
    expect(await at("2026-03-02T10:00:00Z")).toEqual([]);
  });

  test("a request that is queued serves the slot, and one that began after it", async () => {
    const { at, state } = await world();
    await state.service.addRequest(request({}));
    expect(await at("2026-03-02T10:00:00Z")).toEqual([]);
    const startedAt = new Date("2026-03-02T10:05:00Z");
    await state.service.moveRequest("r1", ["queued"], { status: "applying", startedAt });
    expect(await at("2026-03-02T10:06:00Z")).toEqual([]);
    await state.service.moveRequest("r1", ["applying"], { status: "done", finishedAt: startedAt });
    expect(await at("2026-03-02T10:07:00Z")).toEqual([]);
    expect(await at("2026-03-02T11:00:00Z")).toEqual(people);
  });

  test("a run that began before the slot is waited for, because it may have missed what changed since", async () => {
    const { at, state } = await world();
    const startedAt = new Date("2026-03-02T09:55:00Z");
    await state.service.addRequest(request({ status: "applying", startedAt }));
    expect(await at("2026-03-02T10:00:00Z")).toEqual([]);
    expect(await at("2026-03-02T10:05:00Z")).toEqual([]);
    await state.service.moveRequest("r1", ["applying"], { status: "done", finishedAt: startedAt });
    expect(await at("2026-03-02T10:06:00Z")).toEqual(people);
    expect(await at("2026-03-02T10:07:00Z")).toEqual([]);
  });

  test("a plan that waits for a person does not keep the next run from being made", async () => {
    const { at, state } = await world();
    await state.service.addRequest(request({ status: "waiting" }));
    expect(await at("2026-03-02T10:00:00Z")).toEqual(people);
  });

  test("in a quiet window a run is asked for its end", async () => {
    const quiet = [{ days: [1], from: 9 * 60, until: 12 * 60 }];
    const { clock, scheduler, asked } = await world({ quiet });
    clock.set("2026-03-02T10:00:00Z");
    await scheduler.tick();
    expect(asked).toMatchObject([{ notBefore: new Date("2026-03-02T12:00:00Z") }]);
  });
});

test("people are told when a mapping starts next", async () => {
  const { clock, scheduler } = await world();
  clock.set("2026-03-02T10:30:00Z");
  expect(scheduler.nextRunAt("northridge", "people")).toEqual(new Date("2026-03-02T11:00:00Z"));
  expect(scheduler.nextRunAt("northridge", "unknown")).toBe(undefined);
  expect(scheduler.nextRunAt("unknown", "people")).toBe(undefined);
});

describe("trouble", () => {
  test("what could not be asked for is asked for again, once", async () => {
    const asked: string[] = [];
    let isAway = true;
    const { at, logged } = await world({
      ask: async ({ mapping }) => {
        if (isAway) throw new Error("The queue says: Ilse Brandvold.");
        asked.push(mapping);
      },
    });
    await at("2026-03-02T10:00:00Z");
    await at("2026-03-02T10:00:30Z");
    isAway = false;
    await at("2026-03-02T10:01:00Z");
    await at("2026-03-02T10:01:30Z");
    expect(asked).toEqual(["people"]);
    expect(logged.lines.filter(({ code }) => code === "schedule-not-asked")).toHaveLength(2);
    expect(logged.text()).not.toContain("Ilse");
  });

  test("a store that is away for a while is asked again at the next tick", async () => {
    const clock = stillClock("2026-03-02T09:30:00Z");
    const state = memoryState(clock);
    let isAway = true;
    const asked: string[] = [];
    await state.workspace("northridge").bind([], binding("people", {}));
    const logged = keptLog(clock);
    const scheduler = openScheduler({
      workspaces: workspacesOf({ northridge: projectOf([mappingOf("people")]) }),
      state: {
        ...state,
        service: {
          ...state.service,
          slots: async () => {
            if (isAway) throw new Error("The store is away.");
            return state.service.slots();
          },
        },
      },
      ask: async ({ mapping }) => asked.push(mapping),
      clock,
      jitterSeconds: 0,
      tickSeconds: 30,
      log: logged.log,
    });
    running.push(scheduler);
    await expect.poll(() => clock.sleepers()).toBe(1);
    expect(logged.lines).toMatchObject([{ level: "error", code: "schedule-unreadable" }]);
    isAway = false;
    clock.wake();
    await expect.poll(() => clock.sleepers()).toBe(1);
    clock.set("2026-03-02T10:00:00Z");
    clock.wake();
    await expect.poll(() => asked).toEqual(["people"]);
  });

  test("who is stopped looks no more", async () => {
    const { clock, scheduler, asked } = await world();
    await scheduler.stop();
    clock.set("2026-03-02T10:00:00Z");
    clock.wake();
    expect(clock.sleepers()).toBe(0);
    expect(asked).toEqual([]);
  });
});
