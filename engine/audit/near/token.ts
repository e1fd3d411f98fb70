import { distance } from "fastest-levenshtein";
import { nameGroups } from "./given-names.ts";
import { hashText } from "./hash.ts";
import { type Slip, slipBetween } from "./slips.ts";
import { soundOf } from "./sound.ts";

/** A word of a name, with all that is looked up about it. One object a word, so that equal words are the same object. */
export interface Token {
  readonly text: string;
  readonly sound: string;
  /** The given names that it is a form of. */
  readonly groups: readonly number[];
  readonly hasDigit: boolean;
  /** One number a way in which it can be the same word as another: its sound, and each given name. */
  readonly classes: readonly number[];
  /** The word, and the word without each of its letters: two words that are one slip apart share one of them. */
  readonly variants: readonly number[];
  /** Its first and last letters, for long words that are two slips apart; null for short ones. */
  readonly ends: number | null;
  readonly initial: number;
}

/** In words that are shorter, one letter more or less makes another name: Kim and Tim, Lee and Leo. */
const slipLettersMin = 4;

/** Words that are as long may be two slips apart, if they begin and end alike. */
const twoSlipsLettersMin = 7;
const firstLetters = 3;
const lastLetters = 2;

const groupSalt = "name ";

export type Lexicon = (folded: string) => Token;

/** Gives each word its one token. */
export function newLexicon(): Lexicon {
  const tokens = new Map<string, Token>();
  return (folded) => {
    const known = tokens.get(folded);
    if (known) return known;
    const token = tokenOf(folded);
    tokens.set(folded, token);
    return token;
  };
}

function tokenOf(text: string): Token {
  const sound = soundOf(text);
  const groups = nameGroups(text);
  const hasDigit = /\d/.test(text);
  const long = text.length >= twoSlipsLettersMin && !hasDigit;
  return {
    text,
    sound,
    groups,
    hasDigit,
    classes: [hashText(sound), ...groups.map((group) => hashText(`${groupSalt}${group}`))],
    variants: hasDigit ? [hashText(text)] : variantsOf(text),
    ends: long ? hashText(text.slice(0, firstLetters) + text.slice(-lastLetters)) : null,
    initial: hashText(text.slice(0, 1)),
  };
}

function variantsOf(text: string): readonly number[] {
  const variants = [hashText(text)];
  if (text.length < slipLettersMin) return variants;
  for (let at = 0; at < text.length; at += 1) {
    // Of two equal neighbours it makes no difference which one is left out.
    if (text[at] !== text[at - 1]) variants.push(hashText(text, at));
  }
  return variants;
}

/** How two words of two names can be one word. */
export type Kinship =
  | { readonly kind: "same" }
  /** Bob and Robert. */
  | { readonly kind: "form" }
  | { readonly kind: "slip"; readonly slip: Slip; readonly gender: boolean }
  | { readonly kind: "sound" }
  | { readonly kind: "two-slips" }
  /** One of them is the first letter of the other. */
  | { readonly kind: "initial" };

const same: Kinship = { kind: "same" };
const form: Kinship = { kind: "form" };
const sound: Kinship = { kind: "sound" };
const twoSlips: Kinship = { kind: "two-slips" };
const initial: Kinship = { kind: "initial" };

export function kinshipOf(a: Token, b: Token): Kinship | null {
  if (a === b) return same;
  if (a.hasDigit || b.hasDigit) return null;
  if (shareGroup(a, b)) return form;
  if (a.text.length === 1 || b.text.length === 1) return a.initial === b.initial ? initial : null;
  if (a.text.length < slipLettersMin || b.text.length < slipLettersMin) return null;
  const slip = slipBetween(a.text, b.text);
  if (slip) return { kind: "slip", slip, gender: isGender(a.text, b.text, slip) };
  if (a.sound === b.sound) return sound;
  if (a.ends === null || a.ends !== b.ends) return null;
  return distance(a.text, b.text) === 2 ? twoSlips : null;
}

/** Whether two words are one word for the keys of the search: the same, forms of one name, or the same by ear. */
export function sameClass(a: Token, b: Token): boolean {
  return a.sound === b.sound || shareGroup(a, b);
}

function shareGroup(a: Token, b: Token): boolean {
  for (const group of a.groups) if (b.groups.includes(group)) return true;
  return false;
}

/** Mario and María, Daniel and Daniela: as good as never one person. */
function isGender(a: string, b: string, slip: Slip): boolean {
  if (slip === "swapped") return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (slip === "missing") return long === `${short}a`;
  return /[ao]$/.test(a) && /[ao]$/.test(b) && a.slice(0, -1) === b.slice(0, -1);
}
