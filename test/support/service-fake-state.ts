import {
  openStatuses,
  type RequestStatus,
  type RunRequest,
  type StoredPlan,
} from "../../engine/state/service-store.ts";
import type { RunEntry, RunSummary } from "../../engine/state/store.ts";
import type {
  Actor,
  HeldDecision,
  HeldView,
  MappingView,
  WorkspaceView,
} from "../../server/service.ts";
import { fakeHeld } from "./service-fake-held.ts";
import { fakeEntries, fakeIds, fakePlans, fakeRequests, fakeRuns } from "./service-fake-history.ts";
import { largePlan } from "./service-fake-plan.ts";
import { sees } from "./service-fake-trouble.ts";
import {
  ago,
  type FakeMapping,
  type FakeWorkspace,
  fakeWorkspaces,
} from "./service-fake-workspaces.ts";

/* What the invented service remembers, and how its requests move on. */

type Listener = (change: { readonly requestId: string; readonly workspace: string }) => void;

export interface FakeState {
  readonly now: () => Date;
  readonly workspaces: FakeWorkspace[];
  /** Newest first. */
  readonly requests: RunRequest[];
  readonly plans: Map<string, () => StoredPlan>;
  readonly decided: Map<string, HeldDecision["kind"]>;
  readonly listeners: Map<Listener, Actor>;
  readonly counters: { requests: number; tokens: number };
}

export function fakeState(now: () => Date): FakeState {
  const start = now();
  return {
    now,
    workspaces: fakeWorkspaces(start),
    requests: fakeRequests(start),
    plans: fakePlans(start),
    decided: new Map(),
    listeners: new Map(),
    counters: { requests: 0, tokens: 0 },
  };
}

function tell(state: FakeState, { id, workspace }: RunRequest): void {
  for (const [listener, actor] of state.listeners) {
    if (sees(actor, workspace)) listener({ requestId: id, workspace });
  }
}

/** Puts the request in the place of the one with its id, or before all others, and tells. */
export function put(state: FakeState, request: RunRequest): RunRequest {
  const place = state.requests.findIndex(({ id }) => id === request.id);
  if (place < 0) state.requests.unshift(request);
  else state.requests[place] = request;
  tell(state, request);
  return request;
}

export function putMapping(
  state: FakeState,
  workspace: FakeWorkspace,
  mapping: FakeMapping,
): MappingView {
  const place = workspace.mappings.findIndex(({ name }) => name === mapping.name);
  workspace.mappings[place] = mapping;
  return mappingView(state, workspace, mapping);
}

export function workspaceView(state: FakeState, workspace: FakeWorkspace): WorkspaceView {
  return {
    ...workspace,
    mappings: workspace.mappings.map((mapping) => mappingView(state, workspace, mapping)),
  };
}

function mappingView(
  state: FakeState,
  workspace: FakeWorkspace,
  mapping: FakeMapping,
): MappingView {
  const newest = (statuses: readonly RequestStatus[]) =>
    state.requests.find(
      (request) =>
        request.workspace === workspace.name &&
        request.mapping === mapping.name &&
        statuses.includes(request.status),
    );
  const last = newest(["done", "partial", "refused", "failed", "cancelled"]);
  const current = newest(openStatuses.filter((status) => status !== "waiting"));
  const waiting = newest(["waiting"]);
  return {
    ...mapping,
    ...(last ? { last } : {}),
    ...(current ? { current } : {}),
    ...(waiting ? { waiting } : {}),
    held: heldViews(state, workspace.name, mapping.name).length,
  };
}

export function heldViews(state: FakeState, workspace: string, mapping?: string): HeldView[] {
  if (workspace !== "northridge" || (mapping !== undefined && mapping !== "people")) return [];
  return fakeHeld.map((held) => {
    const decided = state.decided.get(held.source.id);
    return {
      ...held,
      requestId: fakeIds.waiting,
      planId: "5f0c1d2e3a4b5c6d7e8f",
      plannedAt: ago(state.now(), 17),
      ...(decided ? { decided } : {}),
    };
  });
}

export function runsOf(request: RunRequest): readonly RunSummary[] {
  return fakeRuns(request);
}

export function entriesOf(request: RunRequest): readonly (RunEntry & { readonly runId: string })[] {
  return request.runIds.flatMap((runId) =>
    fakeEntries(runId).map((entry) => ({ ...entry, runId })),
  );
}

const inAll = 40;

/** Every request that is under way moves on by one step. */
export function moveOn(state: FakeState): void {
  for (const request of [...state.requests]) {
    const next = moved(state, request);
    if (next) put(state, next);
  }
}

function moved(state: FakeState, request: RunRequest): RunRequest | null {
  const at = state.now();
  const { progress, ...rest } = request;
  switch (request.status) {
    case "queued":
      return {
        ...rest,
        status: "planning",
        startedAt: at,
        worker: "worker-1",
        progress: { phase: "reading", done: 100, what: "wfp/people", at },
      };
    case "planning":
      if (progress?.phase === "reading") {
        return {
          ...rest,
          progress: { phase: "working-out", done: 30, of: inAll, what: "people/users", at },
        };
      }
      return afterPlanning(state, rest);
    case "applying": {
      const done = progress?.phase === "writing" ? progress.done + 20 : 10;
      if (done < inAll)
        return {
          ...rest,
          progress: { phase: "writing", done, of: inAll, what: "procore/users", at },
        };
      return {
        ...rest,
        status: "done",
        finishedAt: at,
        runIds: [...rest.runIds, `run-of-${rest.id}`],
      };
    }
    default:
      return null;
  }
}

function afterPlanning(state: FakeState, request: RunRequest): RunRequest {
  const mapping = state.workspaces
    .find(({ name }) => name === request.workspace)
    ?.mappings.find(({ name }) => name === request.mapping);
  const planId = `plan-of-${request.id}`;
  if (mapping?.policy !== "approve" && request.allow.length === 0) {
    return { ...request, status: "applying", planId };
  }
  const plan = largePlan(planId, state.now(), inAll);
  const { id: requestId, workspace } = request;
  state.plans.set(requestId, () => ({ plan, workspace, requestId, status: "waiting" }));
  return { ...request, status: "waiting", planId };
}
