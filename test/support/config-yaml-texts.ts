import fc from "fast-check";

/*
 * Random scalars as a person could write them: a text in one of YAML's styles, as the value of `outer.key`, with things
 * before and after it. Each word begins with a character of its own, so that it can be found again in the file.
 */

const firstMark = 0x4e00;

const body = fc.stringMatching(/^[a-z$().&'"\\\u00e9\u{1F600}]{0,6}$/u);

/** Lines of words; some empty. */
const lines = fc
  .array(fc.array(body, { minLength: 0, maxLength: 3 }), { minLength: 1, maxLength: 5 })
  .map((all) => {
    let mark = firstMark;
    return all.map((words) =>
      words
        .map((word) => {
          mark += 1;
          return `${String.fromCharCode(mark)}${word}`;
        })
        .join(" "),
    );
  });

/** Blanks at the ends of lines, which count in some styles and not in others. */
const tail = fc.constantFrom("", " ", "  ", "\t", " \t ");

const plain = fc.tuple(lines, tail).map(([content, end]) => {
  const [first, ...rest] = content.map((line) => line.replace(/["'\\&]/gu, ""));
  const written = [first || "a", ...rest.map((line) => (line ? `    ${line}` : ""))];
  return written.join(`${end}\n`).trimEnd();
});

const singleQuoted = fc
  .tuple(lines, tail)
  .map(
    ([content, end]) =>
      `'${content.map((line) => line.replaceAll("'", "''")).join(`${end}\n    `)}'`,
  );

const escapes = [
  "",
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

const doubleQuoted = fc
  .tuple(lines, tail, fc.array(fc.constantFrom(...escapes), { minLength: 5, maxLength: 5 }))
  .map(([content, end, escaped]) => {
    const written = content.map((line, index) => {
      const safe = line.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
      return (escaped[index] ?? "") + safe + (escaped[index + 1] ?? "");
    });
    return `"${written.join(`${end}\n    `)}"`;
  });

const headers = ["|", "|-", "|+", ">", ">-", ">+", "|2", ">2-", ">2+", "> # why", "|  "];

const block = fc
  .record({
    header: fc.constantFrom(...headers),
    content: lines,
    indents: fc.array(fc.constantFrom(0, 0, 0, 1, 2), { minLength: 5, maxLength: 5 }),
    trailing: fc.constantFrom("", "\n", "\n\n", "      \n"),
  })
  .map(({ header, content, indents, trailing }) => {
    const written = content.map((line, index) => {
      const more = indents[index] ?? 0;
      return line === "" && more === 0 ? "" : `${" ".repeat(4 + more)}${line}`;
    });
    return `${header}\n${written.join("\n")}\n${trailing}`;
  });

/** A file with one scalar under `outer.key`. */
export const fileWithScalar = fc
  .record({
    written: fc.oneof(plain, singleQuoted, doubleQuoted, block),
    windows: fc.boolean(),
    before: fc.constantFrom("", "# \u{1F600}\nfirst: 'x'\n"),
  })
  .map(({ written, windows, before }) => {
    const text = `${before}outer:\n  key: ${written}\n  # after\nlast: 1\n`;
    return windows ? text.replaceAll("\n", "\r\n") : text;
  });

/** Where the marks of a text are: index in the text, and the mark. */
export function marksIn(
  text: string,
): readonly { readonly index: number; readonly mark: string }[] {
  return Array.from(text.matchAll(/[\u4e00-\u4eff]/gu), ({ index, 0: mark }) => ({ index, mark }));
}
