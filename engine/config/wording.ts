import { distance } from "fastest-levenshtein";
import type { Node } from "./node.ts";

/** Longer texts are cut in messages: a message is a sentence. */
const quotedCharactersMax = 60;

/** Names longer than this have no neighbours worth the time of looking. */
const comparedCharactersMax = 64;

/** Characters that a reader does not see, or that turn the rest of the line around, and halves of characters. */
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Surrogate}/gu;

/** A text from a file, safe to print: in quotes, cut, and with what cannot be seen written out. */
export function quote(text: string): string {
  const cut = text.length > quotedCharactersMax ? `${text.slice(0, quotedCharactersMax)}…` : text;
  return `"${visible(cut)}"`;
}

/** A text of which every character can be seen. */
export function visible(text: string): string {
  return text.replace(invisible, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** What stands at a node, for "found …". Values from the environment are named, never shown. */
export function describe(node: Node): string {
  if (node.kind === "map") return "a map of keys";
  if (node.kind === "list") return "a list";
  if (node.variables.length > 0) return `the value of ${node.variables.join(" and ")}`;
  if (node.value === null) return "nothing";
  return typeof node.value === "string" ? quote(node.value) : quote(node.written);
}

/** `a`, `a or b`, `a, b or c` */
export function anyOf(words: readonly string[]): string {
  return listed(words, "or");
}

/** `a`, `a and b`, `a, b and c` */
export function allOf(words: readonly string[]): string {
  return listed(words, "and");
}

function listed(words: readonly string[], join: string): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${join} ${last}`;
}

/** The known word that was probably meant, if one is near enough. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > comparedCharactersMax) return undefined;
  const tolerance = word.length < 3 ? 1 : Math.max(2, Math.floor(word.length / 3));
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const far = distance(word.toLowerCase(), candidate.toLowerCase());
    if (far <= tolerance && far < (best?.distance ?? Number.POSITIVE_INFINITY)) {
      best = { word: candidate, distance: far };
    }
  }
  return best?.word;
}

/** Lists of known words longer than this are not written out. */
const knownWordsMax = 12;

/** What to do about an unknown word: the one that was probably meant, or all there are. */
export function suggestion(word: string, known: readonly string[], otherwise: string): string {
  const near = nearest(word, known);
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (known.length === 0 || known.length > knownWordsMax) return otherwise;
  return `Use ${anyOf(known.map((name) => `"${name}"`))}.`;
}
