import type { EngineEvent } from "../../engine/run/events.ts";
import type { RequestProgress, RunRequest } from "../../engine/state/service-store.ts";
import { type Attempt, underWay } from "./attempt.ts";
import { progressOf } from "./progress-of.ts";
import { type RunDeps, timingOf } from "./run-deps.ts";

/** Why a run is to end between two records. */
export type StopReason =
  /** A person wants it. */
  | { readonly kind: "cancelled"; readonly by: string }
  /** This process stops, or the queue has given the request to another one. */
  | { readonly kind: "stopping" }
  /** Another attempt has the request. */
  | { readonly kind: "lost" }
  /** We were away for longer than we may write for. */
  | { readonly kind: "lapsed" }
  /** A window in which nothing is written begins. */
  | { readonly kind: "quiet" };

export interface Watch {
  readonly signal: AbortSignal;
  /** The first one. */
  reason(): StopReason | null;
  stop(reason: StopReason): void;
  /** For the engine. */
  observe(event: EngineEvent): void;
  /** From this moment on the run is to end. */
  stopAt(moment: Date | null): void;
  end(): Promise<void>;
}

/** Progress is stored now and then although nothing has moved, so that others see that we live; milliseconds. */
const stillHereMs = 10_000;

interface Watched {
  readonly deps: RunDeps;
  readonly attempt: Attempt;
  readonly abort: AbortController;
  reason: StopReason | null;
  progress: Omit<RequestProgress, "at">;
  hasMoved: boolean;
  storedAt: number;
  checkedAt: number;
  isCalled: boolean;
  quietAt: number;
}

/** Reports how far an attempt has got, and notices whether it has to end. */
export function watchAttempt(deps: RunDeps, attempt: Attempt, signal: AbortSignal): Watch {
  const now = deps.clock.now().getTime();
  const abort = new AbortController();
  const watched: Watched = {
    ...{ deps, attempt, abort },
    ...{ reason: null, hasMoved: false, isCalled: false },
    progress: { phase: "reading", done: 0, what: attempt.request.mapping },
    ...{ storedAt: now, checkedAt: now, quietAt: Number.POSITIVE_INFINITY },
  };
  const ended = new AbortController();
  const onSignal = () => stop(watched, { kind: "stopping" });
  if (signal.aborted) onSignal();
  signal.addEventListener("abort", onSignal, { once: true, signal: ended.signal });
  const unwatch = deps.changes.watch(({ requestId }) => {
    if (requestId === attempt.request.id) watched.isCalled = true;
  });
  const looking = look(watched, ended.signal);
  return {
    signal: abort.signal,
    reason: () => watched.reason,
    stop: (reason) => stop(watched, reason),
    observe: (event) => {
      const progress = progressOf(event);
      if (progress === null) return;
      watched.progress = progress;
      watched.hasMoved = true;
    },
    stopAt: (moment) => {
      watched.quietAt = moment?.getTime() ?? Number.POSITIVE_INFINITY;
    },
    end: async () => {
      unwatch();
      ended.abort();
      await looking;
    },
  };
}

function stop(watched: Watched, reason: StopReason): void {
  watched.reason ??= reason;
  watched.abort.abort();
}

async function look(watched: Watched, ended: AbortSignal): Promise<void> {
  const { deps, attempt } = watched;
  for (;;) {
    await deps.clock.sleep(timingOf(deps).progressMs, ended);
    if (ended.aborted) return;
    if (deps.clock.now().getTime() >= watched.quietAt) stop(watched, { kind: "quiet" });
    try {
      await lookOnce(watched);
    } catch (err) {
      deps.log.warn("how far a run has got could not be stored", { run: attempt.request.id, err });
    }
  }
}

async function lookOnce(watched: Watched): Promise<void> {
  const { deps, attempt } = watched;
  const at = deps.clock.now();
  const now = at.getTime();
  if (watched.hasMoved || now - watched.storedAt >= stillHereMs) {
    watched.storedAt = now;
    watched.hasMoved = false;
    const progress = { ...watched.progress, at };
    judge(watched, await attempt.move(underWay, { progress }));
    watched.isCalled = false;
  } else if (watched.isCalled || now - watched.checkedAt >= timingOf(deps).checkMs) {
    watched.checkedAt = now;
    watched.isCalled = false;
    const request = await deps.state.service.request(attempt.request.id);
    const isOurs = request !== null && request.worker === attempt.request.worker;
    judge(watched, isOurs ? request : null);
  }
}

function judge(watched: Watched, request: RunRequest | null): void {
  if (request === null) stop(watched, { kind: "lost" });
  else if (request.stopAskedBy !== undefined)
    stop(watched, { kind: "cancelled", by: request.stopAskedBy });
}
