import { type Email, emailOf } from "./email.ts";
import { type Name, nameOf } from "./name.ts";
import { type KeyNumber, keyNumber } from "./number.ts";
import { type Phone, phoneOf } from "./phone.ts";
import type { Lexicon } from "./token.ts";

/** Values of a record that tell who or what it is, as texts. */
export interface Identity {
  readonly name: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** By field of the target, so that both sides call them the same. */
  readonly numbers: ReadonlyMap<string, string>;
}

/** The same, taken apart for comparing. */
export interface Profile {
  readonly name: Name;
  readonly emails: readonly Email[];
  readonly phones: readonly Phone[];
  readonly numbers: readonly KeyNumber[];
}

/** Addresses and numbers of one record that are compared; more are a list and tell nobody apart. */
const valuesMax = 4;

export function profileOf(identity: Identity, lexicon: Lexicon): Profile {
  const numbers = [...identity.numbers].flatMap(([field, text]) => keyNumber(field, text) ?? []);
  return {
    name: nameOf(identity.name, lexicon),
    emails: few(identity.emails, emailOf),
    phones: few(identity.phones, phoneOf),
    numbers: numbers.slice(0, valuesMax),
  };
}

function few<T>(texts: readonly string[], read: (text: string) => T | null): readonly T[] {
  return [...new Set(texts)].flatMap((text) => read(text) ?? []).slice(0, valuesMax);
}
