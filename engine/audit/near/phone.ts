import { hashText } from "./hash.ts";
import { type Slip, slipBetween, slipText } from "./slips.ts";

export interface Phone {
  readonly written: string;
  /** The last digits, without extension: what stays when country and area are written or left out. */
  readonly national: string;
  readonly last: string;
  readonly lastHash: number;
}

const nationalDigits = 10;
const lastDigits = 7;

/** A longer text is no phone number. */
const charactersMax = 60;

/** Null for a text with too few digits to be somebody's number. */
export function phoneOf(text: string): Phone | null {
  const written = text.trim();
  if (written.length > charactersMax) return null;
  const digits = written.replace(/\s*(?:e?xt?\.?|;|#).*$/i, "").replace(/\D+/g, "");
  if (digits.length < lastDigits) return null;
  const last = digits.slice(-lastDigits);
  return { written, national: digits.slice(-nationalDigits), last, lastHash: hashText(last) };
}

export type PhoneLikeness =
  | { readonly kind: "same" }
  | { readonly kind: "same-last" }
  | { readonly kind: "slip"; readonly slip: Slip }
  | { readonly kind: "other" };

const same: PhoneLikeness = { kind: "same" };
const sameLast: PhoneLikeness = { kind: "same-last" };
const other: PhoneLikeness = { kind: "other" };

export function phoneLikeness(a: Phone, b: Phone): PhoneLikeness {
  if (a.national === b.national) return same;
  if (a.last === b.last) return sameLast;
  const slip = slipBetween(a.national, b.national);
  return slip ? { kind: "slip", slip } : other;
}

/** A phone alone says little: offices and families share one. */
export function phonePoints(likeness: PhoneLikeness): number {
  switch (likeness.kind) {
    case "same":
      return 25;
    case "same-last":
      return 20;
    case "slip":
      return 8;
    case "other":
      return -2;
  }
}

export function phoneText(a: Phone, b: Phone, likeness: PhoneLikeness): string {
  const both = `${a.written} and ${b.written}`;
  switch (likeness.kind) {
    case "same":
      return `same phone ${a.written}`;
    case "same-last":
      return `phone ${both}: the same last seven digits`;
    case "slip":
      return `phone ${both}: ${slipText(likeness.slip, "digit")}`;
    case "other":
      return `other phone: ${both}`;
  }
}
