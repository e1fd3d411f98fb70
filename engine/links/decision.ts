import type { Place } from "../config/place.ts";
import type { RecordAddress } from "../value/address.ts";
import type { Fields } from "../value/value.ts";

/**
 * What a person has decided about records, kept in the links files of a project. A pair holds in both directions: the
 * loader turns it round for each rule that leads the other way, so that `source` is always a record of the rule's source.
 *
 * - `link`: the two are one thing, whatever the match keys say. `baseline` is what both sides had agreed on when the
 *   link was exported, by target field of the rule.
 * - `apart`: the two are different things, and are never linked by their keys.
 * - `ignore`: the source takes no part as long as it has no link.
 */
export type LinkDecision = {
  /** Name of the rule, within the mapping that holds the decision. */
  readonly rule: string;
  readonly source: RecordAddress;
  /** For people: what the records are called, who decided, when (a day) and why. */
  readonly name?: string;
  readonly by?: string;
  readonly on?: string;
  readonly why?: string;
  readonly at: Place;
} & (
  | { readonly kind: "link"; readonly target: RecordAddress; readonly baseline?: Fields }
  | { readonly kind: "apart"; readonly target: RecordAddress }
  | { readonly kind: "ignore" }
);
