import type { FieldType } from "../../connector/schema.ts";
import type { Value } from "../../value/value.ts";
import { inventPhones } from "./invented-phones.ts";
import { type InventedWords, inventWords } from "./invented-words.ts";

/**
 * Invented values in place of real ones. Names, e-mail addresses, phone numbers, employee numbers, addresses and free
 * texts are replaced word by word and number by number, the same by the same, with capitals, accents, blanks and
 * punctuation as they were; so what is equal stays equal, what nearly is stays so, and what fits its type fits. Choices,
 * dates, times, time zones, true and false, and numbers that are counted with, stay.
 */
export interface InventedValues {
  value(type: FieldType, value: Value): Value;
}

export interface RealValue {
  readonly type: FieldType;
  readonly value: Value;
}

export interface InventOptions {
  /** Texts that stand in the mapping itself; they are nobody's, and expressions look for them. */
  readonly keep: ReadonlySet<string>;
  /** Ids of records, which no invented number may be. */
  readonly avoid: readonly string[];
  readonly phoneCountry: string;
}

/** Whether values of the type say something of a person. References are ids, which are replaced elsewhere. */
export function isPersonal(type: FieldType): boolean {
  switch (type) {
    case "text":
    case "email":
    case "phone":
      return true;
    case "date":
    case "instant":
    case "integer":
    case "decimal":
    case "boolean":
    case "choice":
    case "timezone":
    case "reference":
      return false;
  }
}

export function inventValues(real: readonly RealValue[], options: InventOptions): InventedValues {
  const texts = real.flatMap(({ type, value }) => (isPersonal(type) ? textsIn(value) : []));
  const replaced = texts.filter((text) => !options.keep.has(text));
  const words = replaced.flatMap(wordsIn);
  const invented = inventWords(new Set([...words, ...options.avoid.flatMap(wordsIn)]));
  // Short words first, so that longer ones can be put together of them.
  for (const word of [...new Set(words)].sort((a, b) => a.length - b.length)) {
    if (!/^\p{Nd}/u.test(word)) invented.wordFor(word);
  }
  const numbers = real.flatMap(({ type, value }) => (type === "phone" ? textsIn(value) : []));
  const phones = inventPhones(numbers, options.phoneCountry, invented);
  const textOf = (type: FieldType, text: string): string => {
    if (options.keep.has(text)) return text;
    if (type === "phone" || phones.isReal(text)) {
      return phones.phoneFor(text) ?? reworded(text, invented);
    }
    return text.includes("@") ? inventedEmail(text, invented) : reworded(text, invented);
  };
  return {
    value: (type, value) =>
      isPersonal(type) ? mapTexts(value, (text) => textOf(type, text)) : value,
  };
}

/** Every text in a value. */
export function textsIn(value: Value): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function mapTexts(value: Value, change: (text: string) => string): Value {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one: Value) => mapTexts(one, change));
  const entries = Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)] as const);
  return Object.fromEntries(entries);
}

const wordPattern = /\p{L}[\p{L}\p{M}]*|\p{Nd}+/gu;

/** Words without accents and capitals, and numbers without their leading noughts. */
function wordsIn(text: string): readonly string[] {
  return (text.match(wordPattern) ?? [])
    .map((word) => (/^\p{Nd}/u.test(word) ? word.replace(/^0+/, "") : folded(word)))
    .filter((word) => word !== "");
}

function folded(word: string): string {
  return word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function reworded(text: string, invented: InventedWords): string {
  return text.replace(wordPattern, (word) =>
    /^\p{Nd}/u.test(word)
      ? invented.digitsFor(word)
      : dressed(invented.wordFor(folded(word)), word),
  );
}

/** The invented word with the capitals and the accents of the real one. */
function dressed(plain: string, like: string): string {
  const letters = like.normalize("NFD").match(/\p{L}\p{M}*/gu) ?? [];
  const capitals = letters.length > 1 && letters.every(isCapital);
  const text = [...plain].map((letter, index) => {
    const model = letters[index];
    if (model === undefined) return capitals ? letter.toUpperCase() : letter;
    const marks = model.replace(/^\p{L}/u, "");
    return (isCapital(model) ? letter.toUpperCase() : letter) + marks;
  });
  const whole = text.join("");
  return like === like.normalize("NFC") ? whole.normalize("NFC") : whole;
}

function isCapital(letter: string): boolean {
  return letter.toLowerCase() !== letter;
}

/** An address at a domain that nobody has. One without a dot in its domain is none, and is not made one. */
function inventedEmail(text: string, invented: InventedWords): string {
  const domain = /@[\p{L}\p{M}\p{N}.-]*\.[\p{L}\p{M}\p{N}-]+/gu;
  return reworded(text, invented).replace(domain, (found) => `${found}.example`);
}
