import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryConnector } from "../../connectors/memory/connector.ts";
import type { MemoryWorld } from "../../connectors/memory/world.ts";
import type { Clock, ConnectorDefinition } from "../../engine/connector/connector.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import { memoryState } from "../../engine/state/memory-state.ts";
import type { RunRequest } from "../../engine/state/service-store.ts";
import type { State } from "../../engine/state/state.ts";
import type { RequestChanged, RequestChanges } from "../../server/queue/request-changes.ts";
import { askForRun } from "../../server/runs/ask-for-run.ts";
import { carryOut } from "../../server/runs/carry-out.ts";
import type { ServiceDeps } from "../../server/service/deps.ts";
import { openService } from "../../server/service/open-service.ts";
import type { Actor, Service } from "../../server/service.ts";
import type { ServiceSettings } from "../../server/settings/settings.ts";
import { openWorkspaces } from "../../server/workspaces/open-workspaces.ts";
import type { Workspaces } from "../../server/workspaces/workspace.ts";
import { type OfficeOptions, officeMapping, officeWorld } from "./office.ts";

/*
 * A service over companies in folders: each has an office in memory as its only system. Runs are carried out when a test
 * says so, one after the other, so that everything in between can be looked at.
 */

export interface HouseOffice extends OfficeOptions {
  /** Texts of the mapping and what stands in their place. */
  readonly replace?: readonly (readonly [text: string, by: string])[];
  /** More of syncctl.yaml. */
  readonly more?: string;
}

export interface House {
  readonly service: Service;
  readonly state: State;
  readonly workspaces: Workspaces;
  readonly deps: ServiceDeps;
  /** Ids of requests in the queue, in the order in which they came. */
  readonly queue: string[];
  /** What was told about requests. */
  readonly told: RequestChanged[];
  /** What was logged as trouble. */
  readonly troubles: string[];
  /** Engines that were opened for somebody who asks. */
  opened(): number;
  /** Lets so many milliseconds pass. */
  pass(milliseconds: number): void;
  folderOf(workspace: string): string;
  world(workspace: string): MemoryWorld;
  /** Carries out what is queued, until nothing is. */
  work(): Promise<void>;
  /** Asks for a run as a person, carries it out, and gives what became of it. */
  run(workspace: string): Promise<RunRequest>;
  request(id: string): Promise<RunRequest>;
  close(): Promise<void>;
}

export const viewer: Actor = { name: "Vera", role: "viewer" };
export const operator: Actor = { name: "Olga", role: "operator" };
export const admin: Actor = { name: "Ada", role: "admin" };

export async function openHouse(offices: Readonly<Record<string, HouseOffice>>): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), "syncctl-house-"));
  const worlds = new Map<string, MemoryWorld>();
  for (const [name, options] of Object.entries(offices)) {
    worlds.set(name, officeWorld(options));
    await writeOffice(join(folder, "companies", name), name, options);
  }
  const told: RequestChanged[] = [];
  const queue: string[] = [];
  const troubles: string[] = [];
  const counts = { opened: 0, aheadMs: 0 };
  const { sleep } = systemClock;
  const clock: Clock = { now: () => new Date(Date.now() + counts.aheadMs), sleep };
  const state = memoryState(clock);
  const connectors = [officesConnector(worlds)];
  const settings = settingsIn(folder);
  const workspaces = await openWorkspaces({
    ...{ settings, service: state.service, connectors, env: {}, clock },
  });
  const deps = depsOver({ state, workspaces, connectors, clock, told, queue, troubles, counts });
  const { changes, log } = deps;
  const run = carryOut({
    ...{ state, workspaces, connectors, changes, log: { ...log, debug, error: log.warn } },
    ...{ processName: "test", clock, ...outside },
    onSettled: async () => {},
  });
  const house: House = {
    ...{ service: openService(deps), state, workspaces, deps, queue, told, troubles },
    opened: () => counts.opened,
    pass: (milliseconds) => {
      counts.aheadMs += milliseconds;
    },
    folderOf: (name) => join(folder, "companies", name),
    world: (name) => found(worlds.get(name)),
    async work() {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
        const { workspace, mapping } = await house.request(id);
        await run({ requestId: id, workspace, mapping }, new AbortController().signal);
      }
    },
    async run(workspace) {
      const purpose = "sync";
      const what = { workspace, mapping: "people", purpose, allow: [], trigger: "manual" } as const;
      const asked = answered(await house.service.startRun(operator, what));
      await house.work();
      return house.request(asked.id);
    },
    request: async (id) => found(await state.service.request(id)),
    async close() {
      await workspaces.close();
      await state.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return house;
}

const outside = { random: () => 0.5, newId: randomUUID, version: "0.0.0-test" };
const debug = () => {};

function settingsIn(folder: string): ServiceSettings {
  return {
    directory: folder,
    listen: { host: "127.0.0.1", port: 0 },
    state: join(folder, "state"),
    workspaces: { kind: "folder", folder: join(folder, "companies"), everySeconds: 3_600 },
    runs: { concurrency: 16, perWorkspace: 2, jitterSeconds: 0 },
    retention: { runsDays: 90, plansDays: 30 },
    notify: [],
    sessions: { hours: 12 },
    secrets: [],
  };
}

interface Ground extends Pick<House, "state" | "workspaces" | "told" | "queue" | "troubles"> {
  readonly connectors: readonly ConnectorDefinition[];
  readonly clock: Clock;
  readonly counts: { opened: number };
}

function depsOver(ground: Ground): ServiceDeps {
  const { state, workspaces, connectors, clock, queue, counts } = ground;
  const changes = changesInMemory(ground.told);
  const enqueue = async (id: string) => {
    if (!queue.includes(id)) queue.push(id);
  };
  const asking = {
    store: state.service,
    queue: { enqueue: ({ requestId }: { readonly requestId: string }) => enqueue(requestId) },
    ...{ changes, clock, newId: randomUUID },
  };
  return {
    ...{ state, workspaces, changes, clock, newId: randomUUID },
    ask: (wish) => askForRun(asking, wish),
    enqueue: ({ id }) => enqueue(id),
    openEngine: ({ name, project }, observe) => {
      counts.opened += 1;
      const store = state.workspace(name);
      return openEngine(project, { ...outside, clock, connectors, observe, store });
    },
    nextRunAt: () => new Date("2026-11-21T21:00:00Z"),
    secretBytes: randomBytes,
    readinessChecks: [],
    log: { info: () => {}, warn: (message) => void ground.troubles.push(message) },
  };
}

function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("it is not there");
  return value;
}

/** Writes the files of a company; again for an edit of them. */
export async function writeOffice(
  folder: string,
  name: string,
  { replace = [], more = "" }: HouseOffice,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const connection = `${name}-office`;
  const mapping = replace
    .reduce((text, [from, by]) => {
      if (!text.includes(from)) throw new Error(`the mapping has no ${from}`);
      return text.replaceAll(from, by);
    }, officeMapping)
    .replaceAll("connection: office", `connection: ${connection}`);
  await writeFile(join(folder, "people.yaml"), mapping);
  await writeFile(
    join(folder, "syncctl.yaml"),
    `version: 1
connections:
  ${connection}: { connector: memory, auth: { token: memory-token } }
mappings: [people.yaml]
${more}`,
  );
}

/** The memory connector, over the world of the office that a connection is called after. */
function officesConnector(worlds: ReadonlyMap<string, MemoryWorld>): ConnectorDefinition {
  return {
    ...memoryConnector(officeWorld()),
    connect: (configuration, deps) => {
      const world = found(worlds.get(deps.connection.replace(/-office$/, "")));
      return memoryConnector(world).connect(configuration, deps);
    },
  };
}

function changesInMemory(told: RequestChanged[]): RequestChanges {
  const listeners = new Set<(change: RequestChanged) => void>();
  return {
    async tell(change) {
      told.push(change);
      for (const listener of listeners) listener(change);
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {},
  };
}

/** The value of an answer that must be one. */
export function answered<T>(
  answer:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly trouble: { readonly code: string; readonly message: string } },
): T {
  if (!answer.ok) throw new Error(`${answer.trouble.code}: ${answer.trouble.message}`);
  return answer.value;
}

/** "409 plan-not-waiting" of an answer that must be none. */
export function refusedAs(answer: {
  readonly ok: boolean;
  readonly trouble?: { readonly status: number; readonly code: string };
}): string {
  return answer.ok ? "an answer" : `${answer.trouble?.status} ${answer.trouble?.code}`;
}
