import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import type { Clock } from "../../engine/connector/connector.ts";
import { approvedPlan } from "../../engine/plan/approve.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { openState } from "../../engine/state/open-state.ts";
import type { QueueDatabase } from "../../engine/state/queue-database.ts";
import type { PlanDecision, RunRequest, StoredPlan } from "../../engine/state/service-store.ts";
import type { State } from "../../engine/state/state.ts";
import { openRequestChanges } from "../../server/queue/open-request-changes.ts";
import { openRunQueue } from "../../server/queue/open-run-queue.ts";
import type { RequestChanges } from "../../server/queue/request-changes.ts";
import type { RunQueue } from "../../server/queue/run-queue.ts";
import { type Asked, askForRun } from "../../server/runs/ask-for-run.ts";
import { carryOut } from "../../server/runs/carry-out.ts";
import type { RunDeps } from "../../server/runs/run-deps.ts";
import type { Workspaces } from "../../server/workspaces/workspace.ts";
import {
  officesConnector,
  type ServiceOffice,
  type ServiceOfficeOptions,
  serviceOffice,
} from "./service-runs-office.ts";

/* The part of the service that carries out requests, over offices in memory and an embedded database. */

export interface RunsHome {
  readonly state: State;
  readonly deps: RunDeps;
  /** What was told about requests that have ended or wait, by request. */
  readonly settled: Map<string, { readonly request: RunRequest; readonly plan: Plan | undefined }>;
  /** What was logged as trouble. */
  readonly troubles: string[];
  /** Ahead of the real time, milliseconds. */
  aheadMs: number;
  queue(): RunQueue;
  office(options?: ServiceOfficeOptions): Promise<ServiceOffice>;
  ask(office: ServiceOffice, more?: Partial<Asked>): Promise<RunRequest>;
  /** When it has ended, or waits for a person. */
  outcome(request: Pick<RunRequest, "id">): Promise<RunRequest>;
  /** Asks for a run and waits until it has ended, or waits for a person. */
  run(office: ServiceOffice, more?: Partial<Asked>): Promise<RunRequest>;
  request(request: Pick<RunRequest, "id">): Promise<RunRequest>;
  plan(request: RunRequest): Promise<StoredPlan>;
  approve(
    request: RunRequest,
    what?: { readonly changes?: readonly string[]; readonly allow?: readonly string[] },
  ): Promise<RunRequest>;
  /** As a process does that stops, and then another one that starts. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Far beyond what anything takes that is waited for here. */
const limitMsDefault = 25_000;

/** Waits for a condition. */
export async function until<T>(
  look: () => Promise<T | null | false>,
  limitMs = limitMsDefault,
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== false) return found;
    if (performance.now() > end) throw new Error("it did not come to that");
    await sleep(10);
  }
}

export async function openRunsHome(): Promise<RunsHome> {
  const folder = await mkdtemp(join(tmpdir(), "syncctl-runs-"));
  const state = await openedState(join(folder, "state"));
  const offices = new Map<string, ServiceOffice>();
  const settled: RunsHome["settled"] = new Map();
  const troubles: string[] = [];
  const ahead = { ms: 0 };
  const deps = await depsOf({ state, offices, settled, troubles, ahead });
  const startQueue = async (): Promise<RunQueue> => {
    const limits = { concurrency: 8, perWorkspace: 2, pollMs: 100 };
    const started = await openRunQueue({ ...deps, ...limits, database: databaseOf(state) });
    void started.work(carryOut(deps));
    return started;
  };
  let queue = await startQueue();
  const { changes } = deps;

  const home: RunsHome = {
    ...{ state, deps, settled, troubles },
    get aheadMs() {
      return ahead.ms;
    },
    set aheadMs(ms) {
      ahead.ms = ms;
    },
    queue: () => queue,
    office: async (options) => {
      const office = await serviceOffice(`office-${offices.size + 1}`, options);
      offices.set(office.name, office);
      return office;
    },
    ask: async (office, more) => (await askFor(deps, { queue, changes }, office, more)).request,
    outcome: (request) => outcomeOf(state, request),
    run: async (office, more) => home.outcome(await home.ask(office, more)),
    request: async ({ id }) => found(await state.service.request(id)),
    plan: async ({ workspace, planId = "" }) =>
      found(await state.service.plan({ workspace, planId })),
    approve: async (request, what = {}) => {
      const approved = await approve(state, deps.clock.now(), request, what);
      const { id: requestId, workspace, mapping } = approved;
      await queue.enqueue({ requestId, workspace, mapping });
      return home.outcome(approved);
    },
    restart: async () => {
      await queue.stop();
      queue = await startQueue();
    },
    close: async () => {
      await queue.stop();
      await changes.close();
      await state.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return home;
}

/** A folder, or a postgres:// URL. */
export async function openedState(address: string): Promise<State> {
  const opened = await openState({
    state: address,
    clock: systemClock,
    process: { pid: process.pid, host: "test", command: "syncctl serve" },
  });
  if (!opened.ok) throw new Error(opened.message);
  return opened.state;
}

/** When the request has ended, or waits for a person. */
export function outcomeOf(
  { service }: State,
  { id }: Pick<RunRequest, "id">,
  limitMs?: number,
): Promise<RunRequest> {
  const isOpen = (status: string) => ["queued", "planning", "applying"].includes(status);
  return until(async () => {
    const request = await service.request(id);
    return request && !isOpen(request.status) ? request : null;
  }, limitMs);
}

interface HomeParts {
  readonly state: State;
  readonly offices: ReadonlyMap<string, ServiceOffice>;
  readonly settled: RunsHome["settled"];
  readonly troubles: string[];
  readonly ahead: { readonly ms: number };
}

async function depsOf(parts: HomeParts): Promise<RunDeps> {
  const { state, offices, settled, troubles, ahead } = parts;
  const trouble = (message: string, about?: { readonly err?: unknown }) => {
    troubles.push(`${message} ${String(about?.err ?? "")}`);
  };
  const log = { debug: () => {}, info: () => {}, warn: trouble, error: trouble };
  const clock: Clock = {
    now: () => new Date(Date.now() + ahead.ms),
    sleep: systemClock.sleep,
  };
  const shared = { processName: "test", log };
  return {
    ...{ ...shared, state, clock, random: Math.random, newId: randomUUID, version: "0.0.0-test" },
    changes: await openRequestChanges({ ...shared, database: databaseOf(state) }),
    workspaces: workspacesOf(offices),
    connectors: [officesConnector((name) => found(offices.get(name) ?? null))],
    onSettled: async (request, plan) => {
      settled.set(request.id, { request, plan });
    },
    timing: { leaseMs: 20_000, busyMs: 100, checkMs: 30, progressMs: 20 },
  };
}

export function databaseOf(state: State): QueueDatabase {
  return found(state.queueDatabase());
}

function found<T>(value: T | null): T {
  if (value === null) throw new Error("it is not there");
  return value;
}

export function askFor(
  { state, clock, newId }: Pick<RunDeps, "state" | "clock" | "newId">,
  { queue, changes }: { readonly queue: RunQueue; readonly changes: RequestChanges },
  { name }: Pick<ServiceOffice, "name">,
  more: Partial<Asked> = {},
) {
  return askForRun(
    { store: state.service, queue, changes, clock, newId },
    {
      ...{ workspace: name, mapping: "people", purpose: "sync", allow: [] },
      ...{ trigger: "manual", requestedBy: "Hana" },
      ...more,
    },
  );
}

const neverRight: Diagnostic = {
  code: "yaml-invalid",
  severity: "error",
  message: "The file is no YAML.",
  help: "Close the quote.",
};

function workspacesOf(offices: ReadonlyMap<string, ServiceOffice>): Workspaces {
  const view = ({ name, project }: ServiceOffice) => ({
    ...{ name, title: name, folder: `/${name}`, project, loadedAt: new Date(0) },
    ...{ commit: "c0ffee", isWritable: false },
    broken: project ? [] : [neverRight],
  });
  return {
    all: () => [...offices.values()].map(view),
    get: (name) => {
      const office = offices.get(name);
      return office && view(office);
    },
    refresh: async () => {},
    onChange: () => () => {},
    close: async () => {},
  };
}

/** As a person does on the page of a request. */
export async function approve(
  state: State,
  now: Date,
  request: RunRequest,
  what: { readonly changes?: readonly string[]; readonly allow?: readonly string[] },
): Promise<RunRequest> {
  const { workspace, planId = "" } = request;
  const stored = found(await state.service.plan({ workspace, planId }));
  const { changes, allow = [] } = what;
  const part = approvedPlan(stored.plan, { allow, ...(changes && { changes }) });
  if (!part.ok) throw new Error(part.message);
  const decision: PlanDecision = {
    ...{ status: "approved", decidedBy: "Hana", decidedAt: now },
    ...(changes && { approved: changes }),
  };
  await state.service.decidePlan({ workspace, planId }, ["waiting"], decision);
  await state.service.storePlan({ ...decision, plan: part.plan, workspace, requestId: request.id });
  const change = { status: "queued", planId: part.plan.id } as const;
  return found(await state.service.moveRequest(request.id, ["waiting"], change));
}
