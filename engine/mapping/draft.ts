import type { Place } from "../config/place.ts";
import type { ConnectorDefinition } from "../connector/connector.ts";
import type { StreamSchema } from "../connector/schema.ts";
import type { ExpressionAnalysis, ExpressionText, NamedPlace } from "../expression/analysis.ts";
import type { Expression } from "../expression/expression.ts";
import type { Fields, Value } from "../value/value.ts";
import type { FieldRule, Limits, Mapping, Rule, Source } from "./mapping.ts";

/*
 * A mapping on its way from the file to the engine: it may have holes where the file is wrong. Checks look at it and
 * pass over holes, which have been reported, so that everything else that is wrong is found in the same pass.
 */

export interface SourceDraft {
  readonly name: string;
  readonly at: Place;
  readonly use: Source["use"];
  readonly connection?: NamedPlace;
  readonly stream?: NamedPlace;
  /** Absent when the connection is not known, or its connector. */
  readonly definition?: ConnectorDefinition;
  /** Absent when the stream is not known either. */
  readonly schema?: StreamSchema;
  /** Without days, how many could not be read. */
  readonly window?: { readonly days?: number; readonly at: Place };
}

/** An expression that could be compiled. */
export interface Compiled {
  readonly expression: Expression;
  readonly analysis: ExpressionAnalysis;
  /** Absent for constants of the file. */
  readonly text?: ExpressionText;
}

export interface ConstantDraft {
  readonly field: string;
  readonly at: Place;
  readonly value: Value;
  readonly valueAt: Place;
}

export interface FieldDraft {
  readonly field: string;
  readonly at: Place;
  readonly from?: Compiled;
  readonly set: FieldRule["set"];
  readonly whenNull: FieldRule["whenNull"];
  readonly fallback?: ConstantDraft;
  readonly required: boolean;
  readonly when?: Compiled;
  /** The name of a mapping, as written. */
  readonly through?: NamedPlace;
  readonly drift: FieldRule["drift"];
}

export interface MatchDraft {
  readonly at: Place;
  readonly parts: readonly {
    readonly field: string;
    readonly at: Place;
    readonly from?: Compiled;
  }[];
}

export interface RuleDraft {
  readonly name: string;
  readonly at: Place;
  readonly direction?: DirectionDraft;
  readonly role: Rule["role"];
  readonly enabled?: Compiled;
  readonly when?: Compiled;
  readonly match: readonly MatchDraft[];
  readonly agree: readonly NamedPlace[];
  readonly fields: readonly FieldDraft[];
  readonly createWhen?: Compiled;
  /** Where the file says so. */
  readonly whenReferenced?: Place;
  readonly prefer: readonly ConstantDraft[];
  readonly linkWhen?: Compiled;
  readonly retire: readonly ConstantDraft[];
  readonly on: Rule["on"];
  /** Where the file says `create`, `match`, `on.left` and so on, for what it says itself and not by default. */
  readonly written: ReadonlyMap<string, Place>;
}

export interface DirectionDraft {
  readonly at: Place;
  /** The names as written. */
  readonly from: string;
  readonly to: string;
  readonly source?: SourceDraft;
  readonly target?: SourceDraft;
}

export interface MappingDraft {
  readonly name: string;
  readonly nameAt: Place;
  readonly description: string;
  readonly file: string;
  readonly sources: readonly SourceDraft[];
  readonly systemOfRecord?: NamedPlace;
  readonly schedule?: NamedPlace;
  readonly policy: Mapping["policy"];
  readonly vars: Fields;
  /** Before a person has set other values. */
  readonly varsInFile: Fields;
  readonly varsAt: readonly NamedPlace[];
  readonly rules: readonly RuleDraft[];
  readonly limits: Limits;
}

/** What an expression is for, which decides what it may see and what it must give. */
export interface Use {
  readonly compiled: Compiled;
  readonly purpose: "enabled" | "condition" | "value";
}

/** Every expression of a rule. */
export function usesOf(rule: RuleDraft): readonly Use[] {
  const uses: Use[] = [];
  const add = (compiled: Compiled | undefined, purpose: Use["purpose"]): void => {
    if (compiled) uses.push({ compiled, purpose });
  };
  add(rule.enabled, "enabled");
  add(rule.when, "condition");
  add(rule.createWhen, "condition");
  add(rule.linkWhen, "condition");
  for (const key of rule.match) for (const part of key.parts) add(part.from, "value");
  for (const field of rule.fields) {
    add(field.from, "value");
    add(field.when, "condition");
  }
  return uses;
}
