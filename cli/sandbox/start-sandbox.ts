import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { simulators } from "../../connectors/simulators.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { shippedMappings } from "../init/shipped-mappings.ts";
import { allSystems, forSystems, type SystemName } from "../init/systems.ts";
import { filesInTheWay, writeFiles } from "../init/write-project.ts";
import { onItsDay, type WrittenShift } from "./on-its-day.ts";

/** Tried first, so that a project of yesterday still finds them; any free port does as well. */
const usualPorts: Readonly<Record<SystemName, number>> = {
  "workforce-planning": 4410,
  procore: 4411,
  smartbarrel: 4412,
};

/** The data of systems, in the form that their simulators load. */
export type CompanyData = Readonly<Partial<Record<SystemName, unknown>>>;

export type Urls = Readonly<Partial<Record<SystemName, string>>>;

type Simulator = Awaited<ReturnType<(typeof simulators)[string]>>;

export interface Sandbox {
  /** Of each simulator that runs. */
  readonly urls: Urls;
  /** All data as it is now. */
  save(): CompanyData;
  load(data: CompanyData): void;
  close(): Promise<void>;
}

/** The sample company, with shifts of the days up to this one. */
export async function sampleCompany(today: Date = systemClock.now()): Promise<CompanyData> {
  const text = await readFile(join(import.meta.dirname, "sample-company.json"), "utf8");
  const company = JSON.parse(text) as WrittenCompany;
  const shifts = company.smartbarrel.shifts.map((shift) => onItsDay(shift, today));
  return { ...company, smartbarrel: { ...company.smartbarrel, shifts } };
}

interface WrittenCompany extends CompanyData {
  readonly smartbarrel: { readonly shifts: readonly WrittenShift[] };
}

/** Starts a simulator of each system that there is data for, at the usual port if it is free. */
export async function startSandbox(data: CompanyData): Promise<Sandbox> {
  const running = new Map<SystemName, Simulator>();
  for (const name of allSystems) {
    if (data[name] !== undefined) running.set(name, await start(name, data[name]));
  }
  return {
    urls: ofEach(running, ({ url }) => url),
    save: () => ofEach(running, (simulator) => simulator.save()),
    load(data) {
      for (const [name, simulator] of running) simulator.load(data[name]);
    },
    async close() {
      await Promise.all([...running.values()].map((simulator) => simulator.close()));
    },
  };
}

function ofEach<T>(
  running: ReadonlyMap<SystemName, Simulator>,
  told: (simulator: Simulator) => T,
): Partial<Record<SystemName, T>> {
  return Object.fromEntries([...running].map(([name, simulator]) => [name, told(simulator)]));
}

async function start(name: SystemName, data: unknown): Promise<Simulator> {
  const startSimulator = simulators[name];
  if (startSimulator === undefined) throw new Error(`there is no simulator of ${name}`);
  try {
    return await startSimulator({ port: usualPorts[name], data });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    return startSimulator({ port: 0, data });
  }
}

/**
 * A project that is ready to be used with the simulators at these addresses. They differ from start to start; mappings
 * that are there already have perhaps been edited, and stay.
 */
export async function writeSandboxProject(folder: string, urls: Urls): Promise<void> {
  const systems = allSystems.filter((name) => urls[name] !== undefined);
  const template = await readFile(join(import.meta.dirname, "syncctl.yaml"), "utf8");
  const text = systems.reduce(
    (written, name) => written.replace(`URL of ${name}`, urls[name] ?? ""),
    forSystems(template, systems),
  );
  const mappings = await shippedMappings(systems);
  const there = await filesInTheWay(folder, mappings);
  const missing = mappings.filter(({ path }) => !there.includes(path));
  await writeFiles(folder, [{ path: "syncctl.yaml", text }, ...missing]);
}
