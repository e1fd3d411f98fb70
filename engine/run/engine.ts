import type { ApplyResult } from "../apply/outcome.ts";
import type { Project } from "../config/project.ts";
import type { CheckResult, Clock, ConnectorDefinition, GetResult } from "../connector/connector.ts";
import type { PlanInput } from "../plan/input.ts";
import type { Plan } from "../plan/plan.ts";
import type { StateStore } from "../state/store.ts";
import type { RecordAddress } from "../value/address.ts";
import type { Accounts } from "./bind.ts";
import type { EngineEvent } from "./events.ts";

/** What the engine gets from outside. It reads no clock, no environment and no random number of its own. */
export interface EngineDeps {
  readonly connectors: readonly ConnectorDefinition[];
  readonly store: StateStore;
  readonly clock: Clock;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** A new unique id, for runs. */
  readonly newId: () => string;
  /** How long the right to write outlives a process that died, milliseconds. Default: one minute. */
  readonly leaseMs?: number;
  readonly observe: (event: EngineEvent) => void;
  /** Version of syncctl, for the header of plans. */
  readonly version: string;
}

export interface PlanOptions {
  readonly purpose: "sync" | "link";
  /** Names of mappings; all when absent. */
  readonly mappings?: readonly string[];
  /** Guards that this plan may run into, as `--allow` takes them. */
  readonly allow: readonly string[];
  /** `--only` and `--exclude`: see `engine/plan/select.ts` for the forms. */
  readonly only: readonly string[];
  readonly exclude: readonly string[];
  readonly signal: AbortSignal;
}

export interface ApplyOptions {
  /** `cli`, `schedule`, or the name of a person. */
  readonly startedBy: string;
  /** Id of the service's request that the run is for. */
  readonly request?: string;
  readonly signal: AbortSignal;
}

export interface ConnectionCheck {
  readonly connection: string;
  readonly connector: string;
  readonly account: string;
  readonly results: readonly CheckResult[];
}

/** A project with its connections and its state, open. */
export interface Engine {
  readonly project: Project;
  readonly store: StateStore;
  /** The account behind each connection, by its name. */
  readonly accounts: Accounts;
  /** Does every read that a plan needs. For views that tell more than a plan does. */
  gather(options: PlanOptions): Promise<PlanInput>;
  /** Looks whether a record is there. Streams that cannot be asked for one record are read until it comes. */
  find(address: RecordAddress, signal: AbortSignal): Promise<GetResult>;
  /** Reads everything and decides; writes nothing anywhere. */
  plan(options: PlanOptions): Promise<Plan>;
  /** Carries out a plan, one recorded step at a time. */
  apply(plan: Plan, options: ApplyOptions): Promise<ApplyResult>;
  /** Asks every connection, or the one that is named, whether it works. */
  check(connection: string | undefined, signal: AbortSignal): Promise<readonly ConnectionCheck[]>;
  /** Closes the connections, not the store. */
  close(): Promise<void>;
}
