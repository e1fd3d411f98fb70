import { randomUUID } from "node:crypto";
import { connectors } from "../../connectors/registry.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { openState } from "../../engine/state/open-state.ts";
import { openRequestChanges } from "../../server/queue/open-request-changes.ts";
import { openRunQueue } from "../../server/queue/open-run-queue.ts";
import { carryOut } from "../../server/runs/carry-out.ts";
import type { RunTiming } from "../../server/runs/run-deps.ts";
import { keepSweeping } from "../../server/runs/sweep.ts";
import { databaseOf } from "./service-runs-home.ts";
import { fixedWorkspaces } from "./service-runs-workspaces.ts";

/*
 * A process of the service that carries out requests, and nothing else.
 *
 *   node service-runs-child.ts '<options as JSON>'
 *
 * Tells what it does, a line each: `ready`, `begins <request>`, `ended <request> <end>`. Ends when its input does.
 */

export interface RunsChildOptions {
  /** Folder of workspaces. */
  readonly root: string;
  /** A postgres:// URL. */
  readonly state: string;
  readonly name: string;
  /** Runs at one time. */
  readonly concurrency: number;
  /** Default: as the service has it. */
  readonly timing?: Partial<RunTiming>;
}

const options: RunsChildOptions = JSON.parse(process.argv[2] ?? "");
const { root, name: processName, concurrency, timing = {} } = options;

const tell = (line: string) => process.stdout.write(`${line}\n`);
const log = {
  debug: (message: string, about?: Record<string, unknown>) => {
    if (message === "an attempt begins") tell(`begins ${about?.["run"]}`);
  },
  info: (message: string, about?: Record<string, unknown>) => {
    if (message === "an attempt has ended") tell(`ended ${about?.["run"]} ${about?.["end"]}`);
  },
  warn: () => {},
  error: (message: string, about?: { readonly err?: unknown }) => {
    process.stderr.write(`${processName}: ${message} ${String(about?.err ?? "")}\n`);
  },
};

const opened = await openState({
  state: options.state,
  clock: systemClock,
  process: { pid: process.pid, host: "test", command: "syncctl serve" },
});
if (!opened.ok) throw new Error(opened.message);
const { state } = opened;
const database = databaseOf(state);
const changes = await openRequestChanges({ database, processName, log });
const queue = await openRunQueue({
  ...{ database, processName, log, concurrency, perWorkspace: 2 },
});
const deps = {
  ...{ state, changes, connectors, log, processName },
  ...{ clock: systemClock, random: Math.random, newId: randomUUID, version: "0.0.0-test" },
  workspaces: await fixedWorkspaces(root),
  onSettled: async () => {},
  timing,
};
const sweeping = keepSweeping({ store: state.service, queue, clock: systemClock, log });
void queue.work(carryOut(deps));
tell("ready");

process.stdin.resume();
process.stdin.on("end", async () => {
  await sweeping.stop();
  await queue.stop();
  await changes.close();
  await state.close();
});
