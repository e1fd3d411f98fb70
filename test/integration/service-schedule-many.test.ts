import { hostname } from "node:os";
import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "../../engine/run/clock.ts";
import { memoryState } from "../../engine/state/memory-state.ts";
import { openState } from "../../engine/state/open-state.ts";
import type { ServiceStore } from "../../engine/state/service-store.ts";
import type { State } from "../../engine/state/state.ts";
import { jitterMs } from "../../server/schedule/jitter.ts";
import { openScheduler, type Scheduler } from "../../server/schedule/scheduler.ts";
import { binding } from "../conformance/store-samples.ts";
import { createDatabase } from "../support/postgres.ts";
import {
  keptLog,
  mappingOf,
  projectOf,
  type StillClock,
  stillClock,
  workspacesOf,
} from "../support/service-upkeep.ts";

/* Hundreds of companies in one installation, and more than one process that ticks. */

const mappings = ["people", "projects", "contacts", "workers", "timecards", "classifications"];

function companies(count: number) {
  const project = projectOf(mappings.map((name) => mappingOf(name)));
  const names = Array.from({ length: count }, (_, index) => `company-${index}`);
  return { names, workspaces: workspacesOf(Object.fromEntries(names.map((n) => [n, project]))) };
}

async function bindAll(state: State, names: readonly string[]): Promise<void> {
  for (const name of names) {
    for (const mapping of mappings) {
      await state.workspace(name).bind([], binding(mapping, {}));
    }
  }
}

const running: Scheduler[] = [];

afterEach(async () => {
  for (const scheduler of running.splice(0)) await scheduler.stop();
});

function open(options: {
  readonly state: State;
  readonly clock: StillClock;
  readonly count: number;
  readonly jitterSeconds: number;
  readonly asked: string[];
}): Scheduler {
  const scheduler = openScheduler({
    workspaces: companies(options.count).workspaces,
    state: options.state,
    ask: async ({ workspace, mapping }) => options.asked.push(`${workspace}/${mapping}`),
    clock: options.clock,
    jitterSeconds: options.jitterSeconds,
    tickSeconds: 30,
    log: keptLog(options.clock, "silent").log,
  });
  running.push(scheduler);
  return scheduler;
}

/** The state, with the names of the questions that were asked of it. */
function counted(state: State): { readonly state: State; readonly questions: string[] } {
  const questions: string[] = [];
  const service = new Proxy(state.service, {
    get: (target, name: keyof ServiceStore & string) => {
      questions.push(name);
      return target[name];
    },
  });
  return { state: { ...state, service }, questions };
}

describe("200 companies with 6 mappings each", () => {
  test("a tick at which nothing is due asks one question", async () => {
    const clock = stillClock("2026-03-02T09:30:00Z");
    const { state, questions } = counted(memoryState(clock));
    const scheduler = open({ state, clock, count: 200, jitterSeconds: 0, asked: [] });
    await scheduler.tick();
    questions.length = 0;
    await scheduler.tick();
    expect(questions).toEqual(["slots"]);
  });

  test("what is due costs a claim each, and four questions in all", async () => {
    const clock = stillClock("2026-03-02T09:30:00Z");
    const memory = memoryState(clock);
    const { names } = companies(200);
    await bindAll(memory, names);
    const { state, questions } = counted(memory);
    const asked: string[] = [];
    const scheduler = open({ state, clock, count: 200, jitterSeconds: 600, asked });
    await scheduler.tick();
    // In the first minute of ten, about a tenth is due.
    clock.set("2026-03-02T10:01:00Z");
    questions.length = 0;
    await scheduler.tick();
    const due = names.flatMap((name) =>
      mappings
        .filter((mapping) => jitterMs(name, mapping, 600) <= 60_000)
        .map((mapping) => `${name}/${mapping}`),
    );
    expect(asked).toEqual(due);
    expect(due.length).toBeGreaterThan(60);
    expect(due.length).toBeLessThan(200);
    const of = (name: string) => questions.filter((each) => each === name).length;
    expect(of("claimSlot")).toBe(due.length);
    expect(questions.filter((each) => each !== "claimSlot").toSorted()).toEqual([
      "boundMappings",
      "requests",
      "slots",
      "switches",
    ]);
  });

  test("within ten minutes everything has started once", async () => {
    const clock = stillClock("2026-03-02T09:45:00Z");
    const state = memoryState(clock);
    const { names } = companies(200);
    await bindAll(state, names);
    const asked: string[] = [];
    const scheduler = open({ state, clock, count: 200, jitterSeconds: 600, asked });
    await scheduler.tick();
    for (let seconds = 0; seconds <= 600; seconds += 30) {
      clock.set(new Date(Date.parse("2026-03-02T10:00:00Z") + seconds * 1_000));
      await scheduler.tick();
    }
    expect(asked.toSorted()).toEqual(
      names.flatMap((name) => mappings.map((mapping) => `${name}/${mapping}`)).toSorted(),
    );
  });
});

test("two processes over one PostgreSQL start each slot once", async () => {
  const database = await createDatabase();
  const states: State[] = [];
  for (const name of ["first", "second"]) {
    const opened = await openState({
      state: database.url,
      clock: systemClock,
      process: { pid: process.pid, host: hostname(), command: name },
    });
    if (!opened.ok) throw new Error(opened.message);
    states.push(opened.state);
  }
  try {
    const { names } = companies(5);
    const [first] = states;
    if (first) await bindAll(first, names);
    const clock = stillClock("2026-03-02T09:30:00Z");
    const asked: string[] = [];
    const both = states.map((state) => open({ state, clock, count: 5, jitterSeconds: 0, asked }));
    await Promise.all(both.map((one) => one.tick()));
    for (const hour of ["10", "11", "12"]) {
      clock.set(`2026-03-02T${hour}:00:05Z`);
      await Promise.all(both.map((one) => one.tick()));
      expect(asked.splice(0).toSorted()).toEqual(
        names.flatMap((name) => mappings.map((mapping) => `${name}/${mapping}`)).toSorted(),
      );
    }
    for (const scheduler of both) await scheduler.stop();
  } finally {
    for (const state of states) await state.close();
    await database.drop();
  }
});
