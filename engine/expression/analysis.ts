import type { Diagnostic } from "../config/diagnostic.ts";
import type { Place } from "../config/place.ts";
import type { Expression } from "./expression.ts";

export interface NamedPlace {
  readonly name: string;
  readonly at: Place;
}

/** What can be told about an expression without a record. Whoever loads a mapping checks the names against schemas. */
export interface ExpressionAnalysis {
  /** Fields read from the record itself. Names inside predicates, lambdas and `$records` are not among them. */
  readonly fields: readonly NamedPlace[];
  /** `$vars.name` */
  readonly vars: readonly NamedPlace[];
  /** `$records('name')`, and the fields read from its records where that is plain to see. */
  readonly streams: readonly (NamedPlace & { readonly fields: readonly NamedPlace[] })[];
  /** `$linked('rule')` */
  readonly linked: readonly NamedPlace[];
  /** What it gives, where that is plain to see. `field`: the value of that field of the record, unchanged. */
  readonly result:
    | { readonly kind: "boolean" | "text" | "number" | "unknown" }
    | { readonly kind: "field"; readonly name: string };
  /** What surprises authors, such as `null & 'x'` giving 'nullx'. */
  readonly warnings: readonly Diagnostic[];
}

/** An expression as it stands in a YAML file. `place` gives the place of a character of the text, in that file. */
export interface ExpressionText {
  readonly text: string;
  readonly place: (offset: number) => Place;
}

export type CompileResult =
  | { readonly ok: true; readonly expression: Expression; readonly analysis: ExpressionAnalysis }
  | { readonly ok: false; readonly diagnostic: Diagnostic };
