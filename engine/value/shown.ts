import type { Value } from "./value.ts";

/** A message is a sentence: of a longer value it shows the beginning. */
const shownCharactersMax = 60;

/** Characters that nobody sees, or that turn the rest of a line around. */
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ud800-\udfff]/gu;

/** A value as a message shows it: texts in quotes, lists and objects by their kind alone, all of it short and visible. */
export function shown(value: Value | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "string") return `"${shownText(value)}"`;
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "an object";
  return String(value);
}

/** The same for a text that stands without quotes, such as a message of somebody else's. */
export function shownText(text: string, charactersMax: number = shownCharactersMax): string {
  const cut = text.length > charactersMax ? `${beginning(text, charactersMax)}…` : text;
  return cut.replace(invisible, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** The cut must not go through an emoji. */
function beginning(text: string, charactersMax: number): string {
  return text.slice(0, charactersMax).replace(/[\ud800-\udbff]$/, "");
}
