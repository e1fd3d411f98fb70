import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { connectors } from "../../connectors/registry.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import { openStore } from "../../engine/state/open-store.ts";

/*
 * One step of syncctl in a process of its own, with the embedded database.
 *
 *   node measure.ts plan|apply <project folder>     apply takes the plan that the last `plan` wrote
 */

const [what, folder = ""] = process.argv.slice(2);
const loaded = await loadProject({ directory: folder, env: {}, connectors });
if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
const opened = await openStore({
  state: loaded.project.state,
  clock: systemClock,
  process: { pid: process.pid, host: "bench", command: "bench" },
});
if (!opened.ok) throw new Error(opened.message);
let calls = 0;
const engine = openEngine(loaded.project, {
  connectors,
  store: opened.store,
  clock: systemClock,
  random: Math.random,
  newId: randomUUID,
  observe: (event) => {
    if (event.kind === "request" && event.request.status !== undefined) calls += 1;
  },
  version: "bench",
});
const planFile = `${folder}/plan.json`;
const { signal } = new AbortController();
const before = performance.now();
const result = what === "apply" ? await apply() : await plan();
const wallMs = performance.now() - before;
await engine.close();
await opened.store.close();
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ wallMs, peakMb, calls, ...result }));

async function plan() {
  const made = await engine.plan({ purpose: "sync", allow: [], only: [], exclude: [], signal });
  const planMs = performance.now() - before;
  await writeFile(planFile, JSON.stringify(made));
  return { wallMs: planMs, changes: made.changes.length, held: made.held.length };
}

async function apply() {
  const saved: Plan = JSON.parse(await readFile(planFile, "utf8"));
  const applied = await engine.apply(saved, { startedBy: "bench", signal });
  return { status: applied.status };
}
