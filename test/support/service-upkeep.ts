import type { Project } from "../../engine/config/project.ts";
import type { Clock } from "../../engine/connector/connector.ts";
import { defaultLimits, type Mapping } from "../../engine/mapping/mapping.ts";
import { type Log, type LogLevel, openLog } from "../../server/log/log.ts";
import type { Workspace, Workspaces } from "../../server/workspaces/workspace.ts";

/* The smallest workspaces, clock and log that what the service does by itself can work with. */

/** Stands still. Whoever sleeps wakes when the test says so, or is told to stop. */
export interface StillClock extends Clock {
  set(time: string | Date): void;
  /** How many sleep now. */
  readonly sleepers: () => number;
  /** Wakes everybody who sleeps. */
  wake(): void;
}

export function stillClock(start: string): StillClock {
  let now = new Date(start);
  const sleeping = new Set<() => void>();
  return {
    now: () => new Date(now),
    set: (time) => {
      now = new Date(time);
    },
    sleepers: () => sleeping.size,
    wake: () => {
      for (const done of [...sleeping]) done();
    },
    sleep: (_milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const done = () => {
          sleeping.delete(done);
          signal?.removeEventListener("abort", done);
          resolve();
        };
        sleeping.add(done);
        signal?.addEventListener("abort", done);
      }),
  };
}

export function mappingOf(name: string, schedule?: string): Mapping {
  return {
    name,
    description: "",
    file: `mappings/${name}.yaml`,
    digest: `digest of ${name}`,
    sources: [],
    systemOfRecord: "office",
    ...(schedule !== undefined && { schedule }),
    policy: "automatic",
    vars: {},
    varsInFile: {},
    rules: [],
    limits: defaultLimits,
    decisions: [],
  };
}

export function projectOf(
  mappings: readonly Mapping[],
  more: Partial<Pick<Project, "timezone" | "quiet">> = {},
): Project {
  return {
    directory: "/nowhere",
    connections: [],
    mappings,
    links: { patterns: [], files: [] },
    state: "state",
    phoneCountry: "US",
    workspace: "",
    timezone: "UTC",
    quiet: [],
    digest: "digest",
    secrets: [],
    warnings: [],
    ...more,
  };
}

/** Null: there has been no right configuration yet. */
export function workspacesOf(projects: Readonly<Record<string, Project | null>>): Workspaces {
  const all = Object.entries(projects).map(
    ([name, project]): Workspace => ({
      name,
      title: name,
      folder: `/nowhere/${name}`,
      project,
      loadedAt: new Date(0),
      broken: [],
      isWritable: true,
    }),
  );
  return {
    all: () => all,
    get: (name) => all.find((one) => one.name === name),
    refresh: async () => {},
    onChange: () => () => {},
    close: async () => {},
  };
}

export interface KeptLog {
  readonly log: Log;
  /** Every line so far, taken apart. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly text: () => string;
}

export function keptLog(clock: Clock, level: LogLevel = "info"): KeptLog {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const texts: string[] = [];
  const log = openLog({
    level,
    clock,
    write: (line) => {
      texts.push(line);
      lines.push(JSON.parse(line));
    },
  });
  return { log, lines, text: () => texts.join("") };
}
