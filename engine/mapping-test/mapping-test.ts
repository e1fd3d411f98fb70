import type { Code } from "../codes.ts";
import type { Place } from "../config/place.ts";
import type { LinkDecision } from "../links/decision.ts";
import type { Situation } from "../mapping/mapping.ts";
import type { ChangeKind, FieldReason } from "../plan/plan.ts";
import type { Fields, Value } from "../value/value.ts";

/*
 * A mapping test says what a mapping shall do: records as they are given on both sides, and what the plan holds then.
 * It is planned by the same functions as every run, from connections in memory, with a clock that stands still.
 */

/** A record as a case gives it: the fields that it names. The others are filled in when the world is made. */
export interface GivenRecord {
  readonly id: string;
  readonly fields: Fields;
}

/** A link that is there before the case begins. */
export interface GivenLink {
  /** The tested mapping, or one that is planned with it or gone through. */
  readonly mapping: string;
  readonly rule: string;
  readonly source: string;
  readonly target: string;
  /** Fields of the source that were different when both sides agreed last. */
  readonly was: Fields;
  /** What both sides agreed on, by target field. Absent: what the rule gives for the source as it was. */
  readonly baseline?: Fields;
}

/** What a test says of every record of a source. */
export interface SourceGround {
  /** Fields that every record has unless it says otherwise. */
  readonly defaults: Fields;
  /** Fields that the system does not tell, save for records that name them. */
  readonly untold: ReadonlySet<string>;
}

export interface TestCase {
  readonly name: string;
  readonly at: Place;
  readonly purpose: "sync" | "link";
  /** Other mappings that are planned together with the one that is tested. */
  readonly with: readonly string[];
  readonly now: Date;
  /**
   * Whether only some days are read where the mapping says so. A case that does not say what time it is has no last days,
   * and nothing lies outside of them.
   */
  readonly windows: boolean;
  /** The variables that are different from those of the mapping. */
  readonly vars: Fields;
  /** By source, as `sourceKey` writes it. */
  readonly given: ReadonlyMap<string, readonly GivenRecord[]>;
  /** By source, as `sourceKey` writes it. */
  readonly grounds: ReadonlyMap<string, SourceGround>;
  readonly links: readonly GivenLink[];
  readonly decisions: readonly LinkDecision[];
  readonly expect: readonly Expectation[];
  /** What the plan after this one holds, once everything is applied. Absent: for a `sync`, no change. */
  readonly next?: readonly Expectation[];
}

/** What can be expected: a change, what else a plan says of a record, and what it says of a rule or of the whole. */
export type EntryKind = ChangeKind | "hold" | "passOver" | "inStep" | "near" | "finding" | "guard";

export interface Expectation {
  readonly kind: EntryKind;
  /** Id of the source record; the code of a finding or a guard. */
  readonly what: string;
  readonly at: Place;
  /** The mapping that plans it. */
  readonly mapping: string;
  readonly rule?: string;
  readonly target?: string;
  readonly situation?: Situation;
  readonly code?: string;
  /**
   * Exactly these fields are written. A reference to a record that the same plan creates is `{ awaits: id }`, with the id
   * of the source record that it is created for.
   */
  readonly fields?: Fields;
  /** At least these fields are written. */
  readonly has?: Fields;
  /** Ids of the target records that are named, in any order. */
  readonly candidates?: readonly string[];
  /** The fields in which the candidates differ, in any order. */
  readonly differs?: readonly string[];
  /** Ids of the records that a finding names, in any order. */
  readonly records?: readonly string[];
}

export interface EntryField {
  readonly field: string;
  readonly before?: Value;
  /** `{ awaits: id }` where the id is not known before another record was created. */
  readonly after: Value;
  readonly why: FieldReason;
  /** The line of the mapping that writes it; absent for what retiring writes. */
  readonly at?: Place;
}

/** One thing that a plan says, in the words of a test. */
export interface Entry {
  readonly kind: EntryKind;
  readonly what: string;
  /** What people call the record; the code again for a finding or a guard. */
  readonly label: string;
  readonly mapping: string;
  readonly rule?: string;
  readonly target?: string;
  readonly situation?: Situation;
  readonly code?: Code;
  readonly fields: readonly EntryField[];
  readonly candidates: readonly string[];
  readonly differs: readonly string[];
  readonly records: readonly string[];
  /** Why the plan says so, in a sentence. */
  readonly reason: string;
  /** The rule, or the line of it that decides. */
  readonly at?: Place;
}

/** One thing in which an entry is not what was expected. Absent: none was expected, or there is none. */
export interface Difference {
  /** `job_title`, `situation`, `candidates`. */
  readonly what: string;
  readonly expected?: Value;
  readonly actual?: Value;
  readonly at?: Place;
}

/** Which of the two plans of a case: the one that `expect` is about, or the one after it. */
export type Round = "expect" | "next";

export type Failure =
  /** `instead`: what the plan says of the same record. */
  | {
      readonly kind: "missing";
      readonly round: Round;
      readonly expected: Expectation;
      readonly instead: readonly Entry[];
    }
  | { readonly kind: "unexpected"; readonly round: Round; readonly actual: Entry }
  | {
      readonly kind: "different";
      readonly round: Round;
      readonly expected: Expectation;
      readonly actual: Entry;
      readonly differences: readonly Difference[];
    }
  /** The change could not be carried out in memory. */
  | { readonly kind: "not-applied"; readonly actual: Entry; readonly reason: string }
  /** Everything was applied, and the plan after that would write again. */
  | { readonly kind: "again"; readonly actual: Entry };

export interface CaseResult {
  readonly file: string;
  readonly mapping: string;
  readonly name: string;
  readonly at: Place;
  /** Empty when the case passed. */
  readonly failures: readonly Failure[];
}

/** A part of a mapping that no case reaches. */
export interface Unreached {
  readonly mapping: string;
  readonly rule: string;
  readonly part: "rule" | "field" | "reaction";
  /** The field, or the situation of the reaction; the rule again for a whole rule. */
  readonly name: string;
  readonly at: Place;
}
