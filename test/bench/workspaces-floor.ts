import { randomUUID } from "node:crypto";
import { connectors } from "../../connectors/registry.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import { openState } from "../../engine/state/open-state.ts";
import { fixedWorkspaces } from "../support/service-runs-workspaces.ts";

/*
 * The floor: the same plans, applied by the same engine over the same PostgreSQL, in one process that goes through the
 * companies in a loop, as many at one time as the service has. No queue, no requests, no stored plans. Two rounds: in the
 * first everybody is brought in, in the second there is nothing to do. Prints milliseconds of both.
 *
 *   node workspaces-floor.ts <folder> <state> <at one time>
 */

const [root = "", address = "", lanes = ""] = process.argv.slice(2);
const opened = await openState({
  state: address,
  clock: systemClock,
  process: { pid: process.pid, host: "bench", command: "bench" },
});
if (!opened.ok) throw new Error(opened.message);
const { state } = opened;
const workspaces = (await fixedWorkspaces(root)).all();
const { signal } = new AbortController();

async function runOne(name: string): Promise<void> {
  const project = workspaces.find((one) => one.name === name)?.project;
  if (!project) throw new Error(`${name} is not there`);
  const engine = openEngine(project, {
    ...{ connectors, store: state.workspace(name), clock: systemClock },
    ...{ random: Math.random, newId: randomUUID, observe: () => {}, version: "bench" },
  });
  const plan = await engine.plan({ purpose: "sync", allow: [], only: [], exclude: [], signal });
  const { status } = await engine.apply(plan, { startedBy: "bench", signal });
  if (status !== "applied") throw new Error(`${name}: ${status}`);
  await engine.close();
}

async function round(): Promise<number> {
  const before = performance.now();
  const names = workspaces.map(({ name }) => name);
  const lane = async (): Promise<void> => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) await runOne(name);
  };
  await Promise.all(Array.from({ length: Number(lanes) }, lane));
  return performance.now() - before;
}

const rounds = [await round(), await round()];
await state.close();
process.stdout.write(JSON.stringify(rounds));
