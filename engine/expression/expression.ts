import type { Place } from "../config/place.ts";
import type { Fields, Value } from "../value/value.ts";

/** What an expression can see besides its record. The same for every record of a run. */
export interface ExpressionScope {
  /** `$vars` */
  readonly vars: Fields;
  /** `$records(name)`: the fields, with `id`, of every record of a stream of the mapping. */
  readonly records: (source: string) => readonly Fields[];
  /** `$now()` and `$millis()`: the time at which the run began. */
  readonly now: Date;
  /** ISO 3166 code of the country whose phone numbers may be written without their country code. */
  readonly phoneCountry: string;
}

/** What an expression can see of its own record. */
export interface ExpressionSubject {
  /** The record's fields, with `id`. */
  readonly fields: Fields;
  /** `connection/stream/id`; also what `$random()` is derived from. */
  readonly address: string;
  /** `$linked(rule)`: whether the record has a link by that rule. */
  readonly linked: (rule: string) => boolean;
}

/** A record whose expression failed is held with this, and the others go on. */
export interface ExpressionTrouble {
  readonly message: string;
  /** The character in the YAML file where the expression failed. */
  readonly at: Place;
  readonly source: string;
  /** The message is the author's own, given to `$error` or `$assert`. */
  readonly isAuthors?: boolean;
}

export type ExpressionResult =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly trouble: ExpressionTrouble };

/** A compiled expression. Missing results are `null`; functions and other things that are not data are trouble. */
export interface Expression {
  /** The text as written; constants as JSON. */
  readonly source: string;
  readonly at: Place;
  /** Present when the result is the same for every record: a constant of the YAML file. */
  readonly constant?: Value;
  /**
   * Present where the expression is so simple that it needs no interpreter. It gives what `evaluate` gives, or
   * `undefined` for the odd record that needs the interpreter after all: one that holds a list where a text is
   * expected, or on which the expression fails; and without a scope, wherever more than the record is looked at. Tests
   * prove that the two agree.
   */
  readonly sync?: (fields: Fields, scope?: ExpressionScope) => Value | undefined;
  evaluate(subject: ExpressionSubject, scope: ExpressionScope): Promise<ExpressionResult>;
}
