import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { readPlan, savePlan } from "../../cli/plan-file.ts";
import { connectors } from "../../connectors/registry.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import type { Clock, ConnectorDefinition, RequestEvent } from "../../engine/connector/connector.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import { openStore } from "../../engine/state/open-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import {
  jumpingClock,
  latest,
  sharedTimes,
  stopwatch,
  systems,
  type Taken,
} from "./timesheets-time.ts";

/*
 * Steps of syncctl in a process of their own: one line of JSON for each line `plan` or `apply` that it reads. `apply`
 * takes the plan that the last `plan` saved.
 *
 *   node timesheets-measure.ts <project folder> <folder of clocks> embedded|memory
 */

export interface Measured extends Taken {
  /** Of the processor, in all threads. */
  readonly busyMs: number;
  /** The most that the process has had in memory since it began. */
  readonly peakMb: number;
  readonly calls: Readonly<Record<string, number>>;
  /** Calls that were refused for a limit. */
  readonly limited: number;
  readonly changes: Readonly<Record<string, number>>;
  readonly held: number;
  readonly outside: number;
  readonly inStep: number;
  readonly status: string;
}

const [folder = "", clocks = "", home = ""] = process.argv.slice(2);
const times = sharedTimes(clocks);
const calls = new Map<string, number>();
let limited = 0;
/** Leases are renewed in real time, because the time that is waited for a limit takes none here. */
const clock: Clock = { now: () => new Date(latest(times)), sleep: systemClock.sleep };
const loaded = await loadProject({ directory: folder, env: {}, connectors });
if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 2));
const store = await stateStore(loaded.project.state);
const engine = openEngine(loaded.project, {
  connectors: connectors.map(waiting),
  store,
  clock,
  random: Math.random,
  newId: randomUUID,
  observe: (event) => {
    if (event.kind === "request") note(event.request);
  },
  version: "bench",
});

async function stateStore(state: string): Promise<StateStore> {
  if (home === "memory") return memoryStore(systemClock);
  const opened = await openStore({
    state,
    clock: systemClock,
    process: { pid: process.pid, host: "bench", command: "bench" },
  });
  if (!opened.ok) throw new Error(opened.message);
  return opened.store;
}

function waiting(definition: ConnectorDefinition): ConnectorDefinition {
  const system = systems.find((name) => name === definition.name);
  if (!system) return definition;
  return {
    ...definition,
    connect(configuration, deps) {
      const clock = jumpingClock(times[system], String(configuration["baseUrl"]));
      return definition.connect(configuration, { ...deps, clock });
    },
  };
}

function note({ method, path, status }: RequestEvent): void {
  const call = `${method} ${path}`;
  if (status !== undefined) calls.set(call, (calls.get(call) ?? 0) + 1);
  if (status === 429) limited += 1;
}

const planFile = `${folder}/plan.json`;
const { signal } = new AbortController();

async function plan() {
  const made = await engine.plan({ purpose: "sync", allow: [], only: [], exclude: [], signal });
  const finish = async () => {
    const trouble = await savePlan(planFile, made);
    if (trouble) throw new Error(trouble.message);
  };
  const sum = (of: "inStep" | "outside") => made.rules.reduce((all, rule) => all + rule[of], 0);
  const told = { held: made.held.length, outside: sum("outside"), inStep: sum("inStep") };
  const guards = made.guards.map(({ message }) => message);
  const kinds = made.changes.map((change) => `${change.kind} ${change.mapping}`);
  return { ...told, changes: counted(kinds), status: guards.join(" "), finish };
}

async function apply() {
  const saved = await readPlan(planFile);
  if ("message" in saved) throw new Error(saved.message);
  const started = mark();
  const applied = await engine.apply(saved, { startedBy: "bench", signal });
  const outcomes = applied.outcomes.map(({ status, code = "", reason = "" }) =>
    status === "applied" ? status : `${status} ${code} ${reason}`,
  );
  const status = `${applied.status} ${applied.refusal?.message ?? ""}`.trim();
  return { held: 0, outside: 0, inStep: 0, changes: counted(outcomes), status, started };
}

function counted(words: readonly string[]): Measured["changes"] {
  return Object.fromEntries(
    [...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]),
  );
}

function mark() {
  return { taken: stopwatch(times), busy: process.cpuUsage() };
}

async function step(name: string): Promise<Measured> {
  calls.clear();
  limited = 0;
  const before = mark();
  const done = name === "plan" ? await plan() : await apply();
  const begin = "started" in done ? done.started : before;
  const taken = begin.taken();
  const used = process.cpuUsage(begin.busy);
  if ("finish" in done) await done.finish();
  const { changes, held, outside, inStep, status } = done;
  return {
    ...taken,
    busyMs: (used.user + used.system) / 1_000,
    peakMb: process.resourceUsage().maxRSS / 1_024,
    calls: Object.fromEntries(calls),
    limited,
    ...{ changes, held, outside, inStep, status },
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line === "plan" || line === "apply") {
    process.stdout.write(`${JSON.stringify(await step(line))}\n`);
  }
}
await engine.close();
await store.close();
