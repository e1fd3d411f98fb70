import type { Code } from "../engine/codes.ts";
import type { Diagnostic } from "../engine/config/diagnostic.ts";
import type { Candidate, GuardResult, Held } from "../engine/plan/plan.ts";
import type { ConnectionCheck } from "../engine/run/engine.ts";
import type {
  RequestStatus,
  Role,
  RunRequest,
  StoredPlan,
  Token,
} from "../engine/state/service-store.ts";
import type { RunEntry, RunSummary } from "../engine/state/store.ts";
import type { RecordAddress } from "../engine/value/address.ts";
import type { Fields, Value } from "../engine/value/value.ts";

/*
 * What the service can do, as routes and the dashboard ask for it: one object, so that the same rules hold for all of
 * them. Expected trouble is a value with a stable code; a bug is an exception. A workspace that an actor may not see is
 * answered as one that is not there.
 */

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: ServiceTrouble };

export interface ServiceTrouble {
  readonly code: Code;
  readonly message: string;
  /** 403 not allowed, 404 not there, 409 the state of things does not allow it, 422 bad values, 503 later. */
  readonly status: 403 | 404 | 409 | 422 | 503;
}

/** Who asks. */
export interface Actor {
  readonly name: string;
  readonly role: Role;
  /** Absent: all. */
  readonly workspaces?: readonly string[];
}

export interface MappingKey {
  readonly workspace: string;
  readonly mapping: string;
}

export interface VariableView {
  readonly name: string;
  /** What counts now. */
  readonly value: Value;
  /** What the file says. */
  readonly fromGit: Value;
  /** Somebody has set it by hand. */
  readonly override?: { readonly by: string; readonly at: Date };
}

export interface MappingView {
  readonly name: string;
  readonly description: string;
  readonly file: string;
  /** `from` and `to` as `connection/stream`. */
  readonly rules: readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string;
    readonly role: "authoritative" | "feedback" | "dormant";
  }[];
  /** The connection of the system of record. */
  readonly systemOfRecord: string;
  readonly goesThrough: readonly string[];
  /** Cron text, hourly if the file says nothing; absent where the file says `never`. */
  readonly schedule?: string;
  readonly autosync: {
    readonly isOn: boolean;
    /** It was switched by hand. */
    readonly by?: string;
    readonly at?: Date;
    /** On, but nothing starts by itself yet: the mapping has never been run, and the first run is a person's. */
    readonly awaitsFirstRun: boolean;
  };
  readonly policy: "automatic" | "approve";
  readonly variables: readonly VariableView[];
  readonly nextRunAt?: Date;
  /** The newest one that has ended. */
  readonly last?: RunRequest;
  /** The one that is queued, planning or applying. */
  readonly current?: RunRequest;
  /** The one whose plan waits for a person. */
  readonly waiting?: RunRequest;
  /** Held records by the newest plan. */
  readonly held: number;
}

export interface WorkspaceView {
  readonly name: string;
  readonly title: string;
  readonly configuration: {
    /** Absent when no configuration has been right yet. */
    readonly digest?: string;
    readonly commit?: string;
    readonly loadedAt: Date;
    /** What is wrong with the newest files; the last good configuration goes on. */
    readonly broken: readonly Diagnostic[];
    /** Whether decisions can be written into its links files. */
    readonly isWritable: boolean;
  };
  readonly connections: readonly {
    readonly name: string;
    readonly connector: string;
    readonly account: string;
  }[];
  readonly mappings: readonly MappingView[];
}

export interface RunView {
  readonly request: RunRequest;
  /** The engine's runs of the request, newest last. */
  readonly runs: readonly RunSummary[];
  /** Guards that stand against its plan. */
  readonly guards: readonly GuardResult[];
  /** Present when there is a plan. */
  readonly plan?: Pick<StoredPlan, "status" | "decidedBy" | "decidedAt" | "approved">;
}

export interface RunFilter {
  readonly workspace?: string;
  readonly mapping?: string;
  readonly statuses?: readonly RequestStatus[];
  /** Id of the last request of the page before. */
  readonly before?: string;
  readonly limit: number;
}

export interface EntryPage {
  /** Position in the log, counted over all runs of the request. */
  readonly from: number;
  readonly limit: number;
  readonly statuses?: readonly RunEntry["status"][];
  /** Looks into labels, addresses, reasons and codes; capitals do not matter. */
  readonly search?: string;
}

/** An entry of the log with its position, and the run that it belongs to. */
export interface EntryView extends RunEntry {
  readonly position: number;
  readonly runId: string;
}

export interface HeldView extends Held {
  readonly requestId: string;
  readonly planId: string;
  readonly plannedAt: Date;
  /** What a person has decided since, if anything. */
  readonly decided?: HeldDecision["kind"];
}

export type HeldDecision =
  /** Both are one: `target` as `connection/stream/id`. */
  | { readonly kind: "link"; readonly target: string }
  /** They are not the same. */
  | { readonly kind: "apart"; readonly target: string }
  /** The record shall be left alone. */
  | { readonly kind: "ignore" };

export interface DecisionResult {
  /** Counted from the folder of the workspace. */
  readonly file: string;
  /** What is to stand there. */
  readonly lines: string;
  /** False where the workspace cannot be written: the lines are to be committed by a person. */
  readonly isWritten: boolean;
}

/** One record as it is read now, with what the log remembers of it. */
export interface RecordView {
  readonly address: RecordAddress;
  /** Absent when it is not there, or could not be read. */
  readonly fields?: Fields;
  readonly problem?: string;
}

export interface HistoryEntry extends RunEntry {
  readonly runId: string;
  readonly at: Date;
}

export type ExplainView =
  /** As `syncctl explain` tells it. */
  | { readonly kind: "explained"; readonly text: string; readonly address: RecordAddress }
  | { readonly kind: "several"; readonly hits: readonly Pick<Candidate, "address" | "label">[] };

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly workspaces?: readonly string[];
  readonly expiresAt?: Date;
}

export interface Readiness {
  readonly isReady: boolean;
  readonly checks: readonly {
    readonly what: string;
    readonly isOk: boolean;
    readonly message: string;
  }[];
}

export interface Service {
  /** Those that the actor may see. */
  workspaces(actor: Actor): Promise<readonly WorkspaceView[]>;
  workspace(actor: Actor, name: string): Promise<Answer<WorkspaceView>>;

  /** Operators. Answers with the request that is queued already, if one is. A run with `allow` stops at its plan. */
  startRun(
    actor: Actor,
    what: MappingKey & {
      readonly purpose: "sync" | "link";
      readonly allow: readonly string[];
      readonly trigger: "manual" | "api";
    },
  ): Promise<Answer<RunRequest>>;
  /** Operators. What is queued or waits ends at once, what is under way between two records. */
  cancelRun(actor: Actor, requestId: string): Promise<Answer<RunRequest>>;
  runs(
    actor: Actor,
    filter: RunFilter,
  ): Promise<Answer<{ readonly runs: readonly RunRequest[]; readonly next?: string }>>;
  run(actor: Actor, requestId: string): Promise<Answer<RunView>>;
  entries(
    actor: Actor,
    requestId: string,
    page: EntryPage,
  ): Promise<Answer<{ readonly entries: readonly EntryView[]; readonly next?: number }>>;
  /** The log for a file, in pieces. */
  log(
    actor: Actor,
    requestId: string,
    format: "txt" | "csv" | "ndjson",
  ): Promise<Answer<AsyncIterable<string>>>;

  /** The plan of a request, whole. */
  plan(actor: Actor, requestId: string): Promise<Answer<StoredPlan>>;
  /**
   * Operators. `changes`: ids of those that are approved, with what they wait for; absent: all of them. Every guard that
   * stands against the plan must be named in `allow`. What is approved is applied exactly.
   */
  approve(
    actor: Actor,
    requestId: string,
    what: { readonly changes?: readonly string[]; readonly allow: readonly string[] },
  ): Promise<Answer<RunRequest>>;
  reject(actor: Actor, requestId: string): Promise<Answer<RunRequest>>;

  /** Held records by the newest plan of each mapping. */
  held(actor: Actor, workspace: string, mapping?: string): Promise<Answer<readonly HeldView[]>>;
  /** Operators: a person's decision about a held record. `source` as `connection/stream/id`. */
  decide(
    actor: Actor,
    about: MappingKey & { readonly rule: string; readonly source: string; readonly why: string },
    decision: HeldDecision,
  ): Promise<Answer<DecisionResult>>;

  /** Operators. */
  setAutosync(actor: Actor, at: MappingKey, isOn: boolean): Promise<Answer<MappingView>>;
  /** Operators. `value` undefined: as git says. */
  setVariable(
    actor: Actor,
    at: MappingKey & { readonly variable: string },
    value: Value | undefined,
  ): Promise<Answer<MappingView>>;

  /** Operators: it calls the systems. */
  checkConnections(actor: Actor, workspace: string): Promise<Answer<readonly ConnectionCheck[]>>;
  /** As they are read now. Addresses as `connection/stream/id`, at most `recordsMax`. */
  records(
    actor: Actor,
    workspace: string,
    addresses: readonly string[],
  ): Promise<Answer<readonly RecordView[]>>;
  /** What runs did to one record, newest first. */
  history(
    actor: Actor,
    workspace: string,
    address: string,
  ): Promise<Answer<readonly HistoryEntry[]>>;
  explain(actor: Actor, at: MappingKey, record: string): Promise<Answer<ExplainView>>;

  /** Admins. The text of a token is told once. */
  createToken(
    actor: Actor,
    token: NewToken,
  ): Promise<Answer<{ readonly token: Token; readonly text: string }>>;
  tokens(actor: Actor): Promise<Answer<readonly Token[]>>;
  revokeToken(actor: Actor, id: string): Promise<Answer<Token>>;

  readiness(): Promise<Readiness>;
  /** Calls back when anything of a request that the actor may see has changed, in this process or another one. */
  watch(
    actor: Actor,
    listener: (change: { readonly requestId: string; readonly workspace: string }) => void,
  ): () => void;
}

/** Records that are read in one question of the dashboard: a held one and its candidates. */
export const recordsMax = 12;
