import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { simulators } from "../../connectors/simulators.ts";
import { filesInTheWay, shippedMappings, writeFiles } from "../init/write-project.ts";

/** Tried first, so that a project of yesterday still finds them; any free port does as well. */
const usualPorts = { "workforce-planning": 4410, procore: 4411 } as const;

type SystemName = keyof typeof usualPorts;

/** The data of both systems, in the form that their simulators load. */
export type CompanyData = Readonly<Record<SystemName, unknown>>;

export interface Sandbox {
  readonly urls: Readonly<Record<SystemName, string>>;
  /** All data as it is now. */
  save(): CompanyData;
  load(data: CompanyData): void;
  close(): Promise<void>;
}

export async function sampleCompany(): Promise<CompanyData> {
  return JSON.parse(await readFile(join(import.meta.dirname, "sample-company.json"), "utf8"));
}

/** Starts the simulators of both systems with this data, at the usual ports if they are free. */
export async function startSandbox(data: CompanyData): Promise<Sandbox> {
  const planning = await start("workforce-planning", data);
  const procore = await start("procore", data);
  return {
    urls: { "workforce-planning": planning.url, procore: procore.url },
    save: () => ({ "workforce-planning": planning.save(), procore: procore.save() }),
    load(data) {
      planning.load(data["workforce-planning"]);
      procore.load(data.procore);
    },
    async close() {
      await Promise.all([planning.close(), procore.close()]);
    },
  };
}

async function start(name: SystemName, data: CompanyData) {
  const startSimulator = simulators[name];
  if (startSimulator === undefined) throw new Error(`there is no simulator of ${name}`);
  try {
    return await startSimulator({ port: usualPorts[name], data: data[name] });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    return startSimulator({ port: 0, data: data[name] });
  }
}

/**
 * A project that is ready to be used with the simulators. Their addresses differ from start to start; mappings that are
 * there already have perhaps been edited, and stay.
 */
export async function writeSandboxProject(folder: string, urls: Sandbox["urls"]): Promise<void> {
  const template = await readFile(join(import.meta.dirname, "syncctl.yaml"), "utf8");
  const text = template
    .replace("WFP_URL", urls["workforce-planning"])
    .replace("PROCORE_URL", urls.procore);
  const mappings = await shippedMappings();
  const there = await filesInTheWay(folder, mappings);
  const missing = mappings.filter(({ path }) => !there.includes(path));
  await writeFiles(folder, [{ path: "syncctl.yaml", text }, ...missing]);
}
