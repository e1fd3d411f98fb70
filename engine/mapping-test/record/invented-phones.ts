import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { phoneNumber } from "../../value/phone.ts";
import type { InventedWords } from "./invented-words.ts";

export interface InventedPhones {
  /** Whether this text is one of the real numbers, in whatever spelling. */
  isReal(text: string): boolean;
  /** The number that stands for this one, written as it is; null for what is no number at all. */
  phoneFor(text: string): string | null;
}

/** Phone numbers of the same country and length. What has digits only and is no number keeps being none. */
export function inventPhones(
  real: readonly string[],
  country: string,
  invented: InventedWords,
): InventedPhones {
  const numbers = new Set(real.flatMap((text) => phoneNumber(text, country)?.e164 ?? []));
  const made = new Map<string, string>();

  function known(text: string, e164: string, extension: string | undefined): string {
    const parsed = parsePhoneNumberFromString(e164);
    if (!parsed) throw new Error("a phone number is none when it is read again");
    const { countryCallingCode: code, nationalNumber: national } = parsed;
    const other = made.get(e164) ?? inventedNational(code, national.length, made.size);
    made.set(e164, other);
    const behind = extension === undefined ? "" : invented.digitsFor(extension);
    const written = withDigits(text, national, `${other}${behind}`);
    const read = written === null ? null : phoneNumber(written, country);
    if (written !== null && read?.e164 === `+${code}${other}`) return written;
    return `+${code}${other}${behind === "" ? "" : ` x${behind}`}`;
  }

  return {
    isReal: (text) => numbers.has(phoneNumber(text, country)?.e164 ?? ""),
    phoneFor(text) {
      const number = phoneNumber(text, country);
      if (number) return known(text, number.e164, number.extension);
      const digits = text.replace(/\D/g, "");
      // Such texts are compared by their digits alone.
      if (digits === "" || !/^[\d\s()+./,;*#-]*$/.test(text)) return null;
      return withDigits(text, digits, invented.digitsFor(digits));
    },
  };
}

/** In North America 555-0100 and what follows is nobody's. */
function inventedNational(code: string, length: number, index: number): string {
  const line = String(index + 100).padStart(4, "0");
  return code === "1" ? `202555${line}` : line.padStart(length, "5");
}

/** The text with these digits from where its number begins; null where that is not plain to see. */
function withDigits(text: string, number: string, digits: string): string | null {
  const all = text.replace(/\D/g, "");
  const from = all.length - digits.length;
  if (from < 0 || !all.startsWith(number, from)) return null;
  let at = -1;
  return text.replace(/\d/g, (digit) => {
    at += 1;
    return at < from ? digit : (digits[at - from] ?? digit);
  });
}
