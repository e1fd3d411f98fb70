import type { RequestChange, RequestStatus, RunRequest } from "../../engine/state/service-store.ts";
import { attemptName, silentEndsOf } from "./attempt-name.ts";
import type { RunDeps } from "./run-deps.ts";

/** One try at a request, by one process. */
export interface Attempt {
  /** As it was when it was taken. */
  readonly request: RunRequest;
  /** What a former attempt had planned, if that was kept. */
  readonly planId?: string;
  /** Null when the request is no longer ours; nothing is stored then. */
  move(from: readonly RequestStatus[], change: RequestChange): Promise<RunRequest | null>;
  /** Whether the request is still ours. */
  isOurs(): Promise<boolean>;
}

/** Of requests that an attempt works on. */
export const underWay: readonly RequestStatus[] = ["planning", "applying"];

/** Takes a request that is as it was read just now; null when another one was faster. */
export async function beginAttempt(deps: RunDeps, before: RunRequest): Promise<Attempt | null> {
  const { store, now } = { store: deps.state.service, now: deps.clock.now() };
  const name = attemptName(deps.processName, deps.newId(), silentEndsOf(before));
  const change: RequestChange = {
    status: "planning",
    worker: name,
    startedAt: before.startedAt ?? now,
    progress: { phase: "reading", done: 0, what: before.mapping, at: now },
    note: null,
    code: null,
  };
  const request = await moveAsItWas(deps, before, change);
  if (!request) return null;
  return {
    request,
    ...(before.planId === undefined ? {} : { planId: before.planId }),
    move: (from, next) => moved(deps, store.moveRequest(request.id, from, next, name)),
    isOurs: async () => (await store.request(request.id))?.worker === name,
  };
}

/** Changes a request that nobody has changed since it was read. */
export function moveAsItWas(
  deps: RunDeps,
  before: RunRequest,
  change: RequestChange,
): Promise<RunRequest | null> {
  const { id, status, worker } = before;
  return moved(deps, deps.state.service.moveRequest(id, [status], change, worker));
}

/** Tells everybody of it. */
async function moved(
  { changes }: RunDeps,
  moving: Promise<RunRequest | null>,
): Promise<RunRequest | null> {
  const request = await moving;
  if (request) await changes.tell({ requestId: request.id, workspace: request.workspace });
  return request;
}
