import type { OutcomeStatus } from "../apply/outcome.ts";
import type { Code } from "../codes.ts";
import type { ChangeKind, FieldChange } from "../plan/plan.ts";
import type { RecordAddress, StreamRef } from "../value/address.ts";
import type { Fields } from "../value/value.ts";
import type { Binding, BindingConflict } from "./binding.ts";

/*
 * What syncctl remembers between runs. One contract, three homes: memory, an embedded PGlite folder, PostgreSQL. What
 * it promises is proved for all three by `test/conformance/store-suite.ts`. Every member that writes is one
 * transaction: all of it is stored or nothing. Times come from the caller; the store reads no clock, except that lease
 * expiry is judged by the database's clock where several machines share one.
 *
 * A store is that of one workspace, and knows nothing of others in the same home; `engine/state/state.ts` opens them.
 */

/**
 * The durable fact that two records are one thing. A source record has at most one link by a rule, and within a
 * mapping a target record has at most one link.
 */
export interface Link {
  readonly mapping: string;
  readonly rule: string;
  readonly source: RecordAddress;
  readonly target: RecordAddress;
  /** `matched`: by key. `created`: by us. `manual`: a person said so. */
  readonly origin: "matched" | "created" | "manual";
  /** The last value that both sides agreed on, for every field that the rule owns. */
  readonly baseline: Fields;
  /** Digest of the rule when they agreed. */
  readonly ruleDigest: string;
  /** When we last wrote to the target; 1970 if never. A reading that began soon after may not show it yet. */
  readonly writtenAt: Date;
}

/** Written before a call that changes the world, closed by its outcome. An open intent is a question. */
export interface Intent {
  readonly changeId: string;
  readonly runId: string;
  readonly kind: ChangeKind;
  readonly mapping: string;
  readonly rule: string;
  readonly source: RecordAddress;
  /** Absent for a create. */
  readonly target?: RecordAddress;
  /** The target's stream. */
  readonly stream: StreamRef;
  /** What is sent. */
  readonly fields: Fields;
  readonly at: Date;
}

/** How many records the last complete reading of a stream had, and when it began. */
export interface PastReading extends StreamRef {
  readonly records: number;
  readonly at: Date;
}

export interface MappingState {
  readonly links: readonly Link[];
  readonly intents: readonly Intent[];
}

/** What the end of a change does to the state. */
export interface Settlement {
  readonly changeId: string;
  /** Stays open when the change is in doubt. */
  readonly closeIntent: boolean;
  /** Stored in place of the link that the source has by that rule. Also closes every open create of that source and rule. */
  readonly link?: Link;
  /** Removed. */
  readonly unlink?: {
    readonly mapping: string;
    readonly rule: string;
    readonly source: RecordAddress;
  };
  readonly entry: RunEntry;
}

/** One line of the row-level log of a run: one record, what became of it, and why. */
export interface RunEntry {
  /** Counts from 0 within a run. */
  readonly sequence: number;
  readonly mapping: string;
  readonly rule: string;
  readonly source: RecordAddress;
  readonly target?: RecordAddress;
  readonly label: string;
  /** The kind of change; `none` for held and passed-over records. */
  readonly action: ChangeKind | "none";
  readonly status: OutcomeStatus | "held" | "passed-over";
  readonly code?: Code;
  /** For people. Empty only when applied. */
  readonly reason: string;
  /** What was written, or would have been. */
  readonly fields: readonly FieldChange[];
}

/** Entries from a number on, so many at most, and of these statuses alone where any are named. */
export interface RunEntryPage {
  readonly from: number;
  readonly limit: number;
  readonly statuses?: readonly RunEntry["status"][];
}

/** An entry with the run that it belongs to. */
export interface PastEntry extends RunEntry {
  readonly runId: string;
  /** When the run began. */
  readonly at: Date;
}

export interface RunStart {
  readonly runId: string;
  readonly planId: string;
  readonly planDigest: string;
  readonly purpose: "sync" | "link";
  readonly mappings: readonly string[];
  readonly configurationDigest: string;
  readonly startedAt: Date;
  /** Who or what started it: `cli`, `schedule`, a user's name. */
  readonly startedBy: string;
  /** Id of the run request of the service that it belongs to. */
  readonly request?: string;
}

export type RunStatus = "running" | "applied" | "partial" | "refused";

export interface RunEnd {
  readonly status: RunStatus;
  readonly finishedAt: Date;
  /** For people: why the run was refused, or what it could not read. */
  readonly note?: string;
}

export interface RunSummary extends RunStart, Partial<RunEnd> {
  readonly status: RunStatus;
  /** Number of entries by status. */
  readonly counts: Readonly<Partial<Record<RunEntry["status"], number>>>;
}

/** The right to write for one mapping, held by one process at a time. The token grows with each new holder. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly token: number;
}

export type LeaseResult =
  | { readonly ok: true; readonly lease: Lease }
  | { readonly ok: false; readonly holder: string; readonly until: Date };

/** Thrown by a write whose lease is no longer held: another process may be writing. The run must stop. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";
}

export interface StateStore {
  /** Links and open intents of a mapping, in one consistent read. */
  load(mapping: string): Promise<MappingState>;
  pastReadings(): Promise<readonly PastReading[]>;
  /** Replaces what is stored for these streams. */
  recordReadings(readings: readonly PastReading[]): Promise<void>;

  /** False, and nothing stored, when a run with this plan id exists: a plan is applied at most once. */
  startRun(run: RunStart): Promise<boolean>;
  /** Entries that are known before anything is tried: held and passed-over records. */
  addEntries(runId: string, entries: readonly RunEntry[]): Promise<void>;
  /** Stores intents. One with the id of an open one takes its place. Throws LeaseLostError. */
  begin(leases: readonly Lease[], intents: readonly Intent[]): Promise<void>;
  /** Stores what came of changes: entry, link and intent in one transaction. Throws LeaseLostError. */
  settle(
    leases: readonly Lease[],
    runId: string,
    settlements: readonly Settlement[],
  ): Promise<void>;
  /** Stores new baselines for existing links; links that are gone are left gone. Throws LeaseLostError. */
  refresh(leases: readonly Lease[], links: readonly Link[]): Promise<void>;
  finishRun(runId: string, end: RunEnd): Promise<void>;

  /** Newest first. */
  runs(limit: number): Promise<readonly RunSummary[]>;
  run(runId: string): Promise<RunSummary | null>;
  /** In sequence. */
  entries(runId: string, page: RunEntryPage): Promise<readonly RunEntry[]>;

  /** What runs did to one record, as source or as target: newest first, at most `limit`. */
  history(record: RecordAddress, limit: number): Promise<readonly PastEntry[]>;

  /** A person's decision. Replaces the source's link by that rule and closes its open creates. False when the target is linked to another source. */
  addLink(link: Link): Promise<boolean>;
  /**
   * Many at once, as one after the other in their order; gives those that were not stored because another source is
   * linked to their target.
   */
  addLinks(links: readonly Link[]): Promise<readonly Link[]>;
  /** False when there is none. */
  removeLink(key: {
    readonly mapping: string;
    readonly rule: string;
    readonly sourceId: string;
  }): Promise<boolean>;
  /** A person's decision about an intent that nothing else could answer. False when it is not open. */
  closeIntent(changeId: string): Promise<boolean>;

  /** In the order of the names of mappings. */
  bindings(): Promise<readonly Binding[]>;
  /**
   * Binds a mapping to its accounts, or stores the system of record that it has by now. Nothing is stored where
   * `bindingConflict` finds something against it, also of what another process binds at the same time. Throws
   * LeaseLostError.
   */
  bind(leases: readonly Lease[], binding: Binding): Promise<BindingConflict | null>;
  /** Forgets the accounts of a mapping, its links and its open intents; gives their numbers. Throws LeaseLostError. */
  unbind(
    leases: readonly Lease[],
    mapping: string,
  ): Promise<{ readonly links: number; readonly intents: number }>;

  /** Takes or keeps the lease for `ttlMs`. The holder's own unexpired lease is renewed with its token. */
  acquireLease(name: string, holder: string, ttlMs: number): Promise<LeaseResult>;
  releaseLease(lease: Lease): Promise<void>;

  close(): Promise<void>;
}
