import type { Project } from "../../engine/config/project.ts";
import type { Clock } from "../../engine/connector/connector.ts";
import type { Engine } from "../../engine/run/engine.ts";
import type { EngineEvent } from "../../engine/run/events.ts";
import type { NewRequest, RunRequest } from "../../engine/state/service-store.ts";
import type { State } from "../../engine/state/state.ts";
import type { Log } from "../log/log.ts";
import type { RequestChanges } from "../queue/request-changes.ts";
import type { Readiness } from "../service.ts";
import type { Workspace, Workspaces } from "../workspaces/workspace.ts";

/** A workspace whose configuration has been right at least once. */
export interface OpenWorkspace extends Workspace {
  readonly project: Project;
}

/** The wish that a mapping be run. */
type Wish = Pick<
  NewRequest,
  "workspace" | "mapping" | "purpose" | "allow" | "trigger" | "requestedBy"
>;

/** One thing that must be in order before the service can work. It may throw. */
export interface ReadinessCheck {
  readonly what: string;
  check(): Promise<Omit<Readiness["checks"][number], "what">>;
}

/** What the service is made of. It reads no clock, no environment and no random number of its own. */
export interface ServiceDeps {
  readonly state: State;
  readonly workspaces: Workspaces;
  /** Stores the wish and queues it, or finds the one that is queued already. */
  readonly ask: (wish: Wish) => Promise<{ readonly request: RunRequest; readonly isNew: boolean }>;
  /** Puts a request that is queued, by its status, into the queue. */
  readonly enqueue: (request: RunRequest) => Promise<void>;
  readonly changes: RequestChanges;
  readonly openEngine: (workspace: OpenWorkspace, observe: (event: EngineEvent) => void) => Engine;
  /** When the schedule starts the mapping next. */
  readonly nextRunAt: (
    workspace: string,
    mapping: string,
  ) => Date | undefined | Promise<Date | undefined>;
  readonly clock: Clock;
  /** A new unique id. */
  readonly newId: () => string;
  /** Bytes that nobody can guess. */
  readonly secretBytes: (length: number) => Uint8Array;
  readonly readinessChecks: readonly ReadinessCheck[];
  readonly log: Pick<Log, "warn" | "info">;
  readonly timing?: Partial<ServiceTiming>;
}

/** How long somebody who asks is kept waiting at most, milliseconds. */
export interface ServiceTiming {
  /** For the check of all connections of a workspace. */
  readonly checkMs: number;
  /** For records that are read now. */
  readonly recordsMs: number;
  /** For an explanation, which reads everything that a plan reads. */
  readonly explainMs: number;
  /** For one of the checks of readiness. */
  readonly readinessMs: number;
}

const timingDefaults: ServiceTiming = {
  checkMs: 60_000,
  recordsMs: 30_000,
  explainMs: 300_000,
  readinessMs: 5_000,
};

export function timingOf({ timing }: Pick<ServiceDeps, "timing">): ServiceTiming {
  return { ...timingDefaults, ...timing };
}
