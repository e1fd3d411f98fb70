import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { startProcoreSimulator } from "../../connectors/procore/simulator/simulator.ts";
import { connectors } from "../../connectors/registry.ts";
import type { SmartbarrelSimulator } from "../../connectors/smartbarrel/simulator/simulator.ts";
import { startWorkforcePlanningSimulator } from "../../connectors/workforce-planning/simulator/simulator.ts";
import type { ApplyResult } from "../../engine/apply/outcome.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import type { Change, Held, Plan } from "../../engine/plan/plan.ts";
import { systemClock } from "../../engine/run/clock.ts";
import type { Engine, PlanOptions } from "../../engine/run/engine.ts";
import type { EngineEvent } from "../../engine/run/events.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import { type Directory, directoryOf } from "./directory.ts";
import {
  type SmartbarrelPart,
  smartbarrelConnection,
  smartbarrelEnv,
  startSmartbarrel,
} from "./smartbarrel-company.ts";

/*
 * A small company in two systems, or in all three, shipped mappings between them, and real HTTP on loopback. A scenario
 * says what the world is, lets syncctl run, and looks at the world again.
 */

export interface CompanyOptions {
  /** Data of the Workforce Planning simulator. */
  readonly wfp?: Record<string, unknown>;
  /** Data of the Procore simulator. */
  readonly procore?: Record<string, unknown>;
  /** Data of the SmartBarrel simulator. Without it, the company has no SmartBarrel. */
  readonly smartbarrel?: Record<string, unknown>;
  /** Shipped mappings of the project; `vars` and `edits` are for the first. Default: people. */
  readonly mappings?: readonly ShippedMapping[];
  /** More variables of the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Text of `links/<mapping>.yaml`, by mapping. */
  readonly links?: Readonly<Partial<Record<ShippedMapping, string>>>;
  /** Replaces `vars` of the shipped mapping. */
  readonly vars?: Record<string, unknown>;
  /** Edits the parsed mapping: path and value, as `yaml`'s setIn takes them. */
  readonly edits?: readonly (readonly [path: readonly (string | number)[], value: unknown])[];
  /** More keys of the procore connection. */
  readonly connection?: Record<string, unknown>;
  /** More keys of the wfp connection. */
  readonly wfpConnection?: Record<string, unknown>;
  /** More keys of the smartbarrel connection. */
  readonly smartbarrelConnection?: Record<string, unknown>;
  /** How long lists lag behind writes in the Procore simulator, and what the connection says of it. */
  readonly lagMs?: number;
  readonly readLagSeconds?: number;
  readonly store?: StateStore;
  readonly simulatorOptions?: { readonly tokenLifeSeconds?: number };
  /** Which instant Workforce Planning keeps for a date of a project. */
  readonly projectDays?: "zone" | "utc";
}

type ShippedMapping =
  | "people"
  | "projects"
  | "workers"
  | "positions"
  | "worker-contacts"
  | "timesheets";

export const standardTemplate = "Workforce Planning Standard";

const procoreDefaults = {
  companies: [{ id: 4242, name: "Northridge Builders" }],
  permissionTemplates: [
    { name: standardTemplate, type: "company_tools" },
    { name: "Company Admin", type: "company_tools" },
  ],
};

type Wfp = Awaited<ReturnType<typeof startWorkforcePlanningSimulator>>;
type Procore = Awaited<ReturnType<typeof startProcoreSimulator>>;

export interface Company {
  readonly wfp: Wfp;
  readonly procore: Procore;
  /** Of a company that has SmartBarrel. */
  readonly smartbarrel: SmartbarrelSimulator;
  /** The Procore directory. */
  readonly directory: Directory;
  /** The folder of the project. */
  readonly folder: string;
  readonly engine: Engine;
  readonly store: StateStore;
  readonly events: readonly EngineEvent[];
  plan(options?: Partial<PlanOptions>): Promise<Plan>;
  apply(plan: Plan): Promise<ApplyResult>;
  /** Plans and applies; throws when the plan is refused. */
  sync(
    options?: Partial<PlanOptions>,
  ): Promise<{ readonly plan: Plan; readonly result: ApplyResult }>;
  /** The linking run. */
  link(): Promise<{ readonly plan: Plan; readonly result: ApplyResult }>;
  /** Edits the first mapping file and opens the project anew with the same state. */
  edit(edits: NonNullable<CompanyOptions["edits"]>): Promise<void>;
  /** Opens the project anew, with other variables of the environment, another links file, or another state. */
  reopen(changes?: {
    readonly env?: Readonly<Record<string, string>>;
    readonly links?: CompanyOptions["links"];
    readonly store?: StateStore;
  }): Promise<void>;
  close(): Promise<void>;
}

export async function openCompany(options: CompanyOptions = {}): Promise<Company> {
  const wfp = await startWorkforcePlanningSimulator({
    data: options.wfp ?? {},
    ...(options.projectDays === undefined ? {} : { projectDays: options.projectDays }),
  });
  const procore = await startProcoreSimulator({
    data: { ...procoreDefaults, ...options.procore },
    ...(options.lagMs === undefined ? {} : { readLagMs: options.lagMs }),
    ...options.simulatorOptions,
  });
  const smartbarrel = options.smartbarrel ? await startSmartbarrel(options.smartbarrel) : null;
  const folder = await mkdtemp(join(tmpdir(), "syncctl-company-"));
  await writeProject(folder, { wfp: wfp.url, procore: procore.url, smartbarrel }, options);
  const events: EngineEvent[] = [];
  let store = options.store ?? memoryStore(systemClock);
  let env = options.env ?? {};
  const [edited = "people"] = options.mappings ?? [];
  let engine = await openProject(folder, env, store, events);
  const signal = new AbortController().signal;
  const defaults: PlanOptions = { purpose: "sync", allow: [], only: [], exclude: [], signal };

  const company: Company = {
    wfp,
    procore,
    get smartbarrel() {
      if (!smartbarrel) throw new Error("This company has no SmartBarrel.");
      return smartbarrel;
    },
    directory: directoryOf(procore),
    folder,
    get engine() {
      return engine;
    },
    get store() {
      return store;
    },
    events,
    plan: (more) => engine.plan({ ...defaults, ...more }),
    apply: (plan) => engine.apply(plan, { startedBy: "test", signal }),
    async sync(more) {
      const plan = await company.plan(more);
      const unread = plan.readings.find((reading) => !reading.ended);
      if (unread) throw new Error(unread.problem);
      const result = await company.apply(plan);
      if (result.status === "refused") throw new Error(result.refusal?.message ?? "refused");
      return { plan, result };
    },
    link: () => company.sync({ purpose: "link" }),
    async edit(edits) {
      await engine.close();
      await editMapping(folder, edited, edits);
      engine = await openProject(folder, env, store, events);
    },
    async reopen(changes = {}) {
      await engine.close();
      env = changes.env ?? env;
      store = changes.store ?? store;
      await writeLinks(folder, changes.links ?? {});
      engine = await openProject(folder, env, store, events);
    },
    async close() {
      await engine.close();
      await Promise.all([wfp.close(), procore.close(), smartbarrel?.close(), store.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
  return company;
}

async function writeProject(
  directory: string,
  urls: {
    readonly wfp: string;
    readonly procore: string;
    readonly smartbarrel: SmartbarrelPart | null;
  },
  options: CompanyOptions,
): Promise<void> {
  await mkdir(join(directory, "mappings"));
  const configuration = {
    version: 1,
    connections: {
      wfp: {
        connector: "workforce-planning",
        companyId: "0b6a5c0e-9f7e-4a51-9d57-2f0c9b7a1e10",
        baseUrl: urls.wfp,
        readLagSeconds: 0,
        auth: {
          clientId: "wfp-app",
          clientSecret: "${WFP_CLIENT_SECRET}",
          email: "integrations@northridge.example",
        },
        ...options.wfpConnection,
      },
      procore: {
        connector: "procore",
        companyId: "4242",
        baseUrl: urls.procore,
        readLagSeconds: options.readLagSeconds ?? 0,
        auth: { clientId: "procore-app", clientSecret: "${PROCORE_CLIENT_SECRET}" },
        ...options.connection,
      },
      ...(urls.smartbarrel && {
        smartbarrel: {
          ...smartbarrelConnection(urls.smartbarrel),
          ...options.smartbarrelConnection,
        },
      }),
    },
    mappings: ["mappings/*.yaml"],
  };
  await writeFile(join(directory, "syncctl.yaml"), JSON.stringify(configuration, null, 2));
  const mappings = options.mappings ?? ["people"];
  for (const name of mappings) {
    const shipped = new URL(`../../mappings/${name}.yaml`, import.meta.url);
    await writeFile(join(directory, "mappings", `${name}.yaml`), await readFile(shipped, "utf8"));
  }
  await writeLinks(directory, options.links ?? {});
  const vars = Object.entries(options.vars ?? {}).map(
    ([name, value]) => [["vars", name], value] as const,
  );
  const [edited = "people"] = mappings;
  await editMapping(directory, edited, [...vars, ...(options.edits ?? [])]);
}

async function writeLinks(
  directory: string,
  links: NonNullable<CompanyOptions["links"]>,
): Promise<void> {
  await mkdir(join(directory, "links"), { recursive: true });
  for (const [name, text] of Object.entries(links)) {
    await writeFile(join(directory, "links", `${name}.yaml`), text);
  }
}

async function editMapping(
  directory: string,
  mapping: ShippedMapping,
  edits: NonNullable<CompanyOptions["edits"]>,
): Promise<void> {
  if (edits.length === 0) return;
  const file = join(directory, "mappings", `${mapping}.yaml`);
  const document = parseDocument(await readFile(file, "utf8"));
  for (const [path, value] of edits) document.setIn(path, value);
  await writeFile(file, String(document));
}

async function openProject(
  directory: string,
  more: Readonly<Record<string, string>>,
  store: StateStore,
  events: EngineEvent[],
): Promise<Engine> {
  const secrets = {
    WFP_CLIENT_SECRET: "wfp-app-secret",
    PROCORE_CLIENT_SECRET: "procore-app-secret",
    ...smartbarrelEnv,
  };
  const env = { ...secrets, ...more };
  const loaded = await loadProject({ directory, env, connectors });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 2));
  return openEngine(loaded.project, {
    connectors,
    store,
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    observe: (event) => events.push(event),
    version: "0.0.0-test",
  });
}

/** "create users Ilse Brandvold": one line a change, for assertions a person can read. */
export function changeLines(plan: Plan): readonly string[] {
  return plan.changes.map((change: Change) => `${change.kind} ${change.rule} ${change.label}`);
}

export function heldLines(plan: Plan): readonly string[] {
  return plan.held.map((held: Held) => `${held.code} ${held.rule} ${held.label}`);
}

export function passedOverLines(plan: Plan): readonly string[] {
  return plan.passedOver.flatMap((group) =>
    group.records.map(({ label }) => `${group.code} ${group.rule ?? "-"} ${label}`),
  );
}
