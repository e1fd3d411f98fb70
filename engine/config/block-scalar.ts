import type { CST } from "yaml";
import { addMade, addWritten, type Line, linesOf, type TextBuilder } from "./placed-text.ts";

/** What stands before the first line: `|` or `>`, indentation and chomping, perhaps a comment, and the line break. */
interface BlockHeader {
  readonly folds: boolean;
  /** 0 when the first line decides. */
  readonly indentation: number;
  readonly chomp: "" | "+" | "-";
  readonly length: number;
}

/** Adds the text of a `|` or `>` scalar; answers the offset of its end. */
export function addBlock(builder: TextBuilder, token: CST.BlockScalar): number {
  const header = blockHeader(token);
  const start = token.offset + header.length;
  const lines = token.source === "" ? [] : linesOf(token.source, start);
  const first = lines.findIndex((line) => !isBlank(line));
  const firstLine = lines[first];
  if (firstLine) {
    const indent = header.indentation > 0 ? token.indent + header.indentation : indentOf(firstLine);
    const end = lines.findLastIndex((line) => !isBlank(line) || line.text.length > indent) + 1;
    addLeading(builder, lines.slice(0, first), indent);
    const content = lines.slice(first, end);
    if (header.folds) addFolded(builder, content, indent);
    else addLiteral(builder, content, indent);
    addChomped(builder, header.chomp, lines.slice(end), indent);
  } else if (header.chomp === "+" && lines.length > 0) {
    addMade(builder, "\n".repeat(Math.max(1, lines.length - 1)), start);
  }
  return start + token.source.length;
}

function blockHeader({ props }: CST.BlockScalar): BlockHeader {
  const sources = props.map((token) => ("source" in token ? token.source : ""));
  const header = sources[0] ?? "";
  return {
    folds: header.startsWith(">"),
    indentation: Number(/[1-9]/.exec(header)?.[0] ?? 0),
    chomp: header.includes("-") ? "-" : header.includes("+") ? "+" : "",
    length: sources.join("").length,
  };
}

function isBlank(line: Line): boolean {
  return /^ *$/.test(line.text);
}

function indentOf(line: Line): number {
  return /^ */.exec(line.text)?.[0].length ?? 0;
}

/** Empty lines before the first line with content are kept. */
function addLeading(builder: TextBuilder, lines: readonly Line[], indent: number): void {
  for (const line of lines) {
    addWritten(builder, line.text.slice(indent), line.offset + indent);
    addMade(builder, "\n", line.offset + line.text.length);
  }
}

function addLiteral(builder: TextBuilder, lines: readonly Line[], indent: number): void {
  for (const [index, line] of lines.entries()) {
    addWritten(builder, line.text.slice(indent), line.offset + indent);
    if (index < lines.length - 1) addMade(builder, "\n", line.offset + line.text.length);
  }
}

/** Lines are joined by a space; empty lines, and the edges of lines that are indented further, keep their breaks. */
function addFolded(builder: TextBuilder, lines: readonly Line[], indent: number): void {
  let separator = "";
  let separatorAt = 0;
  let further = false;
  for (const line of lines) {
    const text = line.text.slice(indent);
    if (text === "") {
      if (separator === "\n") addMade(builder, "\n", separatorAt);
      separator = "\n";
    } else if (/^[ \t]/.test(text)) {
      if (separator === " ") separator = "\n";
      else if (!further && separator === "\n") separator = "\n\n";
      addMade(builder, separator, separatorAt);
      addWritten(builder, text, line.offset + indent);
      separator = "\n";
      further = true;
    } else {
      addMade(builder, separator, separatorAt);
      addWritten(builder, text, line.offset + indent);
      separator = " ";
      further = false;
    }
    separatorAt = line.offset + line.text.length;
  }
}

/** The line breaks at the end: none, one, or all that are there. */
function addChomped(
  builder: TextBuilder,
  chomp: BlockHeader["chomp"],
  rest: readonly Line[],
  indent: number,
): void {
  if (chomp === "-") return;
  const at = (builder.offsets.at(-1) ?? 0) + 1;
  if (chomp === "+") {
    for (const line of rest) {
      addMade(builder, "\n", line.offset - 1);
      addWritten(builder, line.text.slice(indent), line.offset + indent);
    }
    if (builder.text.endsWith("\n")) return;
  }
  addMade(builder, "\n", at);
}
