/*
 * PostgreSQL text cannot hold U+0000, and its UTF-8 no half of a surrogate pair; both turn up in records. Such a code
 * unit is written as U+001A ("substitute") and four hexadecimal digits, and so is U+001A itself: what was stored comes
 * back as it was. JSON columns need none of this: they are of type `json`, which keeps the text that JavaScript made,
 * escapes included, where `jsonb` refuses these characters and forgets the order of keys.
 */

const unstorable = /[\u0000\u001A\p{Surrogate}]/gu;
const escaped = /\u001A([0-9a-f]{4})/g;

export function escapeText(text: string): string {
  return text.replace(
    unstorable,
    (unit) => `\u001A${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export function unescapeText(text: string): string {
  if (!text.includes("\u001A")) return text;
  return text.replace(escaped, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
