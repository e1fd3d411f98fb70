import type { DayWindow, GetResult, StreamRecord } from "../connector/connector.ts";
import type { Problem } from "../connector/problem.ts";
import type { StreamSchema } from "../connector/schema.ts";
import type { ExpressionTrouble } from "../expression/expression.ts";
import type { Mapping, Rule } from "../mapping/mapping.ts";
import type { Intent, Link, PastReading } from "../state/store.ts";
import type { StreamRef } from "../value/address.ts";
import type { Value } from "../value/value.ts";
import type { Barrier } from "./barrier.ts";
import type { Made } from "./elsewhere.ts";

/*
 * Everything that a plan is made from. `gather` collects it, and is the last that awaits; from here on there are only
 * functions from values to values.
 */

/** One reading of one stream. */
export interface Reading {
  readonly ref: StreamRef;
  readonly schema: StreamSchema;
  readonly startedAt: Date;
  readonly readLagMs: number;
  /** Whether it reached its end; if not, it proves nothing about what it did not deliver. */
  readonly ended: boolean;
  readonly problem?: Problem;
  /** The days that were read; absent: all. */
  readonly window?: DayWindow;
  /** Linked records that it did not deliver were asked for one by one, and are among its records if they are there. */
  readonly confirmed?: boolean;
  readonly records: ReadonlyMap<string, StreamRecord>;
  /** The name of a record of another stream of the connection, for labels that hold references. */
  readonly nameOf?: (stream: string, id: string) => string | undefined;
}

/** What the expressions of one rule gave for one source record. */
export interface Evaluation {
  /** An expression failed; the other members are then of no use. */
  readonly trouble?: ExpressionTrouble;
  /** The rule's `when`. */
  readonly inScope: boolean;
  /** `create.when` and `link.when`; true where the rule has none. Worked out for records without a link only. */
  readonly mayCreate: boolean;
  readonly mayLink: boolean;
  /** Values by match key and part. Worked out for records without a link only. */
  readonly keys: readonly (readonly Value[])[];
  /** Values in the order of the rule's fields; `undefined` where the field takes no part. */
  readonly fields: readonly (Value | undefined)[];
}

export interface RuleInput {
  readonly rule: Rule;
  readonly digest: string;
  /** False when `enabled` is false or the rule is dormant. */
  readonly living: boolean;
  /** `enabled` could not be worked out; the rule is then taken for switched off. */
  readonly enabledTrouble?: ExpressionTrouble;
  /** By source id. Empty for a rule that does not live. */
  readonly evaluations: ReadonlyMap<string, Evaluation>;
  /** The links of this rule, by source id. */
  readonly links: ReadonlyMap<string, Link>;
  /** Open intents of this rule. */
  readonly intents: readonly Intent[];
  /** What the system said about open creates, by change id, where it can be asked by origin id. */
  readonly origins: ReadonlyMap<string, GetResult>;
}

export interface MappingInput {
  readonly mapping: Mapping;
  readonly rules: readonly RuleInput[];
  /** Every link of the mapping. */
  readonly links: readonly Link[];
  /** Nothing is read or planned for the mapping. */
  readonly barrier?: Barrier;
}

export type LinkedMapping = Pick<MappingInput, "mapping" | "links">;

export interface PlanSettings {
  readonly purpose: "sync" | "link";
  readonly allow: readonly string[];
  readonly only: readonly string[];
  readonly exclude: readonly string[];
  readonly phoneCountry: string;
  readonly engineVersion: string;
  readonly configurationDigest: string;
  readonly environment?: string;
}

export interface PlanInput {
  readonly settings: PlanSettings;
  /** When planning began. Appears in the header only. */
  readonly now: Date;
  readonly mappings: readonly MappingInput[];
  /** Mappings that references go through and that are not planned, with their links, by name. */
  readonly others: ReadonlyMap<string, LinkedMapping>;
  /** What every mapping that creates in a list with others has made, or may have made. */
  readonly made: readonly Made[];
  /** By `connection/stream`. */
  readonly readings: ReadonlyMap<string, Reading>;
  readonly pastReadings: ReadonlyMap<string, PastReading>;
}
