import { wordsOf } from "./fold.ts";
import { hashText } from "./hash.ts";
import type { Lexicon, Token } from "./token.ts";

/** A name, taken apart for comparing. */
export interface Name {
  /** As it was written. */
  readonly written: string;
  /** Its words as they were written, in the order of `tokens`. */
  readonly shown: readonly string[];
  /** Without titles, without a final Jr. or III, and without the small words between. */
  readonly tokens: readonly Token[];
  /** `jr`, `sr`, `ii`, `iii` or `iv`; empty without one. */
  readonly suffix: string;
  /** The words without spaces, and the words in the order of the alphabet: texts that equal names share. */
  readonly joined: string;
  readonly sorted: string;
  readonly joinedHash: number;
  readonly sortedHash: number;
}

/** Of a longer name the beginning is compared. */
const charactersMax = 200;
const wordsMax = 12;

const titles = new Set(["mr", "mrs", "ms", "miss", "dr", "ing", "arq", "lic", "sra", "srta"]);
const suffixes = new Set(["jr", "sr", "ii", "iii", "iv"]);
const smallWords = new Set(
  "de del la las los el al da das do dos di du le van von der den ter zu y e i bin ibn".split(" "),
);

export function nameOf(text: string, lexicon: Lexicon): Name {
  const written = text.slice(0, charactersMax).trim().replace(/\s+/g, " ");
  const all = wordsOf(written).slice(0, wordsMax);
  const untitled = all.filter(({ folded }, at) => at > 0 || !titles.has(folded));
  const last = untitled.at(-1);
  const suffix = untitled.length > 2 && last && suffixes.has(last.folded) ? last.folded : "";
  const named = suffix === "" ? untitled : untitled.slice(0, -1);
  const large = named.filter(({ folded }) => !smallWords.has(folded));
  const words = large.length >= 2 ? large : named;
  const texts = words.map(({ folded }) => folded);
  const [joined, sorted] = [texts.join(""), texts.toSorted().join(" ")];
  return {
    written,
    shown: words.map(({ shown }) => shown),
    tokens: texts.map(lexicon),
    suffix,
    joined,
    sorted,
    joinedHash: hashText(joined),
    sortedHash: hashText(sorted),
  };
}
