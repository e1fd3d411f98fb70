import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../../engine/run/clock.ts";
import { openState } from "../../engine/state/open-state.ts";
import type { State } from "../../engine/state/state.ts";
import { openRequestChanges } from "../../server/queue/open-request-changes.ts";
import { openRunQueue } from "../../server/queue/open-run-queue.ts";
import { createDatabase } from "../support/postgres.ts";
import { askFor, databaseOf } from "../support/service-runs-home.ts";
import { startRunsProcess } from "../support/service-runs-process.ts";

/*
 * Many small companies: how many runs a minute one, two and four processes carry out over one PostgreSQL, beside the floor
 * of a plain loop (workspaces-floor.ts). Two rounds each, with new companies and a new database: in the first everybody is
 * brought in, in the second there is nothing to do, as in most hours. Processes, systems and PostgreSQL share the machine,
 * so that more processes help only as long as somebody has a processor to spare. Systems answer after a while, as real ones
 * do; what is measured against them is mostly waiting, which one process does for many companies at one time.
 *
 *   node test/bench/workspaces.ts                    200 companies of 5 people; each call takes 50 ms
 *   node test/bench/workspaces.ts 20 5 50 1 2        companies, people, milliseconds, numbers of processes
 */

const [companies = 200, people = 5, callMs = 50, ...given] = process.argv.slice(2).map(Number);
const processCounts = given.length > 0 ? given : [1, 2, 4];

/** As the service has it where nothing else is set. */
const concurrency = 16;

/** Between two looks whether all is done, milliseconds: looking takes its share of the processors too. */
const lookMs = 100;

/** First everybody, then nothing to do; milliseconds. */
type Rounds = readonly [first: number, second: number];

async function withWorld<T>(work: (root: string, state: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), "syncctl-bench-"));
  const database = await createDatabase();
  const words = [root, companies, people, callMs].map(String);
  const script = join(import.meta.dirname, "workspaces-world.ts");
  const world = spawn(process.execPath, [script, ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await once(world.stdout, "data");
    return await work(root, database.url);
  } finally {
    world.kill();
    await database.drop();
    await rm(root, { recursive: true, force: true });
  }
}

async function floor(root: string, state: string): Promise<Rounds> {
  const script = join(import.meta.dirname, "workspaces-floor.ts");
  const child = spawn(process.execPath, [script, root, state, String(concurrency)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the floor ended with ${code}`);
  return JSON.parse(out);
}

async function service(root: string, address: string, count: number): Promise<Rounds> {
  const opened = await openState({
    state: address,
    clock: systemClock,
    process: { pid: process.pid, host: "bench", command: "bench" },
  });
  if (!opened.ok) throw new Error(opened.message);
  const { state } = opened;
  const processes = await Promise.all(
    Array.from({ length: count }, (_nothing, index) =>
      startRunsProcess({ root, state: address, name: `p${index + 1}`, concurrency }),
    ),
  );
  const log = { debug: () => {}, warn: print, error: print };
  const shared = { database: databaseOf(state), processName: "bench", log };
  const changes = await openRequestChanges(shared);
  const queue = await openRunQueue({ ...shared, concurrency: 1, perWorkspace: 1 });
  const round = async (): Promise<number> => {
    const before = performance.now();
    const deps = { state, clock: systemClock, newId: randomUUID };
    for (let number = 1; number <= companies; number += 1)
      await askFor(deps, { queue, changes }, { name: `company-${number}` });
    await untilIdle(state);
    return performance.now() - before;
  };
  const rounds: Rounds = [await round(), await round()];
  await checkAllDone(state);
  await Promise.all(processes.map((one) => one.end()));
  await queue.stop();
  await changes.close();
  await state.close();
  return rounds;
}

async function untilIdle({ service: store }: State): Promise<void> {
  const statuses = ["queued", "planning", "applying"] as const;
  while ((await store.requests({ statuses, limit: 1 })).length > 0) await sleep(lookMs);
}

async function checkAllDone({ service: store }: State): Promise<void> {
  const requests = await store.requests({ limit: 2 * companies + 1 });
  const done = requests.filter(({ status, runIds }) => status === "done" && runIds.length === 1);
  if (done.length !== 2 * companies || requests.length !== done.length)
    throw new Error(`${done.length} of ${requests.length} requests are done in one run`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const perMinute = (ms: number) => (companies * 60_000) / ms;

function line(what: string, rounds: Rounds, one: Rounds, least: Rounds): string {
  const parts = rounds.flatMap((ms, index) => {
    const ratio = (to: number | undefined) => `${((to ?? ms) / ms).toFixed(2)}x`;
    return [`${Math.round(perMinute(ms))}`, ratio(one[index]), ratio(least[index])];
  });
  return [what.padEnd(12), ...parts.map((part) => part.padStart(11))].join("");
}

print(
  `${companies} companies of ${people} people, ${callMs} ms a call, ${availableParallelism()} processors for everything`,
);
print("");
print(`${" ".repeat(12)}${"bringing everybody in".padStart(33)}${"nothing to do".padStart(33)}`);
const head = ["runs/min", "to one", "to floor"].map((word) => word.padStart(11)).join("");
print(`${" ".repeat(12)}${head}${head}`);
const least = await withWorld(floor);
print(line("floor", least, least, least));
let one: Rounds | undefined;
for (const count of processCounts) {
  const rounds = await withWorld((root, state) => service(root, state, count));
  one ??= rounds;
  print(line(`${count} process${count === 1 ? "" : "es"}`, rounds, one, least));
}
