import fc from "fast-check";

/*
 * Random scalars as a person could write them: a YAML text in one of YAML's styles, standing as the value of `key` with
 * things before and after it.
 */

const word = fc.stringMatching(/^[a-z0-9$().&'"=\\\u00e9\u{1F600}]{1,8}$/u);
const blanks = fc.constantFrom("", " ", "  ", "\t", " \t ");

/** Lines of words; some empty. */
const lines = fc.array(
  fc.array(word, { minLength: 0, maxLength: 3 }).map((words) => words.join(" ")),
  { minLength: 1, maxLength: 5 },
);

function plain(content: readonly string[], tail: string): string {
  const [first = "a", ...rest] = content.map((line) => line.replace(/["'\\&]/gu, ""));
  return [first.trim() === "" ? "a" : first, ...rest.map((line) => (line ? `    ${line}` : ""))]
    .join(`${tail}\n`)
    .trimEnd();
}

function single(content: readonly string[], tail: string): string {
  return `'${content.map((line) => line.replaceAll("'", "''")).join(`${tail}\n    `)}'`;
}

const doubleEscapes = [
  "\\n",
  "\\t",
  "\\\\",
  '\\"',
  "\\x41",
  "\\u00e9",
  "\\U0001F600",
  "\\ ",
  "\\_",
  "\\\n     ",
];

function double(content: readonly string[], tail: string, escapes: readonly string[]): string {
  const written = content.map((line, index) => {
    const safe = line.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
    return safe + (escapes[index] ?? "");
  });
  return `"${written.join(`${tail}\n    `)}"`;
}

function block(
  style: { header: string; indents: readonly number[] },
  content: readonly string[],
): string {
  const body = content.map((line, index) => {
    const more = style.indents[index] ?? 0;
    return line === "" && more === 0 ? "" : `${" ".repeat(4 + more)}${line}`;
  });
  return `${style.header}\n${body.join("\n")}\n`;
}

const blockStyle = fc.record({
  header: fc.constantFrom("|", "|-", "|+", ">", ">-", ">+", "|2", ">2-", ">2+", "> # why", "|  "),
  indents: fc.array(fc.constantFrom(0, 0, 0, 1, 2), { minLength: 5, maxLength: 5 }),
});

const scalar = fc.oneof(
  fc.tuple(lines, blanks).map(([content, tail]) => plain(content, tail)),
  fc.tuple(lines, blanks).map(([content, tail]) => single(content, tail)),
  fc
    .tuple(lines, blanks, fc.array(fc.constantFrom("", ...doubleEscapes), { maxLength: 5 }))
    .map(([content, tail, escapes]) => double(content, tail, escapes)),
  fc.tuple(blockStyle, lines).map(([style, content]) => block(style, content)),
);

/** A file with one scalar under `outer.key`. */
export const fileWithScalar = fc
  .tuple(scalar, fc.boolean(), fc.boolean())
  .map(([written, windows, quoteBefore]) => {
    const before = quoteBefore ? "# \u{1F600}\nfirst: 'x'\n" : "";
    const text = `${before}outer:\n  key: ${written}\n  # after\nlast: 1\n`;
    return windows ? text.replaceAll("\n", "\r\n") : text;
  });
