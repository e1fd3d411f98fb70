import { isTelling } from "./email.ts";
import { hashPair, hashText } from "./hash.ts";
import type { Name } from "./name.ts";
import { pairedWordsMax, singleWordLettersMin } from "./name-likeness.ts";
import { slipDigitsMin } from "./number.ts";
import type { Profile } from "./profile.ts";
import type { Token } from "./token.ts";

/*
 * The keys that two records share when they can be near each other, so that the search looks at those that share one
 * and at no others. For everything that `isTold` in likeness.ts takes for a reason there is a key here; a test compares
 * the search with one that looks at every pair.
 */

export type KeyKind =
  | "number"
  | "email"
  | "phone"
  | "name"
  | "words"
  | "initial"
  | "word and number";

/** Takes one key after the other, the most telling kinds first. */
export type TakeKey = (kind: KeyKind, hash: number) => void;

/** `source` or `target`: a name with an initial finds whole names, and whole names need not find each other by it. */
export function eachKey(profile: Profile, side: "source" | "target", take: TakeKey): void {
  for (const number of profile.numbers) {
    const salt = hashText(number.field);
    take("number", salted("plain", hashPair(salt, number.plainHash)));
    if (number.digits !== "") take("number", salted("digits", hashPair(salt, number.digitsHash)));
  }
  for (const email of profile.emails) {
    take("email", salted("email", email.wholeHash));
    if (isTelling(email)) take("email", salted("local", email.localHash));
  }
  for (const phone of profile.phones) take("phone", salted("phone", phone.lastHash));
  eachNameKey(profile.name, side, take);
  eachMixedKey(profile, take);
}

function eachNameKey(name: Name, side: "source" | "target", take: TakeKey): void {
  if (name.joined === "") return;
  take("name", salted("joined", name.joinedHash));
  take("name", salted("sorted", name.sortedHash));
  const { tokens } = name;
  if (tokens.length > pairedWordsMax) {
    for (const left of tokens) take("name", salted("sorted", hashWithout(tokens, left)));
    return;
  }
  const [single] = tokens;
  if (tokens.length === 1 && single) eachSingleKey(single, take);
  for (const [at, one] of tokens.entries()) {
    for (const [other, second] of tokens.entries()) {
      if (at < other) eachClassKey(one, second, take);
      if (at !== other) eachPairKey(one, second, side, take);
    }
  }
}

function hashWithout(tokens: readonly Token[], left: Token): number {
  const rest = tokens.map(({ text }) => text);
  rest.splice(tokens.indexOf(left), 1);
  return hashText(rest.sort().join(" "));
}

function eachSingleKey({ text, variants }: Token, take: TakeKey): void {
  if (text.length < singleWordLettersMin) return;
  for (const variant of variants) take("name", salted("single", variant));
}

/** Both words are the same by ear or by being forms of one name, in whatever order. */
function eachClassKey(one: Token, second: Token, take: TakeKey): void {
  for (const a of one.classes) {
    for (const b of second.classes) {
      take("words", salted("classes", hashPair(Math.min(a, b), Math.max(a, b))));
    }
  }
}

/** The one word is the same, and the other one is a slip away, or its initial. */
function eachPairKey(one: Token, second: Token, side: "source" | "target", take: TakeKey): void {
  for (const known of one.classes) {
    for (const variant of second.variants) take("words", salted("slip", hashPair(known, variant)));
    if (second.ends !== null) take("words", salted("ends", hashPair(known, second.ends)));
    const isInitial = second.text.length === 1;
    const initial = hashPair(known, second.initial);
    // An initial meets whole names and initials; a whole name meets initials only.
    if (side === "target") take("initial", salted(isInitial ? "letter" : "whole", initial));
    else take("initial", salted("letter", initial));
    if (side === "source" && isInitial) take("initial", salted("whole", initial));
  }
}

/** A number that is a slip away, together with a word of the name. */
function eachMixedKey({ name, numbers }: Profile, take: TakeKey): void {
  for (const { field, digits } of numbers) {
    if (digits.length < slipDigitsMin) continue;
    const salt = hashText(field);
    const forms = [hashText(digits), hashText([...digits].sort().join(""), -1) ^ 1];
    for (let at = 0; at < digits.length; at += 1) forms.push(hashText(digits, at));
    for (const { classes } of name.tokens) {
      for (const known of classes) {
        const word = hashPair(salt, known);
        for (const form of forms) take("word and number", salted("mixed", hashPair(word, form)));
      }
    }
  }
}

const salts = {
  plain: 1,
  digits: 2,
  email: 3,
  local: 4,
  phone: 5,
  joined: 6,
  sorted: 7,
  single: 8,
  classes: 9,
  slip: 10,
  ends: 11,
  letter: 12,
  whole: 13,
  mixed: 14,
} as const;

function salted(salt: keyof typeof salts, hash: number): number {
  return hashPair(salts[salt], hash);
}
