import { distance } from "fastest-levenshtein";

/*
 * Invented words in place of real ones. What matters of a word for a mapping is which others it equals, contains or
 * nearly equals, and how long it is; all of that is kept. Words are invented in the order in which they are asked for
 * and say nothing else of the real ones.
 */

/** Shorter words have too little in common to be alike. */
const alikeCharactersMin = 4;

/** Words that are put together of shorter ones, such as the name in an e-mail address. */
const partCharactersMin = 3;

/** Values up to this length are in every text by chance. */
export const tellingCharactersMin = 4;

export interface InventedWords {
  /** The word that stands for this one. Both in small letters, without accents. */
  wordFor(word: string): string;
  /** The digits that stand for these. */
  digitsFor(digits: string): string;
}

/** `real`: every word and number of the records, which no invented one may be or hold. */
export function inventWords(real: ReadonlySet<string>): InventedWords {
  const telling = [...real].filter((word) => word.length >= tellingCharactersMin);
  const words = new Map<string, string>();
  const used = new Set<string>();
  let made = 0;

  function isFree(candidate: string): boolean {
    return (
      !used.has(candidate) &&
      !real.has(candidate) &&
      !telling.some((word) => candidate.includes(word))
    );
  }

  /** The first free one of a row of candidates. Short ones may all be taken: then a longer one has to do. */
  function firstFree(candidate: (index: number, length: number) => string, length: number): string {
    for (let tried = 0; ; tried += 1) {
      const longer = Math.floor(tried / attemptsAtLength);
      const text = candidate(made + tried, length + longer);
      if (!isFree(text)) continue;
      made += tried + 1;
      used.add(text);
      return text;
    }
  }

  function invent(word: string): string {
    const joined = joinedOf(word, words);
    if (joined !== null && isFree(joined)) {
      used.add(joined);
      return joined;
    }
    const [alike, model] = [...words].find(([known]) => areAlike(known, word)) ?? [];
    const variants = alike && model ? [...letters].map((by) => edited(alike, word, model, by)) : [];
    const variant = variants.find(isFree);
    if (variant === undefined) return firstFree(syllables, word.length);
    used.add(variant);
    return variant;
  }

  function remembered(word: string, make: () => string): string {
    const known = words.get(word) ?? make();
    words.set(word, known);
    return known;
  }

  return {
    wordFor: (word) => remembered(word, () => invent(word)),
    digitsFor: (digits) => {
      const zeros = /^0*/.exec(digits)?.[0] ?? "";
      const rest = digits.slice(zeros.length);
      return rest === ""
        ? digits
        : zeros + remembered(rest, () => firstFree(numerals, rest.length));
    },
  };
}

/** Then one character more is taken. */
const attemptsAtLength = 2_000;

const consonants = "bdfgklmnprstvz";
const vowels = "aeiou";
const letters = vowels + consonants;

/** `kibane`: a consonant and a vowel in turn, different for each index up to far more than are needed. */
function syllables(index: number, length: number): string {
  let rest = index * 37 + 11;
  let text = "";
  for (let at = 0; at < length; at += 1) {
    const choice = at % 2 === 0 ? consonants : vowels;
    text += choice[rest % choice.length];
    rest = Math.floor(rest / choice.length) + index * (at + 3);
  }
  return text;
}

/** Digits that do not begin with a nought, so that they are as long as numbers, too. */
function numerals(index: number, length: number): string {
  let rest = index * 61 + 17;
  let text = "";
  for (let at = 0; at < length; at += 1) {
    text += at === 0 ? String((rest % 9) + 1) : String(rest % 10);
    rest = Math.floor(rest / 9) + index * (at + 7);
  }
  return text;
}

/** `anasouza` of `ana` and `souza`, put together in the same way; null where it is not made of known words. */
function joinedOf(word: string, words: ReadonlyMap<string, string>): string | null {
  for (let at = partCharactersMin; at <= word.length - partCharactersMin; at += 1) {
    const one = words.get(word.slice(0, at));
    const other = words.get(word.slice(at)) ?? joinedOf(word.slice(at), words);
    if (one !== undefined && other !== null && other !== undefined) return one + other;
  }
  return null;
}

function areAlike(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  if (shorter < alikeCharactersMin || Math.abs(one.length - other.length) > 1) return false;
  return distance(one, other) === 1;
}

/** What becomes of the word that stands for `from` when `from` becomes `to` by one letter; `by` is a new letter. */
function edited(from: string, to: string, model: string, by: string): string {
  const at = [...from].findIndex((letter, place) => letter !== to[place]);
  const place = at === -1 ? from.length : at;
  if (to.length < from.length) return model.slice(0, place) + model.slice(place + 1);
  const rest = to.length > from.length ? model.slice(place) : model.slice(place + 1);
  return model.slice(0, place) + by + rest;
}
