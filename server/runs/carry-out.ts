import type { RunRequest, StoredPlan } from "../../engine/state/service-store.ts";
import { StateError } from "../../engine/state/state-error.ts";
import { LeaseLostError } from "../../engine/state/store.ts";
import type { Handled, QueuedRun } from "../queue/run-queue.ts";
import { quietUntil } from "../schedule/quiet.ts";
import { type Attempt, beginAttempt, moveAsItWas, underWay } from "./attempt.ts";
import { silentEndsMax, silentEndsOf } from "./attempt-name.ts";
import { withCourse } from "./course.ts";
import { endDeadRuns } from "./end-dead-runs.ts";
import { type End, endOfStop } from "./end-of-attempt.ts";
import { waitForQuiet } from "./quiet.ts";
import { runApproved } from "./run-approved.ts";
import { type RunDeps, timingOf } from "./run-deps.ts";
import { type Ground, groundOf } from "./run-ground.ts";
import { runPlan } from "./run-plan.ts";
import { settleEnd, tellPeople } from "./settle-end.ts";
import { type Watch, watchAttempt } from "./watch-attempt.ts";

/** After trouble with the state, milliseconds. */
const stateTroubleMs = 30_000;

const finished: Handled = { kind: "finished" };

/**
 * What the queue hands requests to. May be handed one that has ended, that another process has begun, or that is being
 * worked on: whatever is stored about a request decides.
 */
export function carryOut(deps: RunDeps): (run: QueuedRun, signal: AbortSignal) => Promise<Handled> {
  return async (run, signal) => {
    const before = await deps.state.service.request(run.requestId);
    if (!before || !(before.status === "queued" || underWay.includes(before.status)))
      return finished;
    if (signal.aborted) return { kind: "again", delayMs: 0 };
    const busyMs = await endDeadRuns(deps, before);
    if (busyMs !== null) return { kind: "again", delayMs: busyMs };
    const over = overBefore(before);
    if (over) return endAsItWas(deps, before, over);
    const ground = await groundOf(deps, before);
    if (!ground.ok) {
      const { code, note } = ground;
      return endAsItWas(deps, before, { status: "failed", code, note });
    }
    const quiet = await waitsForQuiet(deps, before, ground);
    if (quiet) return quiet;
    const attempt = await beginAttempt(deps, before);
    if (!attempt) return { kind: "again", delayMs: timingOf(deps).busyMs };
    return attemptOnce(deps, attempt, ground, signal);
  };
}

type Over = Pick<RunRequest, "note" | "code"> & { readonly status: "failed" | "cancelled" };

/** Why a request comes to an end before anything is done for it. */
function overBefore(before: RunRequest): Over | null {
  if (before.stopAskedBy !== undefined)
    return { status: "cancelled", note: `Stopped by ${before.stopAskedBy}.` };
  if (silentEndsOf(before) < silentEndsMax) return null;
  return {
    status: "failed",
    code: "run-abandoned",
    note: "Each process that began it ended before it was done, again and again.",
  };
}

async function endAsItWas(deps: RunDeps, before: RunRequest, over: Over): Promise<Handled> {
  const ended = await moveAsItWas(deps, before, {
    ...{ ...over, finishedAt: deps.clock.now() },
    ...{ worker: null, progress: null },
  });
  if (!ended) return { kind: "again", delayMs: timingOf(deps).busyMs };
  if (over.status === "failed") await tellPeople(deps, ended, undefined);
  return finished;
}

/** Requests wait in the queue while nothing may be written. */
async function waitsForQuiet(
  deps: RunDeps,
  before: RunRequest,
  { project }: Extract<Ground, { readonly ok: true }>,
): Promise<Handled | null> {
  const now = deps.clock.now();
  const until = quietUntil(project.quiet, project.timezone, now);
  if (!until) return null;
  const { note = "", delayMs } = waitForQuiet(until, now);
  const released = { note, worker: null, progress: null };
  // Where another request of the mapping is queued already, this one keeps its status.
  if (!(await moveAsItWas(deps, before, { ...released, status: "queued" })))
    await moveAsItWas(deps, before, released);
  return { kind: "again", delayMs };
}

async function attemptOnce(
  deps: RunDeps,
  attempt: Attempt,
  ground: Extract<Ground, { readonly ok: true }>,
  signal: AbortSignal,
): Promise<Handled> {
  const { log } = deps;
  const { id: run, workspace, mapping } = attempt.request;
  log.debug("an attempt begins", { run, workspace, mapping });
  const watch = watchAttempt(deps, attempt, signal);
  let end: End;
  try {
    end = await endOf(deps, attempt, ground, watch);
  } catch (err) {
    end = endOfTrouble(deps, attempt, watch, err);
  } finally {
    await watch.end();
  }
  const about = { run, workspace, mapping, end: end.kind };
  log.info("an attempt has ended", {
    ...about,
    ...(end.kind === "ended" && { status: end.status }),
  });
  return settleEnd(deps, attempt, end);
}

async function endOf(
  deps: RunDeps,
  attempt: Attempt,
  { project, commit }: Extract<Ground, { readonly ok: true }>,
  watch: Watch,
): Promise<End> {
  const accepted = await acceptedPlan(deps, attempt);
  const parts = { deps, attempt, project, watch, ...(commit === undefined ? {} : { commit }) };
  return withCourse(parts, (course) =>
    accepted?.decidedBy === undefined ? runPlan(course, accepted) : runApproved(course, accepted),
  );
}

/** What a person has approved; or what an earlier attempt was applying without asking anybody. */
async function acceptedPlan({ state }: RunDeps, attempt: Attempt): Promise<StoredPlan | null> {
  const { planId, request } = attempt;
  if (planId === undefined) return null;
  const stored = await state.service.plan({ workspace: request.workspace, planId });
  return stored?.status === "approved" ? stored : null;
}

/** What was thrown goes to the log; people read that it was. */
function endOfTrouble(deps: RunDeps, { request }: Attempt, watch: Watch, err: unknown): End {
  const about = { run: request.id, workspace: request.workspace, mapping: request.mapping, err };
  if (err instanceof LeaseLostError) {
    deps.log.warn("a run has lost the right to write", about);
    return { kind: "again", delayMs: timingOf(deps).busyMs };
  }
  if (err instanceof StateError) {
    deps.log.error("the state has trouble; the run is tried again", about);
    return { kind: "again", delayMs: stateTroubleMs };
  }
  // What is cut off in the middle may throw anything.
  const reason = watch.reason();
  if (reason) {
    deps.log.warn("a run that was stopped ended badly", about);
    if (reason.kind !== "cancelled") return endOfStop(reason, null, null);
    return { kind: "ended", status: "cancelled", note: `Stopped by ${reason.by}.` };
  }
  deps.log.error("a run has failed", about);
  return {
    kind: "ended",
    status: "failed",
    code: "run-failed",
    note: `Something happened that was not expected. The log of the service tells it, under ${request.id}.`,
  };
}
