import { entriesOf, itemsOf, type Node, type ScalarNode } from "../config/node.ts";
import { compileExpression } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { type ClauseText, clausesOf } from "./clauses.ts";

/** A part of a condition, ready to be worked out on its own. */
export interface CompiledClause {
  readonly text: string;
  readonly expression: Expression;
}

/**
 * Takes a condition of a mapping file apart. `root` is that file, read again for the place of each part: text in a file
 * is folded, quoted and indented, so that a place cannot be counted from the beginning. Without it, every part has the
 * place of the whole. Null where nothing can be taken apart.
 */
export function takeApart(
  condition: Expression,
  root: Node | undefined,
): readonly CompiledClause[] | null {
  if (condition.constant !== undefined) return null;
  const parts = clausesOf(condition.source);
  if (parts.length < 2) return null;
  const scalar = root ? scalarAt(root, condition) : undefined;
  const compiled = parts.map((part) => compilePart(part, condition, scalar));
  return compiled.every((one) => one !== null) ? compiled : null;
}

function compilePart(
  { text, offset }: ClauseText,
  condition: Expression,
  scalar: ScalarNode | undefined,
): CompiledClause | null {
  const place = (at: number) => scalar?.place(offset + at) ?? condition.at;
  const compiled = compileExpression({ text, place });
  return compiled.ok ? { text, expression: compiled.expression } : null;
}

/** The text of the file that the expression was made from; undefined when the file was edited since. */
function scalarAt(root: Node, { source, at }: Expression): ScalarNode | undefined {
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === "list") waiting.push(...itemsOf(node));
    if (node.kind === "map") waiting.push(...entriesOf(node).map(({ value }) => value));
    if (node.kind !== "scalar" || node.value !== source) continue;
    const first = node.place(0);
    if (first.line === at.line && first.column === at.column) return node;
  }
  return undefined;
}
