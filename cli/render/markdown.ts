import { visible } from "./visible.ts";

/** A sentence in a comment is cut here; it is enough for every reason that syncctl gives. */
const proseCharactersMax = 1_000;

/**
 * A sentence that Markdown shows as it is: no markup, and no mention of a person or an issue that a name from an
 * outside system would set off. Commands, which stand between backticks, become code.
 */
export function prose(text: string): string {
  const plain = visible(text);
  const cut = plain.length > proseCharactersMax ? `${plain.slice(0, proseCharactersMax)}…` : plain;
  return cut
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : harmless(part)))
    .join("");
}

function harmless(text: string): string {
  return text.replace(
    /[\\`*_{}[\]<>|~&]|@|#(?=\d)|(?<=\bGH)-(?=\d)|(?<=https?:)\/|(?<=\bwww)\./gi,
    // A comment in between keeps GitHub from making a mention or a link of it.
    (sign) => (/[@#\-/.]/.test(sign) ? `${sign}<!-- -->` : `\\${sign}`),
  );
}

/** A code span, which Markdown never reads into; the fence is longer than any in the text. */
export function code(text: string): string {
  // In a table even a code span ends at a bar, unless a backslash stands before it.
  const plain = visible(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = plain === "" || /^[`\s]|[`\s]$/.test(plain) ? " " : "";
  return `${fence}${space}${plain}${space}${fence}`;
}
