import { LineCounter, parseDocument } from "yaml";
import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { tooDeepAt } from "./nesting.ts";
import type { Node } from "./node.ts";
import type { Place } from "./place.ts";
import { readText } from "./read-text.ts";
import { isHarmless, syntaxDiagnostics } from "./yaml-syntax.ts";
import { treeOf } from "./yaml-tree.ts";

export interface YamlResult {
  /** Absent when the file cannot be read as it was meant. */
  readonly root?: Node;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a YAML file. `file` is its name for messages. */
export async function readYaml(path: string, file: string): Promise<YamlResult> {
  const read = await readText(path, file);
  return read.ok ? parseYaml(read.text, file) : { diagnostics: read.diagnostics };
}

export function parseYaml(text: string, file: string): YamlResult {
  const lines = new LineCounter();
  const deep = tooDeepAt(text, lines);
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (deep !== null) {
    const message = "Maps and lists stand too deeply within each other.";
    return { diagnostics: [errorAt("yaml-too-deep", placeOf(deep), message)] };
  }
  const document = parseDocument(text, {
    keepSourceTokens: true,
    prettyErrors: false,
    stringKeys: true,
  });
  const diagnostics = syntaxDiagnostics(document, text, placeOf);
  if (![...document.errors, ...document.warnings].every(isHarmless)) return { diagnostics };
  const tree = treeOf(document.contents, placeOf);
  return { ...tree, diagnostics: [...diagnostics, ...tree.diagnostics] };
}
