/* Texts as they are compared: small letters without accents, in words. */

/** Letters that have no accent to be taken off, and are typed in another way where the keyboard lacks them. */
const spelled: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ħ: "h",
};

const beyondAscii = /[^\u0000-\u007f]/;

/** Small letters without accents: `García` and `GARCIA` give the same text. */
export function fold(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  return plain.replace(/[ßæœøłđðþıħ]/g, (letter) => spelled[letter] ?? letter);
}

export interface Word {
  /** As it was written. */
  readonly shown: string;
  readonly folded: string;
}

/** The words of a name. A hyphen parts two words, an apostrophe does not: `O'Rourke` is one, `García-López` two. */
export function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const [shown] of text.matchAll(/[\p{L}\p{N}\p{M}'’`´]+/gu)) {
    const folded = fold(shown).replace(/[^\p{L}\p{N}]+/gu, "");
    if (folded !== "") words.push({ shown, folded });
  }
  return words;
}
