import type { Place } from "../config/place.ts";
import type { StreamSchema } from "../connector/schema.ts";
import type { Expression } from "../expression/expression.ts";
import type { LinkDecision } from "../links/decision.ts";
import type { StreamRef } from "../value/address.ts";
import type { Fields, Value } from "../value/value.ts";

/*
 * A mapping as the engine works with it: read from its YAML file, checked against the schemas of both ends, its
 * expressions compiled. Everything has its place in the file, so that every decision can name its rule.
 */

/** A stream under its name in the mapping. A `lookup` is read for expressions only. */
export interface Source {
  readonly name: string;
  readonly ref: StreamRef;
  readonly schema: StreamSchema;
  readonly use: "records" | "lookup";
  /** Only the last so many days are read, today not counted. Absent: everything. */
  readonly window?: { readonly days: number };
}

export interface FieldRule {
  /** The field of the target. */
  readonly field: string;
  readonly from: Expression;
  readonly set: "always" | "on-create" | "if-empty";
  /** What an empty result means: empty the target, leave it alone, or hold the record. */
  readonly whenNull: "clear" | "keep" | "hold";
  /** Takes the place of an empty result. */
  readonly fallback?: Value;
  /** An empty result holds the record, whatever the target's schema says. */
  readonly required: boolean;
  /** The field takes part only where this is true. */
  readonly when?: Expression;
  /**
   * Name of another mapping: the result is the id of a record at one end of it, and what is written is the id of its
   * counterpart at the other end, the stream that the target field refers to.
   */
  readonly through?: string;
  readonly drift: DriftPolicy;
  readonly at: Place;
}

export type DriftPolicy = "revert" | "keep" | "hold";

/** Values that identify one thing on both sides before there is a link: all parts must be equal. */
export interface MatchKey {
  readonly parts: readonly { readonly field: string; readonly from: Expression }[];
  readonly at: Place;
}

export type Situation =
  | "linked"
  | "found"
  | "disagrees"
  | "absent"
  | "keyless"
  | "ambiguous"
  | "left"
  | "gone"
  | "lost"
  | "unmanaged";

/** What a rule does in each situation. */
export interface Reactions {
  readonly linked: "update" | "ignore";
  readonly found: "link" | "hold";
  readonly disagrees: "hold" | "link";
  readonly absent: "create" | "hold" | "ignore";
  readonly keyless: "hold" | "create";
  readonly ambiguous: "hold";
  readonly left: "retire" | "unlink" | "delete" | "report" | "ignore";
  readonly gone: "retire" | "unlink" | "delete" | "report" | "ignore";
  readonly lost: "create" | "unlink" | "hold";
  readonly unmanaged: "ignore" | "report";
}

export const defaultReactions: Reactions = {
  linked: "update",
  found: "hold",
  disagrees: "hold",
  absent: "create",
  keyless: "hold",
  ambiguous: "hold",
  left: "ignore",
  gone: "ignore",
  lost: "hold",
  unmanaged: "ignore",
};

export interface Rule {
  readonly name: string;
  readonly at: Place;
  readonly source: Source;
  readonly target: Source;
  /**
   * `authoritative`: the rule starts at the system of record and may create and retire. `feedback`: it starts
   * elsewhere, has no match keys, and updates linked records only. `dormant`: it has match keys and leads to the system
   * of record, so it is the other direction of a choice and plans nothing.
   */
  readonly role: "authoritative" | "feedback" | "dormant";
  /** False for the whole run makes the rule dormant. Sees `$vars` only. */
  readonly enabled?: Expression;
  /** Which source records the rule is for. */
  readonly when?: Expression;
  readonly match: readonly MatchKey[];
  /** Target fields that must agree before a found record is linked without a person's decision. */
  readonly agree: readonly string[];
  readonly fields: readonly FieldRule[];
  /** A record without a link is created only if this is true. */
  readonly createWhen?: Expression;
  /** A record is created only while a record of another mapping refers to it with `through` and is written for it. */
  readonly whenReferenced: boolean;
  /**
   * Values that a target should have. Where several records have a key, those that have these values are the candidates;
   * where the linked record no longer has them and one that has is found by a key, the link moves to that one.
   */
  readonly prefer?: Fields;
  /** A record without a link is linked by a run only if this is true. */
  readonly linkWhen?: Expression;
  /** Names of the sources that its expressions look into; null where any may be meant. */
  readonly looksInto: readonly string[] | null;
  /** What retiring means: these values are written to the target. */
  readonly retire?: Fields;
  readonly on: Reactions;
}

/** Limits on a plan, as shares (0 to 1) of the records that the mapping has linked. */
export interface Limits {
  readonly create: number;
  readonly update: number;
  readonly retire: number;
  readonly delete: number;
  /** A stream that has less than this share of the records of its last complete reading stops the plan. */
  readonly shrink: number;
  /** Shares of fewer changes than this are not looked at. */
  readonly minimum: number;
}

export const defaultLimits: Limits = {
  create: 0.5,
  update: 0.3,
  retire: 0.1,
  delete: 0.05,
  shrink: 0.5,
  minimum: 10,
};

/** A `schedule` that starts nothing by itself. */
export const neverScheduled = "never";

export interface Mapping {
  readonly name: string;
  readonly description: string;
  /** Path relative to the project. */
  readonly file: string;
  /** Over everything that decides what the mapping does, environment values included. */
  readonly digest: string;
  readonly sources: readonly Source[];
  /** Name of the source that is right by definition. */
  readonly systemOfRecord: string;
  /** For the service: cron text, or `neverScheduled`. Absent where the file says nothing. Not part of the digest. */
  readonly schedule?: string;
  /** Whether a plan is applied at once, or waits for a person. Not part of the digest. */
  readonly policy: "automatic" | "approve";
  /** What counts. */
  readonly vars: Fields;
  /** What the file says, before a person has set other values. Not part of the digest. */
  readonly varsInFile: Fields;
  readonly rules: readonly Rule[];
  readonly limits: Limits;
  /** What people have decided about its records, from the links files. Not part of the digest. */
  readonly decisions: readonly LinkDecision[];
}
