import { randomUUID } from "node:crypto";
import { connectors } from "../../connectors/registry.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import type { ConnectorDefinition, Stream } from "../../engine/connector/connector.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import { openStore } from "../../engine/state/open-store.ts";
import type { StateStore } from "../../engine/state/store.ts";

/*
 * One run of syncctl in a process of its own, which kills itself with SIGKILL at the n-th write. A write is anything
 * that changes the state or a system, and it counts twice: before it is begun and after it has happened, when whoever
 * asked for it does not know yet.
 *
 *   node crash-child.ts <project folder> <state> <n>      n = 0: never
 *
 * Prints how many points it passed.
 */

const [folder = "", state = "", killAt = "0"] = process.argv.slice(2);
let points = 0;

function point(): void {
  points += 1;
  if (points === Number(killAt)) process.kill(process.pid, "SIGKILL");
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
] as const;
const streamWrites = ["create", "update", "createMany", "updateMany"] as const;

/** The same object, whose writing members pass a point before and after. */
function watched<T extends object>(target: T, members: readonly string[]): T {
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

function watchedConnector(definition: ConnectorDefinition): ConnectorDefinition {
  return {
    ...definition,
    connect(configuration, deps) {
      const connector = definition.connect(configuration, deps);
      const streams: Record<string, Stream> = {};
      for (const [name, stream] of Object.entries(connector.streams))
        streams[name] = watched(stream, streamWrites);
      return { ...connector, streams };
    },
  };
}

const loaded = await loadProject({ directory: folder, env: process.env, connectors });
if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
const opened = await openStore({
  state,
  clock: systemClock,
  process: { pid: process.pid, host: "test", command: "crash-child" },
});
if (!opened.ok) throw new Error(opened.message);
const store: StateStore = watched(opened.store, storeWrites);
const engine = openEngine(loaded.project, {
  connectors: connectors.map(watchedConnector),
  store,
  clock: systemClock,
  random: Math.random,
  newId: randomUUID,
  // So that the next process need not wait long for the right to write of one that was killed.
  leaseMs: 300,
  observe: () => {},
  version: "0.0.0-test",
});
const { signal } = new AbortController();
const plan = await engine.plan({ purpose: "sync", allow: [], only: [], exclude: [], signal });
const result = await engine.apply(plan, { startedBy: "test", signal });
await engine.close();
await store.close();
process.stdout.write(
  JSON.stringify({
    points,
    status: result.status,
    refusal: result.refusal?.code ?? null,
    changes: plan.changes.length,
  }),
);
