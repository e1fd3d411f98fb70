import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Clock } from "../../engine/connector/connector.ts";
import { memoryState } from "../../engine/state/memory-state.ts";
import type { ServiceStore } from "../../engine/state/service-store.ts";
import type { ServiceSettings, WorkspaceSource } from "../../server/settings/settings.ts";
import { openWorkspaces, type WorkspacesOptions } from "../../server/workspaces/open-workspaces.ts";
import type { Workspaces } from "../../server/workspaces/workspace.ts";
import { configConnectors } from "./config-connectors.ts";

/* Folders of companies as an operator lays them out, and the service's look at them. */

export type Files = Readonly<Record<string, string>>;

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "syncctl-companies-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function writeFiles(folder: string, files: Files): Promise<void> {
  await Promise.all(
    Object.entries(files).map(async ([path, text]) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }),
  );
}

export const projectText = (keys = ""): string => `version: 1
${keys}
connections:
  wfp:
    connector: workforce-planning
    companyId: "1001"
    auth: { clientId: office, clientSecret: "\${WFP_SECRET}" }
  procore:
    connector: procore
    companyId: "4242"
    auth: { clientId: site, clientSecret: "\${PROCORE_SECRET:-hush}" }
mappings: [mappings/*.yaml]
`;

export const mappingText = (name = "people"): string => `mapping: ${name}
sources:
  wfp: { connection: wfp, stream: people }
  users: { connection: procore, stream: users }
systemOfRecord: wfp
vars: { who: everyone }
rules:
  users:
    direction: wfp -> users
    when: is_user or $vars.who = 'nobody'
    match: [{ email_address: email }]
    fields:
      first_name: first_name
      last_name: last_name
      email_address: email
      is_active: status = 'active'
    retire: { is_active: false }
    on: { left: retire, gone: retire }
`;

/** The files of one company. `keys`: more lines of its syncctl.yaml. */
export function company(keys = ""): Files {
  return {
    "syncctl.yaml": projectText(keys),
    "mappings/people.yaml": mappingText(),
    ".env": "WFP_SECRET=own-secret\n",
  };
}

/** Files under a folder. */
export function under(folder: string, files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]),
  );
}

export function settingsFor(directory: string, workspaces: WorkspaceSource): ServiceSettings {
  return {
    directory,
    listen: { host: "127.0.0.1", port: 0 },
    state: join(directory, ".syncctl/state"),
    workspaces,
    runs: { concurrency: 1, perWorkspace: 1, jitterSeconds: 0 },
    retention: { runsDays: 1, plansDays: 1 },
    notify: [],
    sessions: { hours: 1 },
    secrets: [],
  };
}

/** Nothing happens by itself: `tick` ends the waits that are under way. */
interface ManualClock extends Clock {
  tick(): void;
}

function manualClock(): ManualClock {
  let [now, waiting] = [Date.parse("2026-03-02T08:00:00Z"), [] as (() => void)[]];
  return {
    now: () => {
      now += 1_000;
      return new Date(now);
    },
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        waiting.push(resolve);
        signal?.addEventListener("abort", () => resolve(), { once: true });
      }),
    tick() {
      const done = waiting;
      waiting = [];
      for (const end of done) end();
    },
  };
}

export interface Opened {
  readonly workspaces: Workspaces;
  readonly service: ServiceStore;
  readonly clock: ManualClock;
  /** Names that listeners were told, since this was asked last. */
  told(): readonly string[];
}

export async function openCompanies(
  settings: ServiceSettings,
  more: Partial<Pick<WorkspacesOptions, "env" | "service" | "exec" | "report">> = {},
): Promise<Opened> {
  const clock = manualClock();
  const service = memoryState(clock).service;
  const options = { settings, service, connectors: configConnectors, env: {}, clock, ...more };
  const workspaces = await openWorkspaces(options);
  onTestFinished(() => workspaces.close());
  let names: string[] = [];
  workspaces.onChange((name) => names.push(name));
  return {
    workspaces,
    service,
    clock,
    told() {
      const before = names.toSorted();
      names = [];
      return before;
    },
  };
}
