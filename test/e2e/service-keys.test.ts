import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleCompany, writeSandboxProject } from "../../cli/sandbox/start-sandbox.ts";
import type { Simulator } from "../../connectors/http/simulator/simulator.ts";
import { simulators } from "../../connectors/simulators.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { openState } from "../../engine/state/open-state.ts";
import { emptyFolder, syncctl } from "../support/cli-run.ts";

/* What the files say for the service holds for the command line as well: who approves, and under which name is remembered. */

const systems = ["workforce-planning", "procore"] as const;
let running: readonly Simulator[];

beforeAll(async () => {
  const company = await sampleCompany();
  running = await Promise.all(
    systems.map(async (name) => {
      const simulator = await simulators[name]?.({});
      if (simulator === undefined) throw new Error(`no simulator of ${name}`);
      simulator.load(company[name]);
      return simulator;
    }),
  );
});

afterAll(async () => {
  await Promise.all(running.map((simulator) => simulator.close()));
});

test("a mapping that wants approval is not written with --yes alone, and a saved plan is the approval", async () => {
  const folder = emptyFolder();
  const urls = Object.fromEntries(systems.map((name, index) => [name, running[index]?.url ?? ""]));
  await writeSandboxProject(folder, urls);
  edit(
    join(folder, "mappings/people.yaml"),
    /^systemOfRecord:/m,
    "apply: approve\nsystemOfRecord:",
  );
  edit(join(folder, "syncctl.yaml"), /^version: 1/m, "version: 1\nworkspace: northridge");
  const run = (line: string) => syncctl(line.split(" "), { cwd: folder });

  const link = await run("link --mapping people --yes");
  expect(link.code).toBe(0);

  const unseen = await run("apply --mapping people --yes");
  expect(unseen.code).toBe(3);
  expect(unseen.out).toContain("+ create Hugo Lindqvist");
  expect(unseen.err).toContain("error approval-needed: ");
  expect(unseen.err).toContain("syncctl plan --out plan.json");
  const asJson = await run("apply --mapping people --yes --json");
  expect(asJson.code).toBe(3);
  expect(JSON.parse(asJson.out)).toMatchObject({ error: { code: "approval-needed" } });

  await run("plan --mapping people --out plan.json");
  const seen = await run("apply plan.json");
  expect(seen.code).toBe(0);
  // With nothing to write, there is nothing to approve.
  expect((await run("apply --mapping people --yes")).code).toBe(0);

  const remembered = await runsIn(join(folder, ".syncctl/state"));
  expect(remembered.northridge.length).toBeGreaterThanOrEqual(2);
  expect(remembered.nobody).toEqual([]);
});

function edit(file: string, what: RegExp, by: string): void {
  const text = readFileSync(file, "utf8");
  if (!what.test(text)) throw new Error(`${file} does not hold ${what}`);
  writeFileSync(file, text.replace(what, by));
}

async function runsIn(folder: string) {
  const process = { pid: 1, host: "test", command: "test" };
  const opened = await openState({ state: folder, clock: systemClock, process });
  if (!opened.ok) throw new Error(opened.message);
  const { state } = opened;
  try {
    const [northridge, nobody] = await Promise.all([
      state.workspace("northridge").runs(10),
      state.workspace("").runs(10),
    ]);
    return { northridge, nobody };
  } finally {
    await state.close();
  }
}
