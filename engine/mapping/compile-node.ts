import type { Diagnostic } from "../config/diagnostic.ts";
import { type Node, scalarOf } from "../config/node.ts";
import { compileExpression, constantExpression } from "../expression/compile.ts";
import type { Compiled } from "./draft.ts";

/** Where compiling reports what it finds. */
export interface Compiling {
  readonly diagnostics: Diagnostic[];
}

/** Texts are expressions; `true`, `false` and numbers are constants. Undefined when there is nothing to evaluate. */
export function compileNode(
  node: Node | undefined,
  { diagnostics }: Compiling,
): Compiled | undefined {
  const scalar = scalarOf(node);
  if (!scalar || scalar.value === null || scalar.value === "") return undefined;
  if (typeof scalar.value !== "string") {
    const expression = constantExpression(scalar.value, scalar.at);
    return { expression, analysis: constantAnalysis(scalar.value) };
  }
  const text = { text: scalar.value, place: scalar.place };
  const compiled = compileExpression(text);
  if (!compiled.ok) {
    diagnostics.push(compiled.diagnostic);
    return undefined;
  }
  const { expression, analysis } = compiled;
  diagnostics.push(...analysis.warnings);
  return { expression, analysis, text };
}

function constantAnalysis(value: boolean | number): Compiled["analysis"] {
  return {
    fields: [],
    vars: [],
    streams: [],
    linked: [],
    result: { kind: typeof value === "boolean" ? "boolean" : "number" },
    warnings: [],
  };
}
