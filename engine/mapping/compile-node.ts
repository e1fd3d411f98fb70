import { errorAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import { type Node, type ScalarNode, scalarOf } from "../config/node.ts";
import { allOf } from "../config/wording.ts";
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
  const constant = constantOf(scalar);
  if (typeof constant !== "string") {
    const expression = constantExpression(constant, scalar.at);
    return { expression, analysis: constantAnalysis(constant) };
  }
  if (scalar.variables.length > 0) {
    const message = `The expression is made with ${allOf(scalar.variables)} of the environment.`;
    diagnostics.push(errorAt("environment-in-expression", scalar.at, message));
    return undefined;
  }
  const text = { text: constant, place: scalar.place };
  const compiled = compileExpression(text);
  if (!compiled.ok) {
    diagnostics.push(compiled.diagnostic);
    return undefined;
  }
  const { expression, analysis } = compiled;
  diagnostics.push(...analysis.warnings);
  return { expression, analysis, text };
}

/** The environment holds texts; `enabled: ${ENABLED}` means the constant that the text spells. */
function constantOf({ value, variables }: ScalarNode): string | number | boolean {
  if (typeof value !== "string" || variables.length === 0) return value ?? "";
  if (value === "true" || value === "false") return value === "true";
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value) ? Number(value) : value;
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
