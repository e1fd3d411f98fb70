import { mkdtemp, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../engine/run/clock.ts";
import { openState } from "../../engine/state/open-state.ts";
import type { QueueDatabase } from "../../engine/state/queue-database.ts";
import type { State } from "../../engine/state/state.ts";
import { openRequestChanges } from "../../server/queue/open-request-changes.ts";
import { openRunQueue } from "../../server/queue/open-run-queue.ts";
import type { RequestChanged } from "../../server/queue/request-changes.ts";
import type { Handled, QueuedRun, RunQueue } from "../../server/queue/run-queue.ts";
import { createDatabase, type TestDatabase } from "../support/postgres.ts";
import { databaseOf, until } from "../support/service-runs-home.ts";

/* The queue and the telling of changes, in both homes of the state. */

let parent = "";
let server: TestDatabase | undefined;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "syncctl-service-queue-"));
  server = await createDatabase();
});

afterAll(async () => {
  await server?.drop();
  await rm(parent, { recursive: true, force: true });
});

const homes: readonly [name: QueueDatabase["kind"], address: () => string | undefined][] = [
  ["pglite", () => join(parent, "state")],
  ["postgres", () => server?.url],
];

const log = { debug: () => {}, warn: () => {}, error: () => {} };
const finished: Handled = { kind: "finished" };

let requests = 0;

function queued(workspace: string, mapping = "people"): QueuedRun {
  requests += 1;
  return { requestId: `request-${requests}`, workspace, mapping };
}

/** Work that holds until it is let go, and remembers what it was given. */
function holding() {
  const begun: string[] = [];
  const signals = new Map<string, AbortSignal>();
  const ends = new Map<string, (handled: Handled) => void>();
  const early = new Map<string, Handled>();
  return {
    begun,
    signals,
    handle: ({ requestId }: QueuedRun, signal: AbortSignal): Promise<Handled> => {
      begun.push(requestId);
      signals.set(requestId, signal);
      const known = early.get(requestId);
      if (known) return Promise.resolve(known);
      return new Promise((resolve) => ends.set(requestId, resolve));
    },
    end: ({ requestId }: QueuedRun, handled: Handled = finished) => {
      ends.get(requestId)?.(handled);
      ends.delete(requestId);
      early.set(requestId, finished);
    },
    hasBegun: (...runs: readonly QueuedRun[]) =>
      until(async () => runs.every(({ requestId }) => begun.includes(requestId))),
  };
}

describe.each(homes)("the queue in %s", (_kind, address) => {
  let state: State;
  let queue: RunQueue;
  let work = holding();

  beforeAll(async () => {
    const opened = await openState({
      state: address() ?? "",
      clock: systemClock,
      process: { pid: process.pid, host: hostname(), command: "syncctl serve" },
    });
    if (!opened.ok) throw new Error(opened.message);
    state = opened.state;
    return async () => {
      await state.close();
    };
  });

  const open = (processName = "one") =>
    openRunQueue({
      ...{ database: databaseOf(state), processName, log },
      ...{ concurrency: 6, perWorkspace: 2, pollMs: 200, troubleMs: 300 },
    });

  beforeEach(async () => {
    queue = await open();
    work = holding();
    return async () => {
      await queue.stop();
    };
  });

  const isEmpty = () =>
    until(async () => {
      const { queued: waiting, active } = await queue.depth();
      return waiting + active === 0;
    });

  test("asked for twice, a request is queued once, and can be queued again when it has ended", async () => {
    const run = queued("harbor");
    await queue.enqueue(run);
    await queue.enqueue(run);
    expect(await queue.depth()).toEqual({ queued: 1, active: 0 });
    void queue.work(work.handle);
    await work.hasBegun(run);
    await queue.enqueue(run);
    expect(await queue.depth()).toEqual({ queued: 0, active: 1 });
    work.end(run);
    await isEmpty();
    expect(work.begun).toEqual([run.requestId]);
    await queue.enqueue(run);
    await isEmpty();
    expect(work.begun).toEqual([run.requestId, run.requestId]);
  });

  test("of one mapping one request at a time, in the order in which they came; others go past", async () => {
    const [first, second] = [queued("harbor"), queued("harbor")];
    const [other, elsewhere] = [queued("harbor", "projects"), queued("quay")];
    for (const run of [first, second, other, elsewhere]) await queue.enqueue(run);
    void queue.work(work.handle);
    await work.hasBegun(first, other, elsewhere);
    work.end(other);
    work.end(elsewhere);
    await until(async () => (await queue.depth()).active === 1);
    expect(work.begun).not.toContain(second.requestId);
    work.end(first);
    await work.hasBegun(second);
    work.end(second);
    await isEmpty();
  });

  test("a workspace with much to do has two runs at one time, and delays no other", async () => {
    const many = Array.from({ length: 8 }, (_nothing, index) => queued("harbor", `m${index}`));
    const other = queued("quay");
    for (const run of [...many, other]) await queue.enqueue(run);
    void queue.work(work.handle);
    await work.hasBegun(other);
    await until(async () => (await queue.depth()).active === 3);
    expect(work.begun).toHaveLength(3);
    work.end(other);
    for (const run of many) {
      await work.hasBegun(run);
      work.end(run);
    }
    await isEmpty();
  });

  test("a request is not begun before its time", async () => {
    const [later, now] = [queued("harbor"), queued("quay")];
    const notBefore = new Date(Date.now() + 1_500);
    await queue.enqueue(later, notBefore);
    await queue.enqueue(now);
    void queue.work(work.handle);
    await work.hasBegun(now);
    expect(work.begun).toEqual([now.requestId]);
    work.end(now);
    await work.hasBegun(later);
    // The two clocks tell milliseconds and microseconds.
    expect(Date.now()).toBeGreaterThanOrEqual(notBefore.getTime() - 5);
    work.end(later);
    await isEmpty();
  });

  test("what is to be done again is done again", async () => {
    const run = queued("harbor");
    let times = 0;
    void queue.work(async () => {
      times += 1;
      return times < 3 ? { kind: "again", delayMs: 10 } : finished;
    });
    await queue.enqueue(run);
    await isEmpty();
    expect(times).toBe(3);
  });

  test("who stops takes nothing more, and what is under way is given back", async () => {
    const [going, waiting] = [queued("harbor"), queued("harbor")];
    await queue.enqueue(going);
    await queue.enqueue(waiting);
    void queue.work(work.handle);
    await work.hasBegun(going);
    const stopping = queue.stop();
    expect(work.signals.get(going.requestId)?.aborted).toBe(true);
    work.end(going, { kind: "again", delayMs: 0 });
    await stopping;
    expect(work.begun).toEqual([going.requestId]);

    queue = await open("two");
    expect(await queue.depth()).toEqual({ queued: 2, active: 0 });
    void queue.work(work.handle);
    await work.hasBegun(waiting);
    work.end(waiting);
    await isEmpty();
    expect(work.begun).toEqual([going.requestId, going.requestId, waiting.requestId]);
  });

  test("what throws is tried again, and hinders nobody", async () => {
    const [broken, sound] = [queued("harbor"), queued("quay")];
    const begun: string[] = [];
    void queue.work(async ({ requestId }) => {
      begun.push(requestId);
      if (begun.length === 1) throw new Error("the state is away");
      return finished;
    });
    await queue.enqueue(broken);
    await until(async () => begun.length === 1);
    await queue.enqueue(sound);
    await isEmpty();
    expect(begun).toEqual([broken.requestId, sound.requestId, broken.requestId]);
  });

  test("changes of requests are heard here at once and elsewhere soon, each once", async () => {
    const database = databaseOf(state);
    const here = await openRequestChanges({ database, processName: "here", log });
    const there = await openRequestChanges({ database, processName: "there", log });
    const [heardHere, heardThere]: [RequestChanged[], RequestChanged[]] = [[], []];
    here.watch((change) => heardHere.push(change));
    const unwatch = there.watch((change) => heardThere.push(change));
    const change = { requestId: "r1", workspace: "" };
    const telling = [here.tell(change), here.tell(change)];
    expect(heardHere).toEqual([change, change]);
    await Promise.all(telling);
    await until(async () => heardThere.length > 0);
    expect(heardThere).toEqual([change]);

    // Far more than fits into one message.
    const many = Array.from({ length: 400 }, (_nothing, index) => ({
      requestId: `a request with a rather long id, number ${index}`,
      workspace: "northridge",
    }));
    await Promise.all(many.map((one) => here.tell(one)));
    await until(async () => heardThere.length === 401);
    expect(heardThere.slice(1)).toEqual(many);

    unwatch();
    await database.executeSql("select pg_notify('syncctl_requests', 'no message of ours')");
    await here.tell(change);
    await there.tell(change);
    await until(async () => heardHere.filter(({ requestId }) => requestId === "r1").length === 4);
    expect(heardThere).toHaveLength(401);
    await Promise.all([here.close(), there.close()]);
  });
});
