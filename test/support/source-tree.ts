import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type Comment, parseSync, visitorKeys } from "oxc-parser";

/* The files of the project as the repository's own rules look at them: text, and syntax from a real parser. */

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Not ours: installed, generated, or made by running the program. */
const skipped = new Set(["node_modules", ".git", ".syncctl", "build", "coverage"]);

export interface TextFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Every file below a folder of the project, or the file itself. Empty when there is no such folder yet. */
export function filesBelow(folder: string): readonly TextFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !path.split("/").some((part) => skipped.has(part)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** A node of the syntax tree, seen without its type: rules look at a few kinds and walk through the rest. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface Source extends TextFile {
  readonly program: SyntaxNode;
  readonly comments: readonly Comment[];
  /** Counts from 1. */
  line(offset: number): number;
}

export function parseSource(file: TextFile): Source {
  const result = parseSync(file.path, file.text);
  const [error] = result.errors;
  if (error) throw new Error(`${file.path} cannot be parsed: ${error.message}`);
  const starts = [0];
  for (let at = file.text.indexOf("\n"); at >= 0; at = file.text.indexOf("\n", at + 1)) {
    starts.push(at + 1);
  }
  return {
    ...file,
    program: result.program as unknown as SyntaxNode,
    comments: result.comments,
    line: (offset) => starts.findLastIndex((start) => start <= offset) + 1,
  };
}

/** Every node, parents before children. */
export function* walk(
  node: SyntaxNode,
  parent: SyntaxNode | null = null,
): Generator<readonly [SyntaxNode, SyntaxNode | null]> {
  yield [node, parent];
  for (const key of visitorKeys[node.type] ?? []) {
    const child = node[key];
    for (const each of Array.isArray(child) ? child : [child]) {
      if (isNode(each)) yield* walk(each, node);
    }
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value;
}

export function nodeAt(node: SyntaxNode, key: string): SyntaxNode | undefined {
  const child = node[key];
  return isNode(child) ? child : undefined;
}

/** The name of an identifier or of a plain member (`a.b` is `b`, and so is `a["b"]`). */
export function nameOf(node: SyntaxNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (typeof node["name"] === "string") return node["name"];
  if (node.type === "Literal" && typeof node["value"] === "string") return node["value"];
  return undefined;
}

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** Names taken from the module; empty for `import "x"`, `import * as x` and `import("x")`. */
  readonly names: readonly string[];
}

/** Static, dynamic, type-only and re-exporting imports, and `require`. */
export function importsOf(source: Source): readonly Import[] {
  const found: Import[] = [];
  for (const [node] of walk(source.program)) {
    const specifier = importedFrom(node);
    if (specifier === undefined) continue;
    const specifiers = Array.isArray(node["specifiers"]) ? node["specifiers"].filter(isNode) : [];
    const names = specifiers.map((each) =>
      nameOf(nodeAt(each, "imported") ?? nodeAt(each, "local")),
    );
    found.push({
      specifier,
      line: source.line(node.start),
      names: names.filter((name) => name !== undefined),
    });
  }
  return found;
}

function importedFrom(node: SyntaxNode): string | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "ImportExpression":
    case "TSImportType":
      return nameOf(nodeAt(node, "source")) ?? nameOf(nodeAt(node, "argument"));
    case "CallExpression": {
      const [argument] = Array.isArray(node["arguments"]) ? node["arguments"] : [];
      return nameOf(nodeAt(node, "callee")) === "require" && isNode(argument)
        ? nameOf(argument)
        : undefined;
    }
    default:
      return undefined;
  }
}
