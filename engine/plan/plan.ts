import type { Code } from "../codes.ts";
import type { Place } from "../config/place.ts";
import type { DayWindow } from "../connector/connector.ts";
import type { Situation } from "../mapping/mapping.ts";
import type { RecordAddress, StreamRef } from "../value/address.ts";
import type { Fields, Value } from "../value/value.ts";

/*
 * A plan is plain data with promises. Everything below the header depends on what was read, on the state and on the
 * mappings only: the same input gives the same bytes. Every view (terminal, Markdown, HTML) is made from this form.
 */

/** Why a field is written. For people; nothing is decided by it. */
export type FieldReason =
  /** The target record is new. */
  | "new"
  /** Linked for the first time, and the two sides differ. */
  | "first-agreement"
  /** The source holds another value than the two sides agreed on last. */
  | "source-changed"
  /** Somebody changed the target. */
  | "drift"
  /** Both of these. */
  | "source-changed-and-drift"
  /** The rule was edited since the two sides agreed last. */
  | "mapping-changed"
  /** The record is retired. */
  | "retired";

export interface FieldChange {
  readonly field: string;
  /** What the target holds; absent when the target does not tell, or does not exist yet. */
  readonly before?: Value;
  readonly after: Value;
  /** What both sides agreed on last; absent when they never did. */
  readonly baseline?: Value;
  readonly why: FieldReason;
  /** For a reference that goes through another mapping: what a person calls the record that `after` refers to. */
  readonly label?: string;
  /** The change of this plan that creates that record. Until it was applied, `after` is null: the id is not known. */
  readonly awaits?: string;
}

interface ChangeBase {
  /** Digest of kind, mapping, rule and source: the same change has the same id in every plan. */
  readonly id: string;
  readonly mapping: string;
  readonly rule: string;
  readonly situation: Situation;
  /** One sentence. */
  readonly reason: string;
  readonly source: RecordAddress;
  /** What a person calls the record: "Ilse Brandvold". */
  readonly label: string;
  /** Ids of changes of this plan that must have been applied first. They stand before it. */
  readonly after: readonly string[];
  /** The day that the target record belongs to, where its stream is read by days. */
  readonly day?: string;
}

/**
 * A change that touches an existing target is carried out only if the fields that its rule looks at still have this
 * digest. Fields that the rule does not look at, such as the time of the last login, may move.
 */
interface Untouched {
  readonly digest: string;
}

/** A create is carried out only if no record has come up that one of these keys matches. */
interface NoCandidate {
  /** Canonical values by field, one entry a match key. */
  readonly keys: readonly Fields[];
  /** Ids of targets that have the key and are surely others, by a links file. */
  readonly except?: readonly string[];
}

/** `replaces`: the target that the source is linked to and that is gone. */
export type Change =
  | (ChangeBase & {
      readonly kind: "create";
      readonly target: StreamRef;
      /** Empty fields are not sent. */
      readonly fields: readonly FieldChange[];
      readonly precondition: NoCandidate;
      /** Fields that are left empty on both sides. */
      readonly agreed: Fields;
      readonly replaces?: RecordAddress;
      /** Created only because the changes that wait for it need it. */
      readonly whenReferenced?: true;
    })
  /** Stores the link and writes to no system. Where the two sides differ, an update follows that waits for it. */
  | (ChangeBase & {
      readonly kind: "link";
      readonly target: RecordAddress;
      readonly targetLabel: string;
      readonly precondition: Untouched;
      /** Values that both sides hold already. */
      readonly agreed: Fields;
      readonly replaces?: RecordAddress;
      /** Not a match key but a links file has tied them, or a link of the other direction. */
      readonly decided?: "file" | "turned";
      /** The link of the other direction that this one takes the place of. */
      readonly supersedes?: { readonly rule: string; readonly source: RecordAddress };
    })
  | (ChangeBase & {
      readonly kind: "update" | "retire";
      readonly target: RecordAddress;
      readonly fields: readonly FieldChange[];
      readonly precondition: Untouched;
      /** Values that both sides hold already and whose baseline is older. */
      readonly agreed: Fields;
    })
  | (ChangeBase & { readonly kind: "unlink"; readonly target: RecordAddress })
  | (ChangeBase & {
      readonly kind: "delete";
      readonly target: RecordAddress;
      readonly precondition: Untouched;
    });

export type ChangeKind = Change["kind"];

/** A record of the target that could belong to a held record, with the fields that speak against it. */
export interface Candidate {
  readonly address: RecordAddress;
  readonly label: string;
  readonly differences: readonly {
    readonly field: string;
    readonly source: Value;
    readonly target: Value;
  }[];
  /** The source record that it is linked to already. */
  readonly linkedTo?: RecordAddress;
}

/** A record that is not written, why, and what a person can do about it. */
export interface Held {
  readonly code: Code;
  readonly mapping: string;
  readonly rule: string;
  readonly situation: Situation;
  readonly source: RecordAddress;
  readonly label: string;
  /** What is the matter, in one sentence. */
  readonly reason: string;
  /** What to do, in one sentence. */
  readonly todo: string;
  readonly candidates: readonly Candidate[];
  /** The line of the mapping that decides it. */
  readonly at: Place;
}

/** Records that take no part, by reason: not in any rule's scope, or not brought in. */
export interface PassedOver {
  readonly code: Code;
  readonly mapping: string;
  /** Absent when no rule takes the records. */
  readonly rule?: string;
  readonly reason: string;
  readonly at: Place;
  readonly records: readonly { readonly address: RecordAddress; readonly label: string }[];
}

/** Something to know that is not a change and not about one record that is held. */
export interface Finding {
  readonly code: Code;
  readonly mapping: string;
  readonly rule?: string;
  readonly message: string;
  readonly records: readonly { readonly address: RecordAddress; readonly label: string }[];
}

/** A guard that this plan runs into. */
export interface GuardResult {
  readonly code: Code;
  readonly mapping: string;
  /** Names the figures, and the flag that lets this one plan through, or what has to be done first. */
  readonly message: string;
  /** The value for `--allow`. Absent where no flag lets the plan through. */
  readonly allow?: string;
  /** Let through with `--allow`. */
  readonly allowed: boolean;
}

/** A link whose baseline or rule has moved on although nothing has to be written. Applied to the state alone. */
export interface Refresh {
  readonly mapping: string;
  readonly rule: string;
  readonly source: RecordAddress;
  readonly agreed: Fields;
}

/** An open intent that the readings of this plan have answered; closed when the plan is applied. */
export interface Answered {
  readonly changeId: string;
  /** One sentence. */
  readonly answer: string;
}

/** A source record without a counterpart, and target records that nearly match it. In linking plans only. */
export interface NearMatch {
  readonly mapping: string;
  readonly rule: string;
  readonly source: RecordAddress;
  readonly label: string;
  readonly candidates: readonly Candidate[];
}

/** How far one reading got. */
export interface ReadingSummary extends StreamRef {
  readonly records: number;
  readonly ended: boolean;
  /** Why it stopped, when it did not end. */
  readonly problem?: string;
  /** The days that were read; absent: all. */
  readonly window?: DayWindow;
}

/** One rule of the plan: its role, its place, and what became of its records. */
export interface RuleSummary {
  readonly mapping: string;
  readonly rule: string;
  readonly role: "authoritative" | "feedback" | "dormant";
  /** Digest of the rule; stored with the links that it made agree. */
  readonly digest: string;
  readonly source: StreamRef;
  readonly target: StreamRef;
  readonly at: Place;
  /** The line of each field rule, by target field. */
  readonly fieldsAt: Readonly<Record<string, Place>>;
  /** Linked records in which nothing has to change. */
  readonly inStep: number;
  /** Linked records of which nothing can be told now: a reading stopped, or may not show our last write yet. */
  readonly unsettled: number;
  /** Linked records of other days than those that were read. */
  readonly outside: number;
}

/** Which changes of the full plan were kept. */
export interface Selection {
  readonly only: readonly string[];
  readonly exclude: readonly string[];
  /** Changes that were left out by it. */
  readonly leftOut: number;
}

export interface PlanHeader {
  readonly engineVersion: string;
  /** ISO 8601, UTC. The only time in a plan. */
  readonly createdAt: string;
  readonly environment?: string;
  readonly configurationDigest: string;
  /** A linking plan holds `link` changes only, and writes to no system. */
  readonly purpose: "sync" | "link";
}

export interface Plan {
  readonly format: 1;
  /** Digest of everything else, header included. A plan is applied at most once, by this id. */
  readonly id: string;
  readonly header: PlanHeader;
  /** Digest of everything below: equal for equal input, whenever it was planned. */
  readonly digest: string;
  readonly readings: readonly ReadingSummary[];
  readonly rules: readonly RuleSummary[];
  readonly guards: readonly GuardResult[];
  /** In the order in which they will be applied. */
  readonly changes: readonly Change[];
  readonly held: readonly Held[];
  readonly passedOver: readonly PassedOver[];
  readonly findings: readonly Finding[];
  readonly nearMatches: readonly NearMatch[];
  readonly refreshes: readonly Refresh[];
  readonly answered: readonly Answered[];
  /** API calls that applying will take, verification included, by connection. */
  readonly estimate: readonly { readonly connection: string; readonly calls: number }[];
  readonly selection?: Selection;
}

/**
 * What applying it would mean. `refused`: a guard stands against it. `incomplete`: something could not be read, so
 * that what is planned is right but may not be everything.
 */
export function planStatus(plan: Plan): "refused" | "incomplete" | "changes" | "empty" {
  if (plan.guards.some((guard) => !guard.allowed)) return "refused";
  if (plan.readings.some((reading) => !reading.ended)) return "incomplete";
  return plan.changes.length > 0 ? "changes" : "empty";
}
