import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../engine/run/clock.ts";
import type { RunRequest } from "../../engine/state/service-store.ts";
import type { State } from "../../engine/state/state.ts";
import type { RunSummary } from "../../engine/state/store.ts";
import { openRequestChanges } from "../../server/queue/open-request-changes.ts";
import { openRunQueue } from "../../server/queue/open-run-queue.ts";
import type { RunQueue } from "../../server/queue/run-queue.ts";
import { createDatabase } from "../support/postgres.ts";
import {
  approve,
  askFor,
  databaseOf,
  openedState,
  outcomeOf,
  until,
} from "../support/service-runs-home.ts";
import { type RunsProcess, startRunsProcess } from "../support/service-runs-process.ts";
import { openSite, type Site, type SiteOptions } from "../support/service-runs-sites.ts";

/*
 * Several processes over one PostgreSQL. This one only asks for runs and looks at what becomes of them. Processes are
 * killed and frozen in the middle of writing; a heartbeat cannot be shorter than ten seconds, so that each test waits for
 * about a quarter of a minute.
 */

const limits = { timeout: 120_000 };
const log = { debug: () => {}, warn: () => {}, error: () => {} };
const minuteMs = 60_000;

interface Ground {
  readonly state: State;
  readonly queue: RunQueue;
  readonly sites: readonly Site[];
  site(name: string, options: SiteOptions): Promise<Site>;
  start(name: string): Promise<RunsProcess>;
  ask(at: Site): Promise<RunRequest>;
  outcome(request: Pick<RunRequest, "id">): Promise<RunRequest>;
}

/** Most of the time is waiting, so that the tests of this file run at the same time, each with a database of its own. */
async function onGround(work: (ground: Ground) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "syncctl-processes-"));
  const database = await createDatabase();
  const state = await openedState(database.url);
  const shared = { database: databaseOf(state), processName: "asks", log };
  const changes = await openRequestChanges(shared);
  const queue = await openRunQueue({ ...shared, concurrency: 1, perWorkspace: 1 });
  const sites: Site[] = [];
  const processes: RunsProcess[] = [];
  // Shorter than the silence after which a process counts as dead, and long for a machine that does much else.
  const timing = { leaseMs: 8_000, busyMs: 500, checkMs: 500, progressMs: 250 };
  try {
    await work({
      ...{ state, queue, sites },
      site: async (name, options) => {
        const opened = await openSite(root, name, options);
        sites.push(opened);
        return opened;
      },
      start: async (name) => {
        const options = { root, state: database.url, name, concurrency: 8, timing };
        const started = await startRunsProcess(options);
        processes.push(started);
        return started;
      },
      ask: async (at) => {
        const deps = { state, clock: systemClock, newId: randomUUID };
        return (await askFor(deps, { queue, changes }, at)).request;
      },
      outcome: (request) => outcomeOf(state, request, minuteMs),
    });
  } finally {
    for (const one of processes) one.kill("SIGCONT");
    await Promise.all(processes.map((one) => one.end()));
    await queue.stop();
    await changes.close();
    await state.close();
    await Promise.all(sites.map((site) => site.close()));
    await database.drop();
    await rm(root, { recursive: true, force: true });
  }
}

async function runsOf(
  { state }: Ground,
  request: RunRequest,
): Promise<readonly (RunSummary | null)[]> {
  const { workspace, runIds } = request;
  return Promise.all(runIds.map((id) => state.workspace(workspace).run(id)));
}

const numbers = (count: number) =>
  Array.from({ length: count }, (_nothing, index) => String(index + 1)).sort();

async function killed(ground: Ground): Promise<void> {
  const { state, queue, site, start, ask, outcome } = ground;
  const slow = { people: 80, createMs: 250 };
  const automatic = await site("automatic", slow);
  const approving = await site("approving", { ...slow, policy: "approve" });
  const first = await start("first");
  const waiting = await outcome(await ask(approving));
  expect(waiting.status).toBe("waiting");
  const { changes: planned = [] } =
    (await state.service.plan({ workspace: "approving", planId: waiting.planId ?? "" }))?.plan ??
    {};
  const chosen = planned.slice(0, 60);
  const approved = await approve(state, systemClock.now(), waiting, {
    changes: chosen.map(({ id }) => id),
  });
  const { id: requestId, workspace, mapping } = approved;
  await queue.enqueue({ requestId, workspace, mapping });
  const request = await ask(automatic);
  // Some are linked by now, so few that a guard would ask about the rest if nobody had planned it before.
  await until(async () => [automatic, approving].every((one) => one.contacts().length >= 42));
  first.kill("SIGKILL");
  await start("second");

  const [done, rest] = [await outcome(request), await outcome(approved)];
  expect([done.status, rest.status]).toEqual(["done", "done"]);
  expect(automatic.contacts()).toEqual(numbers(80));
  expect(approving.contacts()).toEqual(
    chosen.map(({ label }) => label.replace("Person ", "")).sort(),
  );
  for (const one of [done, rest]) {
    const [left, finished, ...others] = await runsOf(ground, one);
    expect(left).toMatchObject({ status: "partial" });
    expect(left?.note).toContain("ended before it was done");
    expect(finished).toMatchObject({ status: "applied" });
    expect(others).toEqual([]);
  }
  expect(await outcome(await ask(automatic))).toMatchObject({
    status: "done",
    counts: { create: 0, inStep: 80 },
  });
}

async function frozenAwhile(ground: Ground): Promise<void> {
  const { state, site, start, ask, outcome } = ground;
  const frozen = await site("frozen", { people: 60, createMs: 250 });
  const first = await start("first");
  const request = await ask(frozen);
  await until(async () => frozen.contacts().length >= 12);
  first.kill("SIGSTOP");
  const second = await start("second");
  const done = await outcome(request);
  expect(done.status).toBe("done");
  expect(second.lines).toContain(`begins ${request.id}`);
  expect(frozen.contacts()).toEqual(numbers(60));
  const [left, finished] = await runsOf(ground, done);
  expect([left?.status, finished?.status]).toEqual(["partial", "applied"]);
  const creates = frozen.creates();

  first.kill("SIGCONT");
  await until(async () => first.lines.some((line) => line.startsWith(`ended ${request.id}`)));
  expect(frozen.creates()).toBe(creates);
  expect(frozen.contacts()).toEqual(numbers(60));
  expect(await state.service.request(request.id)).toEqual(done);
  expect(await runsOf(ground, done)).toEqual([left, finished]);
  // The one that was frozen works as any other.
  const again = await outcome(await ask(frozen));
  expect(again).toMatchObject({ status: "done", counts: { create: 0, inStep: 60 } });
}

async function twenty(ground: Ground): Promise<void> {
  const { state, sites, site, start, ask, outcome } = ground;
  for (let number = 1; number <= 20; number += 1)
    await site(`site-${number}`, { people: 3, callMs: 10 });
  const both = await Promise.all([start("first"), start("second")]);
  const firsts = await Promise.all(sites.map(ask));
  // Asked for while the first one is under way, or still waits and then is the same.
  await until(async () => both.every(({ lines }) => lines.some((line) => /^begins/.test(line))));
  const seconds = await Promise.all(sites.map(ask));
  const all = [...new Map([...firsts, ...seconds].map((one) => [one.id, one])).values()];
  const done = await Promise.all(all.map(outcome));

  expect(done.map(({ status }) => status)).toEqual(done.map(() => "done"));
  expect(done.map(({ runIds }) => runIds.length)).toEqual(done.map(() => 1));
  const begun = both.flatMap(({ lines }) => lines.filter((line) => /^begins/.test(line)));
  expect(begun.toSorted()).toEqual(all.map(({ id }) => `begins ${id}`).toSorted());
  for (const one of sites) {
    expect(one.contacts()).toEqual(numbers(3));
    expect(one.creates()).toBe(3);
    const runs = (await state.workspace(one.name).runs(10)).toReversed();
    for (const [index, run] of runs.slice(1).entries())
      expect(run.startedAt >= (runs[index]?.finishedAt ?? run.startedAt)).toBe(true);
  }
}

describe.concurrent("several processes", () => {
  test(
    "one is killed in the middle of writing: another one finishes its runs, and nobody is made twice",
    limits,
    () => onGround(killed),
  );

  test(
    "one is frozen for longer than it may write, and goes on: it writes nothing more",
    limits,
    () => onGround(frozenAwhile),
  );

  test(
    "with twenty workspaces, every request is carried out once, and one of a mapping at a time",
    limits,
    () => onGround(twenty),
  );
});
