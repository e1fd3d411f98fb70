import { fold } from "./fold.ts";
import { hashText } from "./hash.ts";
import { type Slip, slipBetween, slipText } from "./slips.ts";

/** A number by which an office tells records apart: of an employee, of a project. May hold letters. */
export interface KeyNumber {
  /** The field of the target that holds it. */
  readonly field: string;
  /** As it was written. */
  readonly written: string;
  /** Its letters and digits, folded. */
  readonly plain: string;
  /** Its digits without leading zeros, and its letters. */
  readonly digits: string;
  readonly letters: string;
  readonly plainHash: number;
  readonly digitsHash: number;
}

/** What people type where there is no number. */
const placeholder = /^(0+|n\/?a|none|tbd|tba|unknown|null|nil|x+|9{4,}|-+|\.+|\?+)$/i;

/** In shorter numbers everything is one slip from everything else. */
export const slipDigitsMin = 4;

/** A longer text is no number. */
const charactersMax = 60;

/** Null for a text that is no number: empty, a placeholder, a story, or nothing but punctuation. */
export function keyNumber(field: string, text: string): KeyNumber | null {
  const written = text.trim();
  if (written === "" || written.length > charactersMax || placeholder.test(written)) return null;
  const plain = fold(written).replace(/[^\p{L}\p{N}]+/gu, "");
  if (plain === "") return null;
  const digits = plain.replace(/\D+/g, "").replace(/^0+/, "");
  const letters = plain.replace(/\d+/g, "");
  return {
    field,
    written,
    plain,
    digits,
    letters,
    plainHash: hashText(plain),
    digitsHash: hashText(digits),
  };
}

export type NumberLikeness =
  | { readonly kind: "same" }
  /** The same digits with other zeros, letters or punctuation around them. */
  | { readonly kind: "same-digits" }
  | { readonly kind: "slip"; readonly slip: Slip }
  /** Two digits that are no neighbours have changed places. */
  | { readonly kind: "exchanged" }
  | { readonly kind: "other" };

const same: NumberLikeness = { kind: "same" };
const sameDigits: NumberLikeness = { kind: "same-digits" };
const exchanged: NumberLikeness = { kind: "exchanged" };
const other: NumberLikeness = { kind: "other" };

export function numberLikeness(a: KeyNumber, b: KeyNumber): NumberLikeness {
  if (a.plain === b.plain) return same;
  if (a.letters !== b.letters && a.letters !== "" && b.letters !== "") return other;
  if (a.digits === b.digits) return a.digits === "" ? other : sameDigits;
  if (Math.min(a.digits.length, b.digits.length) < slipDigitsMin) return other;
  const slip = slipBetween(a.digits, b.digits);
  if (slip) return { kind: "slip", slip };
  return isExchanged(a.digits, b.digits) ? exchanged : other;
}

function isExchanged(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const places: number[] = [];
  for (let at = 0; at < a.length; at += 1) {
    if (a[at] !== b[at]) places.push(at);
    if (places.length > 2) return false;
  }
  const [one, two] = places;
  if (one === undefined || two === undefined) return false;
  return a[one] === b[two] && a[two] === b[one];
}

export function numberPoints(likeness: NumberLikeness): number {
  switch (likeness.kind) {
    case "same":
      return 60;
    case "same-digits":
      return 50;
    case "slip":
      // A digit that was swapped or left out is a slip; one that differs is as often the number of the next one hired.
      return { swapped: 30, missing: 20, differs: 10 }[likeness.slip];
    case "exchanged":
      return 24;
    case "other":
      return -6;
  }
}

/** "employee_id 10482 and 10428: two digits are swapped" */
export function numberText(a: KeyNumber, b: KeyNumber, likeness: NumberLikeness): string {
  const { field } = a;
  const both = `${field} ${a.written} and ${b.written}`;
  switch (likeness.kind) {
    case "same":
      return `same ${field} ${a.written}`;
    case "same-digits":
      return `${both}: the same digits`;
    case "slip":
      return `${both}: ${slipText(likeness.slip, "digit")}`;
    case "exchanged":
      return `${both}: two digits are swapped`;
    case "other":
      return `other ${field}: ${a.written} and ${b.written}`;
  }
}
