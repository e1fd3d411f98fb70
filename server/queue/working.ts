import type { Clock } from "../../engine/connector/connector.ts";
import type { Log } from "../log/log.ts";
import type { QueueWork, Work } from "./queue-work.ts";
import type { Handled, QueuedRun } from "./run-queue.ts";
import type { WakeUp } from "./wake-up.ts";

export interface WorkingOptions {
  readonly clock: Clock;
  readonly work: QueueWork;
  readonly wakeUp: WakeUp;
  readonly handle: (run: QueuedRun, signal: AbortSignal) => Promise<Handled>;
  readonly log: Pick<Log, "warn" | "error">;
  readonly concurrency: number;
  readonly perWorkspace: number;
  readonly heartbeatMs: number;
  readonly pollMs: number;
  /** After trouble with the database, or a handler that threw, milliseconds. */
  readonly troubleMs: number;
}

export interface Working {
  /** Resolves when it was stopped. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

interface Running extends Work {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

interface Ground extends WorkingOptions {
  readonly running: Map<string, Running>;
  /** When the queue knew last that a piece of work is ours, milliseconds. */
  readonly keptAt: Map<string, number>;
  /** Nothing more is taken. */
  readonly stopping: AbortController;
  /** Nothing is left to be kept. */
  readonly stopped: AbortController;
}

/** Takes work and carries it through, several at one time, until it is stopped. */
export function startWorking(options: WorkingOptions): Working {
  const ground: Ground = {
    ...options,
    running: new Map(),
    keptAt: new Map(),
    stopping: new AbortController(),
    stopped: new AbortController(),
  };
  const { running, stopping, stopped, wakeUp } = ground;
  const keeping = keepClaims(ground);
  const taking = takeWork(ground);
  const ended = taking
    .then(() => Promise.all([...running.values()].map(({ done }) => done)))
    .then(() => stopped.abort())
    .then(() => keeping);
  return {
    ended,
    stop: async () => {
      stopping.abort();
      wakeUp.wake();
      for (const { abort } of running.values()) abort.abort();
      await ended;
    },
  };
}

async function takeWork(ground: Ground): Promise<void> {
  const { wakeUp, stopping, pollMs, troubleMs, log } = ground;
  while (!stopping.signal.aborted) {
    const pauseMs = await takeAll(ground).then(
      () => pollMs,
      (err: unknown) => {
        log.error("the queue could not be asked for work", { err });
        return troubleMs;
      },
    );
    if (!stopping.signal.aborted) await wakeUp.wait(pauseMs);
  }
}

/** Takes as much as there is, or as we can do at one time. */
async function takeAll(ground: Ground): Promise<void> {
  const { concurrency, running, keptAt, work, stopping, clock } = ground;
  while (running.size < concurrency && !stopping.signal.aborted) {
    const askedAt = clock.now().getTime();
    const taken = await work.take(fullWorkspaces(ground));
    if (taken === null) return;
    keptAt.set(taken.claim.id, askedAt);
    begin(ground, taken);
  }
}

function fullWorkspaces({ running, perWorkspace }: Ground): readonly string[] {
  const counts = new Map<string, number>();
  for (const { run } of running.values())
    counts.set(run.workspace, (counts.get(run.workspace) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= perWorkspace).map(([name]) => name);
}

function begin(ground: Ground, taken: Work): void {
  const { running, keptAt, wakeUp, stopping } = ground;
  const abort = new AbortController();
  // It was asked for before we were told to stop, and goes back at once.
  if (stopping.signal.aborted) abort.abort();
  const { id } = taken.claim;
  const done = carryThrough(ground, taken, abort.signal).finally(() => {
    running.delete(id);
    keptAt.delete(id);
    wakeUp.wake();
  });
  running.set(id, { ...taken, abort, done });
}

/** Never rejects. What cannot be settled is taken again by whoever notices that nobody keeps it. */
async function carryThrough(ground: Ground, taken: Work, signal: AbortSignal): Promise<void> {
  const { run, claim } = taken;
  const { clock, work, log, handle, keptAt, heartbeatMs, troubleMs } = ground;
  const about = { run: run.requestId, workspace: run.workspace, mapping: run.mapping };
  const handled = await handle(run, signal).catch((err: unknown): Handled => {
    log.error("a run could not be carried out and is tried again", { ...about, err });
    return { kind: "again", delayMs: troubleMs };
  });
  // After so long a silence it counts as somebody else's, who may have finished it, so that it came into the queue anew.
  const silentMs = clock.now().getTime() - (keptAt.get(claim.id) ?? 0);
  if (silentMs > heartbeatMs) return;
  try {
    if (handled.kind === "finished") await work.finish(claim);
    else await work.giveBack(claim, handled.delayMs);
  } catch (err) {
    log.warn("a run could not be given back to the queue", { ...about, err });
  }
}

/**
 * Tells three times in the time of silence that we live. What is no longer ours, because we were silent for too long, is
 * aborted; as long as the database cannot be asked, nobody else can ask it either.
 */
async function keepClaims(ground: Ground): Promise<void> {
  const { clock, work, running, heartbeatMs, stopped, log } = ground;
  for (;;) {
    await clock.sleep(heartbeatMs / 3, stopped.signal);
    if (stopped.signal.aborted) return;
    const askedAt = clock.now().getTime();
    const asked = [...running.values()];
    try {
      const ours = await work.keep(asked.map(({ claim }) => claim));
      for (const one of asked) noteKept(ground, one, ours.has(one.claim.id) ? askedAt : null);
    } catch (err) {
      log.error("the queue could not be told that this process lives", { err });
    }
  }
}

function noteKept({ running, keptAt, log }: Ground, one: Running, keptSince: number | null): void {
  const { claim, abort, run } = one;
  // It has ended while we asked.
  if (running.get(claim.id) !== one) return;
  if (keptSince !== null) {
    keptAt.set(claim.id, keptSince);
  } else if (!abort.signal.aborted) {
    log.warn("another process has taken over a run", { run: run.requestId });
    abort.abort();
  }
}
