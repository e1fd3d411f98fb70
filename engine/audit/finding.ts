import type { Code } from "../codes.ts";
import type { ReadingSummary } from "../plan/plan.ts";
import type { RecordAddress, StreamRef } from "../value/address.ts";
import type { Value } from "../value/value.ts";

/*
 * What an audit says, as plain data: the same input gives the same bytes below the header. Every view is made from this.
 */

/**
 * `high`: could become a second record of one thing, or a link between two things. `medium`: a record waits until a
 * person has done something; nothing wrong is written. `low`: nothing is in the way; to be looked at before the first sync.
 */
export type Severity = "high" | "medium" | "low";

export interface AuditRecord {
  readonly side: "source" | "target";
  readonly address: RecordAddress;
  /** What a person calls it. */
  readonly label: string;
  /** The record of the other side that it is linked to already. */
  readonly linkedTo?: RecordAddress;
}

/** One field with what the two sides hold; a side that is absent has no say, or does not tell. */
export interface AuditValue {
  readonly field: string;
  readonly source?: Value;
  readonly target?: Value;
}

/** A target record that could be the counterpart. */
export interface AuditCandidate {
  readonly address: RecordAddress;
  readonly label: string;
  readonly linkedTo?: RecordAddress;
  /** Whose counterpart it could be, where the finding is about several records. */
  readonly of?: RecordAddress;
  /** `key`: a match key has found it. `likeness`: it nearly matches, with so many points of 100. */
  readonly by: "key" | "likeness";
  readonly score?: number;
  /** Parts of a sentence; empty for what a key has found. */
  readonly speaksFor: readonly string[];
  readonly speaksAgainst: readonly string[];
  /** Fields that differ. */
  readonly values: readonly AuditValue[];
}

/** One piece of work, or one thing to know. */
export interface AuditFinding {
  readonly severity: Severity;
  readonly code: Code;
  readonly mapping: string;
  /** Absent for what concerns the whole mapping. */
  readonly rule?: string;
  /** The records that it is about, in the order in which they were read. */
  readonly records: readonly AuditRecord[];
  /** What is the matter, in one sentence. */
  readonly message: string;
  /** What to do, in one sentence. */
  readonly todo: string;
  /** Values that the records share, or that will be written: `target` before, `source` after. */
  readonly values: readonly AuditValue[];
  readonly candidates: readonly AuditCandidate[];
}

/** What becomes of the records of one rule. The numbers after `records` add up to it. */
export interface RuleCounts {
  readonly mapping: string;
  readonly rule: string;
  readonly source: StreamRef;
  readonly target: StreamRef;
  /** What one record and several are called. */
  readonly sourceNoun: { readonly one: string; readonly many: string };
  readonly targetNoun: { readonly one: string; readonly many: string };
  /** Source records that the rule takes. */
  readonly records: number;
  /** With a finding of severity high or medium. */
  readonly needPerson: number;
  readonly linked: number;
  /** Will be linked by a linking run, without a person. */
  readonly willLink: number;
  readonly willCreate: number;
  /** Not brought in, or left alone, because the rule or a links file says so. */
  readonly leftOut: number;
  /** Nothing can be said yet: something could not be read. */
  readonly unsettled: number;
  readonly targetRecords: number;
  /** Target records that nothing in the source belongs to. */
  readonly targetOnly: number;
}

/** How often the first sync writes one field of records that are there. */
export interface FieldCount {
  readonly mapping: string;
  readonly rule: string;
  readonly field: string;
  readonly records: number;
  /** Of these, the records whose target does not tell what it holds: perhaps nothing changes there. */
  readonly untold: number;
  /** The first few of those that change. */
  readonly examples: readonly {
    readonly label: string;
    readonly before: Value;
    readonly after: Value;
  }[];
}

interface AuditHeader {
  readonly engineVersion: string;
  /** ISO 8601, UTC. The only time in an audit. */
  readonly createdAt: string;
  readonly environment?: string;
  readonly configurationDigest: string;
}

export interface Audit {
  readonly format: 1;
  readonly header: AuditHeader;
  /** False when something was not read to its end, so that there may be more to find. */
  readonly complete: boolean;
  readonly readings: readonly ReadingSummary[];
  readonly rules: readonly RuleCounts[];
  readonly fields: readonly FieldCount[];
  /** The most harmful first. */
  readonly findings: readonly AuditFinding[];
}
