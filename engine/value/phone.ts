import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

export interface PhoneNumber {
  /** `+12065550142` */
  readonly e164: string;
  readonly extension?: string;
}

/**
 * Numbers remembered, a few hundred bytes each. Reading one takes about 6 µs, and a plan compares the same ones again
 * and again: with keys, in the comparison, in the check before a write.
 */
const rememberedMax = 100_000;

const remembered = new Map<string, PhoneNumber | null>();

/**
 * The phone number that a text is, whole; null when it is none. `country` (ISO 3166) is whose numbers may be written
 * without a country code. A number only has to have a length that numbers of its country have: whether it is in use,
 * nobody here knows.
 */
export function phoneNumber(text: string, country: string): PhoneNumber | null {
  const key = `${country} ${text}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  if (remembered.size >= rememberedMax) remembered.clear();
  const number = read(text, country);
  remembered.set(key, number);
  return number;
}

function read(text: string, country: string): PhoneNumber | null {
  const plain = text.trim().replace(/^tel:/i, "");
  const parsed = parsePhoneNumberFromString(plain, {
    extract: false,
    ...(isSupportedCountry(country) ? { defaultCountry: country } : {}),
  });
  if (!parsed?.isPossible()) return null;
  return parsed.ext ? { e164: parsed.number, extension: parsed.ext } : { e164: parsed.number };
}

/**
 * One text per phone number: `+12065550142`, `+12065550142;ext=12`. What is no phone number becomes its digits when it
 * holds nothing else but punctuation, and stays a text otherwise: `1-800-FLOWERS` and `1-800-CONTACT` share digits.
 */
export function canonicalPhone(text: string, country: string): string {
  const number = phoneNumber(text, country);
  if (number) return written(number);
  const trimmed = text.trim();
  if (!/\d/.test(trimmed) || !/^[\d\s()+./,;*#-]*$/.test(trimmed)) return trimmed.toLowerCase();
  const digits = trimmed.replace(/\D/g, "");
  const again = phoneNumber(digits, country);
  return again ? written(again) : digits;
}

function written({ e164, extension }: PhoneNumber): string {
  return extension === undefined ? e164 : `${e164};ext=${extension}`;
}
