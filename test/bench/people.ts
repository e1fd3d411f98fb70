import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/*
 * People: first plan, apply and no-op plan, each against the floor of the same run (floor.ts). Reports ratios; absolute
 * figures stand beside them for orientation and mean nothing on another machine.
 *
 *   npm run bench               1,000, 10,000 and 50,000 people
 *   npm run bench -- 1000 5000
 */

interface Measured {
  readonly wallMs: number;
  readonly peakMb: number;
  readonly calls: number;
  readonly changes?: number;
  readonly status?: string;
}

const here = import.meta.dirname;
const sizes = process.argv.slice(2).map(Number);

async function startWorld(
  size: number,
): Promise<{ wfp: string; procore: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(here, "world.ts"), String(size)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (!child.stdout) throw new Error("no output to read the addresses from");
  const [line] = await once(child.stdout, "data");
  return { ...JSON.parse(String(line)), child };
}

async function run(script: string, ...words: string[]): Promise<Measured> {
  const child = spawn(process.execPath, [join(here, script), ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout?.on("data", (data) => {
    out += data;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  return JSON.parse(out);
}

async function writeProject(folder: string, urls: { wfp: string; procore: string }): Promise<void> {
  await mkdir(join(folder, "mappings"));
  const connections = {
    wfp: {
      connector: "workforce-planning",
      companyId: "0b6a5c0e-9f7e-4a51-9d57-2f0c9b7a1e10",
      baseUrl: urls.wfp,
      readLagSeconds: 0,
      auth: { clientId: "wfp-app", clientSecret: "wfp-app-secret", email: "a@b.example" },
    },
    procore: {
      connector: "procore",
      companyId: "4242",
      baseUrl: urls.procore,
      readLagSeconds: 0,
      auth: { clientId: "procore-app", clientSecret: "procore-app-secret" },
    },
  };
  const project = { version: 1, connections, mappings: ["mappings/*.yaml"] };
  await writeFile(join(folder, "syncctl.yaml"), JSON.stringify(project));
  const shipped = await readFile(join(here, "../../mappings/people.yaml"), "utf8");
  await writeFile(join(folder, "mappings/people.yaml"), shipped);
}

function line(size: number, what: string, measured: Measured, floor: Measured): string {
  const ratio = (measured.wallMs / floor.wallMs).toFixed(2);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  return [
    String(size).padStart(6),
    what.padEnd(11),
    `${ratio}x the floor`.padStart(16),
    seconds(measured.wallMs).padStart(10),
    seconds(floor.wallMs).padStart(10),
    `${Math.round(measured.peakMb)} MB`.padStart(8),
    `${Math.round(floor.peakMb)} MB`.padStart(8),
    `${measured.calls}`.padStart(7),
    `${floor.calls}`.padStart(7),
  ].join("  ");
}

async function bench(size: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "syncctl-bench-"));
  const world = await startWorld(size);
  const other = await startWorld(size);
  try {
    await writeProject(folder, world);
    const floorEmpty = await run("floor.ts", "read", world.wfp, world.procore);
    const first = await run("measure.ts", "plan", folder);
    print(line(size, "first plan", first, floorEmpty));
    const floorWrite = await run("floor.ts", "write", other.wfp, other.procore);
    const apply = await run("measure.ts", "apply", folder);
    print(line(size, "apply", apply, floorWrite));
    const floorFull = await run("floor.ts", "read", world.wfp, world.procore);
    const noop = await run("measure.ts", "plan", folder);
    print(line(size, "no-op plan", noop, floorFull));
    if (first.changes !== size || apply.status !== "applied" || noop.changes !== 0) {
      throw new Error(`not what was meant: ${JSON.stringify({ first, apply, noop })}`);
    }
  } finally {
    world.child.kill();
    other.child.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

print(
  "people  what            wall / floor        wall       floor      peak   (floor)    calls   (floor)",
);
for (const size of sizes.length > 0 ? sizes : [1_000, 10_000, 50_000]) await bench(size);
