import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { companyId, type Sizes, windowDays } from "./timesheets-company.ts";
import type { Floor } from "./timesheets-floor.ts";
import type { Measured } from "./timesheets-measure.ts";
import { type Calls, readingCalls, sum, writingCalls } from "./timesheets-needed.ts";
import { printCalls, printHead, printPhase } from "./timesheets-table.ts";
import { makeTimes, pass, sharedTimes } from "./timesheets-time.ts";
import type { Worked } from "./timesheets-world.ts";

/*
 * Timesheets of many workers: first plan, apply, no-op plan, and plan and apply after an hour of work. Times stand as
 * ratios to the floor of the same run (timesheets-floor.ts); absolute figures stand beside them for orientation and mean
 * nothing on another machine. Calls stand beside those that are needed by arithmetic (timesheets-needed.ts). The limits
 * of calls are those of the services; the clock is put forward where somebody would wait for them.
 *
 *   npm run bench:timesheets                        500 workers, 15,000 timecards
 *   npm run bench:timesheets -- --full              5,000 workers, 150,000 timecards
 *   npm run bench:timesheets -- --workers 1000 --state memory --calls
 */

const { values: flags } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    workers: { type: "string" },
    state: { type: "string", default: "embedded" },
    /** Lists the calls of every phase. */
    calls: { type: "boolean", default: false },
    /** For the process that is measured, such as --max-old-space-size=1024. */
    node: { type: "string", multiple: true, default: [] },
  },
});
const workers = Number(flags.workers ?? (flags.full ? 5_000 : 500));
const here = import.meta.dirname;

/** A process that answers lines with lines of JSON. */
interface Talker {
  ask<T>(line?: string): Promise<T>;
  end(): Promise<void>;
}

function talkTo(script: string, words: readonly string[], options: readonly string[] = []): Talker {
  const child: ChildProcess = spawn(process.execPath, [...options, join(here, script), ...words], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error("no way to talk to the process");
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    async ask(line) {
      if (line !== undefined) stdin.write(`${line}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${script} ended before it answered`);
      return JSON.parse(value);
    },
    async end() {
      stdin.end();
      await closed;
    },
  };
}

interface World {
  readonly smartbarrel: string;
  readonly procore: string;
  readonly sizes: Sizes;
}

/** The systems, for one who works with them. */
async function startWorld(folder: string, name: string) {
  const clocks = join(folder, name);
  makeTimes(clocks);
  const talker = talkTo("timesheets-world.ts", [String(workers), clocks]);
  return { clocks, talker, told: await talker.ask<World>(), times: sharedTimes(clocks) };
}

type Started = Awaited<ReturnType<typeof startWorld>>;

async function writeProject(folder: string, { smartbarrel, procore }: World): Promise<void> {
  await mkdir(join(folder, "mappings"));
  const connections = {
    smartbarrel: {
      connector: "smartbarrel",
      baseUrl: smartbarrel,
      auth: { token: "sb-key-northridge" },
    },
    procore: {
      connector: "procore",
      companyId: String(companyId),
      baseUrl: procore,
      auth: { clientId: "procore-app", clientSecret: "procore-app-secret" },
    },
  };
  const project = { version: 1, connections, mappings: ["mappings/*.yaml"] };
  await writeFile(join(folder, "syncctl.yaml"), JSON.stringify(project));
  for (const name of ["positions.yaml", "worker-contacts.yaml", "timesheets.yaml"]) {
    const shipped = await readFile(join(here, "../../mappings", name), "utf8");
    await writeFile(join(folder, "mappings", name), shipped);
  }
}

/** The embedded state outlives the process of a step; the state in memory lives in one process for all of them. */
function stepsOf(folder: string, { clocks }: Started) {
  const words = [folder, clocks, flags.state];
  const start = () => talkTo("timesheets-measure.ts", words, flags.node);
  const whole = flags.state === "memory" ? start() : undefined;
  return {
    async take(step: "plan" | "apply"): Promise<Measured> {
      const talker = whole ?? start();
      const measured = await talker.ask<Measured>(step);
      if (!whole) await talker.end();
      return measured;
    },
    end: async () => whole?.end(),
  };
}

async function floorOf({ told, clocks }: Started): Promise<Floor> {
  const talker = talkTo("timesheets-floor.ts", [told.smartbarrel, told.procore, clocks]);
  const floor = await talker.ask<Floor>();
  await talker.end();
  return floor;
}

/** Every phase in both worlds, one after the other, so that they do not take each other's processor. */
async function bench(folder: string): Promise<void> {
  const world = await startWorld(folder, "world");
  const other = await startWorld(folder, "other");
  await writeProject(folder, world.told);
  const steps = stepsOf(folder, world);
  const { sizes } = world.told;
  const all = sum(sizes.timecards);
  const hourLater = () => {
    for (const { times } of [world, other]) pass(times, 3_600_000);
  };
  try {
    printHead(sizes.workers, all, windowDays);
    const first = await floorOf(other);
    await phase("first plan", steps.take("plan"), first, {
      calls: readingCalls(sizes, 0),
      changes: { "link worker-contacts": workers, "create timesheets": all },
    });
    await phase("first apply", steps.take("apply"), first, {
      calls: writingCalls(sizes.timecards, 0),
      changes: { applied: workers + all },
    });
    hourLater();
    await phase("no-op plan", steps.take("plan"), await floorOf(other), {
      calls: readingCalls(sizes, all),
      changes: {},
    });
    hourLater();
    const work = `work ${workers / 10}`;
    await other.talker.ask<Worked>(work);
    const worked = await world.talker.ask<Worked>(work);
    const created = sum(worked.created);
    const hour = await floorOf(other);
    await phase("hour plan", steps.take("plan"), hour, {
      calls: readingCalls(worked.sizes, all),
      changes: { "update timesheets": worked.updated, "create timesheets": created },
    });
    await phase("hour apply", steps.take("apply"), hour, {
      calls: writingCalls(worked.created, worked.updated),
      changes: { applied: worked.updated + created },
    });
  } finally {
    await steps.end();
    await Promise.all([world.talker.end(), other.talker.end()]);
  }
}

async function phase(
  name: string,
  taken: Promise<Measured>,
  floor: Floor,
  meant: { readonly calls: Calls; readonly changes: Measured["changes"] },
): Promise<void> {
  const measured = await taken;
  const least = name.endsWith("plan") ? floor.read : floor.write;
  printPhase(name, measured, { ...least, peakMb: floor.peakMb }, meant.calls);
  if (flags.calls) printCalls(measured, meant.calls);
  if (!isDeepStrictEqual(measured.changes, meant.changes) || measured.held > 0) {
    const { status, changes, held } = measured;
    throw new Error(`not what was meant: ${JSON.stringify({ status, changes, held })}`);
  }
}

const folder = await mkdtemp(join(tmpdir(), "syncctl-bench-"));
try {
  await bench(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
