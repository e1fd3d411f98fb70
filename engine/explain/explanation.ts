import type { Code } from "../codes.ts";
import type { Place } from "../config/place.ts";
import type { DayWindow } from "../connector/connector.ts";
import type { LinkDecision } from "../links/decision.ts";
import type { Candidate, Change, FieldReason, Held, PassedOver } from "../plan/plan.ts";
import type { Standing } from "../plan/situate.ts";
import type { Link } from "../state/store.ts";
import type { RecordAddress, StreamRef } from "../value/address.ts";
import type { Fields, Value } from "../value/value.ts";

/*
 * What is said about one record, in five steps: connected, read, in scope, matched, fields; and what a plan does with
 * it. Plain data, as `explain --json` prints it; every view is made from this form. Times are ISO 8601 in UTC. Texts
 * that are called `why` are sentences for people.
 */

export interface Explanation {
  readonly format: 1;
  readonly mapping: string;
  readonly record: RecordAddress;
  /** What a person calls the record; its id where no reading has it. */
  readonly label: string;
  /**
   * `source`, `target`: what its stream is to the rules that make and retire records; else to those that follow.
   * `lookup`: it is read for expressions only. `none`: neither a reading nor the state knows it.
   */
  readonly kind: "source" | "target" | "lookup" | "none";
  /** When the plan was made that this explains. */
  readonly at: string;
  /** The whole in one sentence. */
  readonly answer: string;
  /** Step 1, for each connection of the mapping. */
  readonly connected: readonly ConnectionStep[];
  /** Step 2. */
  readonly read: ReadStep;
  /** Steps 3 to 5, for each rule that has to do with the record, seen from the source's end. */
  readonly rules: readonly RuleExplanation[];
  /** Of a target record to which no source record belongs: by which rules it could have been found. */
  readonly unmanaged: readonly Unmanaged[];
  /** No rule takes the source record, and it has no link. */
  readonly passedOver?: Omit<PassedOver, "records" | "mapping">;
  /** Guards that stop the whole plan, and so the change of this record. Empty when nothing is to be written. */
  readonly stoppedBy: readonly { readonly code: Code; readonly message: string }[];
}

export interface ConnectionStep {
  readonly connection: string;
  /** Absent where nobody asked. */
  readonly connector?: string;
  readonly account?: string;
  /** Whether every stream of the mapping could be read to its end. */
  readonly answers: boolean;
  /** What stood in the way. */
  readonly problem?: string;
}

export interface ReadStep {
  /**
   * `unknown`: it was not delivered, and its reading did not reach its end. `outside`: it belongs to a day that was not
   * read.
   */
  readonly status: "read" | "missing" | "unknown" | "outside";
  /** The day of a record that lies outside. */
  readonly day?: string;
  /** That of its own stream first. */
  readonly readings: readonly ReadingStep[];
}

export interface ReadingStep {
  readonly stream: StreamRef;
  readonly use: "records" | "lookup";
  readonly records: number;
  readonly ended: boolean;
  readonly problem?: string;
  /** The days that were read; absent: all. */
  readonly window?: DayWindow;
  readonly startedAt: string;
}

/** "user", "users" */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

export interface RuleExplanation {
  readonly rule: string;
  readonly role: "authoritative" | "feedback" | "dormant";
  readonly at: Place;
  readonly source: StreamRef;
  readonly target: StreamRef;
  /** What records of each end are called. */
  readonly nouns: { readonly source: Noun; readonly target: Noun };
  /** The source record, and what it is called. It is the explained record, or the one that the explained one belongs to. */
  readonly subject: RecordAddress;
  readonly subjectLabel: string;
  /** Step 3. */
  readonly scope: Scope;
  /** Whether new records are brought in. Only for a record in scope that has no link. */
  readonly bringing: readonly Bringing[];
  /** Who needs it. Only where the rule creates records only when they are needed, and there is none yet. */
  readonly referenced?: Referenced;
  /** Step 4. Absent where the rule does not take the record and there is no link. */
  readonly match?: MatchStep;
  /** Step 5, in the order of the rule. */
  readonly fields: readonly FieldStep[];
  readonly end: End;
}

/** Whether the rule is for the record. */
export type Scope =
  /** The rule plans nothing. */
  | {
      readonly kind: "off";
      readonly why: string;
      readonly at: Place;
      readonly condition?: Condition;
    }
  /** A stream that the expressions look things up in was not read to its end. */
  | { readonly kind: "unreadable"; readonly why: string }
  /** No `condition`: the rule takes every record. */
  | { readonly kind: "in"; readonly condition?: Condition }
  | { readonly kind: "out"; readonly condition: Condition }
  /** An expression of the rule failed on the record. */
  | { readonly kind: "failed"; readonly why: string; readonly at: Place; readonly source: string }
  /** The source record was not read. */
  | { readonly kind: "absent"; readonly why: string };

/** A condition of the mapping file, taken apart at its `and`s. */
export interface Condition {
  readonly source: string;
  readonly at: Place;
  readonly holds: boolean;
  readonly clauses: readonly Clause[];
}

export interface Clause {
  readonly source: string;
  readonly at: Place;
  /** Null where it failed. */
  readonly holds: boolean | null;
  /** What it read. */
  readonly reads: readonly ReadValue[];
  /** Why it failed. */
  readonly trouble?: string;
}

/** `is_user`, `$vars.people`, `$linked('users')`, and what it was. Absent: the source does not tell the field. */
export interface ReadValue {
  readonly name: string;
  readonly value?: Value;
}

export interface Bringing {
  readonly what: "create" | "link";
  readonly condition: Condition;
}

/** Records of other mappings that refer to the source record. */
export interface Referenced {
  /** Whether one of them is written, so that the record is created for it. */
  readonly needed: boolean;
  /** At most `candidatesMax`, those that are written first. */
  readonly by: readonly {
    readonly mapping: string;
    readonly address: RecordAddress;
    readonly label: string;
    readonly written: boolean;
  }[];
  readonly more: number;
}

/** Which target record belongs to the source record, and how that is known. */
export interface MatchStep {
  readonly standing: Standing["kind"] | "not-looked-at";
  readonly why: string;
  readonly link?: LinkFacts;
  /** The match keys in their order; none where there is a link that decides. */
  readonly keys: readonly KeyStep[];
  /** Target records that it could be, at most `candidatesMax`, with the fields that speak against them. */
  readonly candidates: readonly Candidate[];
  readonly moreCandidates: number;
  /** What the links files say about the source record. */
  readonly decisions: readonly LinkDecision[];
  /** Changes whose answer was lost. */
  readonly doubts: readonly Doubt[];
}

export interface LinkFacts {
  readonly target: RecordAddress;
  /** Absent where the target was not read. */
  readonly targetLabel?: string;
  readonly origin: Link["origin"];
  /** When syncctl last wrote to the target; null if never. */
  readonly writtenAt: string | null;
}

export interface KeyStep {
  readonly at: Place;
  readonly parts: readonly {
    readonly field: string;
    readonly from: string;
    readonly value: Value;
  }[];
  /** `empty`: a part has no value. `not-reached`: a key before it has decided. */
  readonly status: "empty" | "looked-up" | "not-reached";
  /** How many target records have it. */
  readonly found: number;
  /** How many of these the rule prefers. Absent where it has no preference. */
  readonly preferred?: number;
  /** Other source records without a link that have it, at most `candidatesMax`. */
  readonly sharedWith: readonly { readonly address: RecordAddress; readonly label: string }[];
}

export interface Doubt {
  readonly changeId: string;
  readonly kind: Change["kind"];
  readonly at: string;
  readonly runId: string;
  readonly sent: Fields;
  /** Present where the readings of this plan answer it. */
  readonly answer?: string;
}

/**
 * `same`: both sides hold it. `untold`: the target does not tell, and is believed to hold what was agreed on.
 * `written`: the plan writes it. `kept`: it differs or is empty, and the rule leaves it. `waits`: it is not written
 * because the record is held. `left-out`: the field takes no part for this record.
 */
export type FieldOutcome = "same" | "untold" | "written" | "kept" | "waits" | "left-out";

export interface FieldStep {
  readonly field: string;
  readonly at: Place;
  /** The expression as written. */
  readonly from: string;
  readonly reads: readonly ReadValue[];
  /** What the expression gave; absent where it was not worked out. */
  readonly value?: Value;
  /** The same in the form that the target field has; absent where it does not fit or is not wanted. */
  readonly given?: Value;
  /** What the target holds; absent where it does not tell, or is not there. */
  readonly target?: Value;
  /** What both sides agreed on last; absent if they never did. */
  readonly baseline?: Value;
  /** Where the field refers to a record through another mapping, and the expression named one. */
  readonly through?: ThroughStep;
  readonly outcome: FieldOutcome;
  readonly reason?: FieldReason;
  readonly why: string;
}

/** From the record that an expression named to the one that belongs to it by another mapping. */
export interface ThroughStep {
  readonly mapping: string;
  /** What the expression named. */
  readonly record: RecordAddress;
  readonly label: string;
  /**
   * `linked`: the two are linked. `linking`: this plan links them first. `awaited`: this plan creates the counterpart
   * first, and its id is known then. `missing`: there is none.
   */
  readonly status: "linked" | "linking" | "awaited" | "missing";
  readonly counterpart?: RecordAddress;
  /** What a person calls the counterpart. Absent where it was not read. */
  readonly counterpartLabel?: string;
  /** Id of the change that has to come first. */
  readonly change?: string;
  readonly why: string;
}

/** What the plan does with the record by one rule. */
export type End =
  | {
      readonly kind: "change";
      readonly changes: readonly Change[];
      /** What has to be applied first, by the ids under `after` of the changes. */
      readonly first: readonly Pick<Change, "id" | "kind" | "mapping" | "label">[];
    }
  | { readonly kind: "held"; readonly held: Held }
  | {
      readonly kind: "passed-over";
      readonly code: Code;
      readonly reason: string;
      readonly at: Place;
    }
  /** `refreshed`: nothing is written, and what both sides agree on is noted anew. */
  | { readonly kind: "in-step"; readonly refreshed: boolean }
  /** Its source left or is gone, and nothing is done about it but to list the pair. */
  | { readonly kind: "reported"; readonly code: "source-left" | "source-gone" }
  | { readonly kind: "unsettled"; readonly why: string }
  /** It belongs to a day that was not read, and is left as it is. */
  | { readonly kind: "outside"; readonly why: string }
  | { readonly kind: "nothing"; readonly why: string };

/** A rule that leads to the stream of a record that nothing belongs to. */
export interface Unmanaged {
  readonly rule: string;
  readonly at: Place;
  readonly source: StreamRef;
  /** What source records are called. */
  readonly noun: Noun;
  readonly why: string;
  /** What the record has in the place of each match key, by target field; null where a part is empty. */
  readonly keys: readonly { readonly at: Place; readonly fields: Fields | null }[];
  /** Whether plans list it. */
  readonly reported: boolean;
}

/** So many candidates, or records with the same key, are listed; the others are counted. */
export const candidatesMax = 10;
