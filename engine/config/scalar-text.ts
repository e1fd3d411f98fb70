import type { CST } from "yaml";
import { addBlock } from "./block-scalar.ts";
import {
  addMade,
  addWritten,
  linesOf,
  newText,
  type PlacedText,
  type TextBuilder,
} from "./placed-text.ts";

/*
 * Quotes, escapes, folded lines and indentation make the text of a scalar differ from what is written, so the text is
 * worked out a second time, by the rules of YAML, with the offset of every character beside it. Tests prove that it is
 * the text that the YAML library gives.
 */

export function scalarText(token: CST.FlowScalar | CST.BlockScalar): PlacedText {
  const builder = newText();
  const end = token.type === "block-scalar" ? addBlock(builder, token) : addFlow(builder, token);
  return { text: builder.text, offsets: [...builder.offsets, end] };
}

/** Answers the offset of the end of the text. */
function addFlow(builder: TextBuilder, { type, source, offset }: CST.FlowScalar): number {
  const end = offset + source.length;
  if (type === "double-quoted-scalar") {
    addDoubleQuoted(builder, source.slice(0, -1), offset);
    return end - 1;
  }
  if (type === "single-quoted-scalar") {
    addSingleQuoted(builder, source.slice(1, -1), offset + 1);
    return end - 1;
  }
  addUnfolded(builder, source, offset);
  return end;
}

/** A line break within a plain or single-quoted scalar is a space; empty lines are line breaks. */
function addUnfolded(builder: TextBuilder, source: string, offset: number): void {
  const lines = linesOf(source, offset);
  let separator = "";
  let separatorAt = offset;
  for (const [index, line] of lines.entries()) {
    const last = index === lines.length - 1;
    const indent = index === 0 ? 0 : (/^[ \t]*/.exec(line.text)?.[0].length ?? 0);
    const content = last ? line.text.slice(indent) : trimmedEnd(line.text.slice(indent));
    if (content === "" && index > 0 && !last) {
      separator = separator === " " ? "\n" : `${separator}\n`;
    } else {
      addMade(builder, separator, separatorAt);
      addWritten(builder, content, line.offset + indent);
      separator = " ";
      separatorAt = line.offset + indent + content.length;
    }
  }
}

function trimmedEnd(text: string): string {
  return text.replace(/(?<![ \t])[ \t]+$/, "");
}

function addSingleQuoted(builder: TextBuilder, source: string, offset: number): void {
  const unfolded = newText();
  addUnfolded(unfolded, source, offset);
  for (let index = 0; index < unfolded.text.length; index += 1) {
    addWritten(builder, unfolded.text.charAt(index), unfolded.offsets[index] ?? offset);
    if (unfolded.text.startsWith("''", index)) index += 1;
  }
}

const escapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  N: "\u0085",
  _: "\u00a0",
  L: "\u2028",
  P: "\u2029",
};

/** One alternative each: an escaped line break, any other escape, a line break with the blanks around it, blanks, a character. */
const doubleQuotedPart =
  /\\\r?\n[ \t]*|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|[ \t]*\r?\n(?:[ \t]|\r?\n)*|[ \t]+|./gs;

function addDoubleQuoted(builder: TextBuilder, source: string, offset: number): void {
  for (const match of source.slice(1).matchAll(doubleQuotedPart)) {
    const [part] = match;
    const at = offset + 1 + match.index;
    if (part.startsWith("\\")) addMade(builder, unescaped(part), at);
    else if (part.includes("\n")) addMade(builder, folded(part), at);
    else addWritten(builder, part, at);
  }
}

function unescaped(part: string): string {
  const name = part.charAt(1);
  if (name === "\n" || name === "\r") return "";
  if (part.length > 2) return String.fromCodePoint(Number.parseInt(part.slice(2), 16));
  return escapes[name] ?? name;
}

function folded(part: string): string {
  const breaks = part.split("\n").length - 1;
  return breaks === 1 ? " " : "\n".repeat(breaks - 1);
}
