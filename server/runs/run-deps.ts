import type { Project } from "../../engine/config/project.ts";
import type { Clock, ConnectorDefinition } from "../../engine/connector/connector.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { EngineEvent } from "../../engine/run/events.ts";
import type { RunRequest } from "../../engine/state/service-store.ts";
import type { State } from "../../engine/state/state.ts";
import type { Log } from "../log/log.ts";
import type { RequestChanges } from "../queue/request-changes.ts";
import type { Workspaces } from "../workspaces/workspace.ts";

/** What carrying out requests needs from outside. */
export interface RunDeps {
  readonly state: State;
  readonly workspaces: Workspaces;
  readonly connectors: readonly ConnectorDefinition[];
  readonly changes: RequestChanges;
  readonly clock: Clock;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** A new unique id, for runs of the engine and for attempts. */
  readonly newId: () => string;
  /** Version of syncctl, for the header of plans. */
  readonly version: string;
  /** Unlike that of any other process. */
  readonly processName: string;
  readonly log: Pick<Log, "debug" | "info" | "warn" | "error">;
  /** After a request has come to an end that people may have to know, or to a plan that waits for a person. */
  readonly onSettled: (request: RunRequest, plan: Plan | undefined) => Promise<void>;
  /** What runs report while they go on, for metrics. */
  readonly onEvent?: (workspace: string, event: EngineEvent, project: Project) => void;
  readonly timing?: Partial<RunTiming>;
}

export interface RunTiming {
  /**
   * How long the right to write outlives a process that died, milliseconds. Longer lets a process think for longer
   * without losing it; no longer than the queue takes to notice a dead process, and nobody has to wait for it.
   */
  readonly leaseMs: number;
  /** How long a request waits for another run of its mapping before it is tried again, milliseconds. */
  readonly busyMs: number;
  /** Between two looks at what people have asked, where nobody has told of anything, milliseconds. */
  readonly checkMs: number;
  /** Between two reports of progress, milliseconds. */
  readonly progressMs: number;
}

const timingDefaults: RunTiming = {
  leaseMs: 15_000,
  busyMs: 5_000,
  checkMs: 3_000,
  progressMs: 1_000,
};

export function timingOf({ timing }: Pick<RunDeps, "timing">): RunTiming {
  return { ...timingDefaults, ...timing };
}
