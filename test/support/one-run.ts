import { randomUUID } from "node:crypto";
import { connectors } from "../../connectors/registry.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import type { ConnectorDefinition, Stream } from "../../engine/connector/connector.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import { openStore } from "../../engine/state/open-store.ts";

/* One run of syncctl from a folder: plan and apply. */

export interface OneRun {
  readonly status: string;
  readonly refusal: string | null;
  readonly changes: number;
}

const storeWrites = [
  "recordReadings",
  "startRun",
  "addEntries",
  "begin",
  "settle",
  "refresh",
  "finishRun",
  "closeIntent",
  "bind",
];
const streamWrites = ["create", "update", "createMany", "updateMany"];

/** `point` is called before and after every write to the state and to a system. */
export async function oneRun(
  folder: string,
  state: string,
  point: () => void = () => {},
): Promise<OneRun> {
  const env = { WFP_CLIENT_SECRET: "wfp-app-secret", PROCORE_CLIENT_SECRET: "procore-app-secret" };
  const loaded = await loadProject({ directory: folder, env, connectors });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  const process_ = { pid: process.pid, host: "test", command: "one run" };
  const opened = await openStore({ state, clock: systemClock, process: process_ });
  if (!opened.ok) throw new Error(opened.message);
  const engine = openEngine(loaded.project, {
    connectors: connectors.map((definition) => watchedConnector(definition, point)),
    store: watched(opened.store, storeWrites, point),
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    // So that the next run need not wait long for the right to write of one that was killed.
    leaseMs: 300,
    observe: () => {},
    version: "0.0.0-test",
  });
  try {
    const { signal } = new AbortController();
    const plan = await engine.plan({ purpose: "sync", allow: [], only: [], exclude: [], signal });
    const result = await engine.apply(plan, { startedBy: "test", signal });
    const refusal = result.refusal?.code ?? null;
    return { status: result.status, refusal, changes: plan.changes.length };
  } finally {
    await engine.close();
    await opened.store.close();
  }
}

/** The same object, whose writing members pass a point before and after. */
function watched<T extends object>(target: T, members: readonly string[], point: () => void): T {
  return new Proxy(target, {
    get(object, name) {
      const member: unknown = Reflect.get(object, name);
      if (typeof member !== "function" || !members.includes(String(name))) return member;
      return async (...parameters: unknown[]) => {
        point();
        const result: unknown = await Reflect.apply(member, object, parameters);
        point();
        return result;
      };
    },
  });
}

function watchedConnector(definition: ConnectorDefinition, point: () => void): ConnectorDefinition {
  return {
    ...definition,
    connect(configuration, deps) {
      const connector = definition.connect(configuration, deps);
      const streams: Record<string, Stream> = {};
      for (const [name, stream] of Object.entries(connector.streams)) {
        streams[name] = watched(stream, streamWrites, point);
      }
      return { ...connector, streams };
    },
  };
}
