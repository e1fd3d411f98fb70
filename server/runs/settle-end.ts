import type { Plan } from "../../engine/plan/plan.ts";
import type { RequestChange, RunRequest } from "../../engine/state/service-store.ts";
import type { Handled } from "../queue/run-queue.ts";
import { type Attempt, underWay } from "./attempt.ts";
import type { End } from "./end-of-attempt.ts";
import { type RunDeps, timingOf } from "./run-deps.ts";

const finished: Handled = { kind: "finished" };

/** Stores what has become of an attempt, tells people, and says what the queue is to do. */
export async function settleEnd(deps: RunDeps, attempt: Attempt, end: End): Promise<Handled> {
  switch (end.kind) {
    case "ended": {
      const { status, note, code, plan } = end;
      const request = await attempt.move(underWay, {
        ...{ ...released, status, finishedAt: deps.clock.now() },
        ...{ note: note ?? null, code: code ?? null },
      });
      if (request && status !== "cancelled") await tellPeople(deps, request, plan);
      return request ? finished : leave(deps);
    }
    case "waiting": {
      const request = await attempt.move(underWay, { ...released, status: "waiting" });
      if (!request) return leave(deps);
      await tellPeople(deps, request, end.plan);
      // Whoever was told may have approved it already, while the queue still held us to be at work.
      const now = await deps.state.service.request(request.id);
      return now?.status === "queued" ? { kind: "again", delayMs: 0 } : finished;
    }
    case "again":
      return goBack(deps, attempt, end);
    case "lost":
      return leave(deps);
  }
}

/** Nobody works on it any more. */
const released: RequestChange = { worker: null, progress: null };

/**
 * Another attempt has the request, or had it and has died too. The queue knows which: if our claim is still good, the
 * request is looked at once more, and one that has ended stays as it is.
 */
function leave(deps: RunDeps): Handled {
  return { kind: "again", delayMs: timingOf(deps).busyMs };
}

async function goBack(
  deps: RunDeps,
  attempt: Attempt,
  { delayMs, note }: Extract<End, { readonly kind: "again" }>,
): Promise<Handled> {
  const back = await attempt.move(underWay, {
    ...{ ...released, status: "queued" },
    note: note ?? null,
  });
  // Only one of a mapping may be queued. Where somebody has asked for another one meanwhile, this one keeps its status.
  if (!back && !(await attempt.move(underWay, { ...released, note: note ?? null })))
    return leave(deps);
  return { kind: "again", delayMs };
}

/** Who tells people has to cope with its own trouble; should it not, the request has ended all the same. */
export async function tellPeople(
  { onSettled, log }: RunDeps,
  request: RunRequest,
  plan: Plan | undefined,
): Promise<void> {
  try {
    await onSettled(request, plan);
  } catch (err) {
    log.error("what became of a run could not be told", { run: request.id, err });
  }
}
