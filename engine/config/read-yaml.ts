import { Composer, type CST, type Document, LineCounter, Parser, YAMLParseError } from "yaml";
import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { tooDeepAt } from "./nesting.ts";
import type { Node } from "./node.ts";
import type { Place } from "./place.ts";
import { configurationBytesMax, readText } from "./read-text.ts";
import { isHarmless, syntaxDiagnostics } from "./yaml-syntax.ts";
import { configurationValuesMax, treeOf } from "./yaml-tree.ts";

export interface YamlResult {
  /** Absent when the file cannot be read as it was meant. */
  readonly root?: Node;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a YAML file. `file` is its name for messages. */
export async function readYaml(path: string, file: string): Promise<YamlResult> {
  const read = await readText(path, file, configurationBytesMax);
  return read.ok ? parseYaml(read.text, file) : { diagnostics: read.diagnostics };
}

/** `valuesMax`: how many values the file may hold once its aliases are written out. */
export function parseYaml(
  text: string,
  file: string,
  valuesMax: number = configurationValuesMax,
): YamlResult {
  const lines = new LineCounter();
  // Telling the tokens apart takes most of the time of reading: it is done once, for the check and for the document.
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const deep = tooDeepAt(tokens);
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (deep !== null) {
    const message = "Maps and lists stand too deeply within each other.";
    return { diagnostics: [errorAt("yaml-too-deep", placeOf(deep), message)] };
  }
  const document = composed(tokens, text.length);
  const diagnostics = syntaxDiagnostics(document, text, placeOf);
  if (![...document.errors, ...document.warnings].every(isHarmless)) return { diagnostics };
  const tree = treeOf(document.contents, placeOf, valuesMax);
  return { ...tree, diagnostics: [...diagnostics, ...tree.diagnostics] };
}

/** The first document of the file; that there is a second one is an error of the first. */
function composed(tokens: readonly CST.Token[], end: number): Document.Parsed {
  const composer = new Composer({ keepSourceTokens: true, prettyErrors: false, stringKeys: true });
  const [document, second] = composer.compose(tokens, true, end);
  if (!document) throw new Error("YAML gives a document, even for an empty text.");
  if (second) {
    const [from, to] = second.range;
    document.errors.push(new YAMLParseError([from, to], "MULTIPLE_DOCS", "a second document"));
  }
  return document;
}
