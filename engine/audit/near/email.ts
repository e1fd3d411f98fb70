import { hashText } from "./hash.ts";
import { type Slip, slipBetween, slipText } from "./slips.ts";

export interface Email {
  readonly written: string;
  readonly local: string;
  readonly domain: string;
  readonly localHash: number;
  readonly wholeHash: number;
}

/** What stands before the `@` tells who somebody is only if it is long enough, and not the name of an office. */
const tellingLettersMin = 5;
const offices = new Set(
  "info office admin administrator contact hello mail email hr accounting payroll team support sales test testing noreply no-reply donotreply user users service field foreman jobs nobody none".split(
    " ",
  ),
);

/** In shorter ones a slip is another person: `ann1`, `ann2`. */
const slipLettersMin = 6;

/** Of an address, by RFC 5321. */
const charactersMax = 254;

export function emailOf(text: string): Email | null {
  const written = text.trim();
  if (written.length > charactersMax) return null;
  const at = written.lastIndexOf("@");
  if (at <= 0 || at === written.length - 1) return null;
  const local = written.slice(0, at).normalize("NFC").toLowerCase();
  const domain = written.slice(at + 1).toLowerCase();
  return {
    written,
    local,
    domain,
    localHash: hashText(local),
    wholeHash: hashText(`${local}@${domain}`),
  };
}

/** Whether the part before the `@` can be looked for alone. */
export function isTelling({ local }: Email): boolean {
  return local.length >= tellingLettersMin && !offices.has(local);
}

export type EmailLikeness =
  | { readonly kind: "same" }
  | { readonly kind: "same-local"; readonly telling: boolean }
  | { readonly kind: "slip"; readonly slip: Slip }
  | { readonly kind: "other" };

const same: EmailLikeness = { kind: "same" };
const other: EmailLikeness = { kind: "other" };

export function emailLikeness(a: Email, b: Email): EmailLikeness {
  if (a.local === b.local) {
    return a.domain === b.domain ? same : { kind: "same-local", telling: isTelling(a) };
  }
  if (a.domain !== b.domain || Math.min(a.local.length, b.local.length) < slipLettersMin)
    return other;
  const slip = slipBetween(a.local, b.local);
  return slip && digitsOf(a.local) === digitsOf(b.local) ? { kind: "slip", slip } : other;
}

/** `ann.lee1` and `ann.lee2` are two people and no slip. */
function digitsOf(text: string): string {
  return text.replace(/\D+/g, "");
}

export function emailPoints(likeness: EmailLikeness): number {
  switch (likeness.kind) {
    case "same":
      return 60;
    case "same-local":
      return likeness.telling ? 40 : 0;
    case "slip":
      return 30;
    case "other":
      return -4;
  }
}

export function emailText(a: Email, b: Email, likeness: EmailLikeness): string {
  const both = `${a.written} and ${b.written}`;
  switch (likeness.kind) {
    case "same":
      return `same e-mail ${a.written}`;
    case "same-local":
      return `e-mail ${both}: the same before the @`;
    case "slip":
      return `e-mail ${both}: ${slipText(likeness.slip, "sign")}`;
    case "other":
      return `other e-mail: ${both}`;
  }
}
