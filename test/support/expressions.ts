import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import type { ExpressionAnalysis } from "../../engine/expression/analysis.ts";
import { compileExpression } from "../../engine/expression/compile.ts";
import type {
  Expression,
  ExpressionResult,
  ExpressionScope,
} from "../../engine/expression/expression.ts";
import type { Fields, Value } from "../../engine/value/value.ts";

/** An expression that stands alone on the first line of a file: the column is the offset plus one. */
export function place(offset: number) {
  return { file: "mapping.yaml", line: 1, column: offset + 1 };
}

export function offsetOf(at: { readonly column: number } | undefined): number {
  return (at?.column ?? 0) - 1;
}

export function compiled(text: string): Expression {
  const result = compileExpression({ text, place });
  if (!result.ok) throw new Error(`${text}: ${result.diagnostic.message}`);
  return result.expression;
}

export function analysisOf(text: string): ExpressionAnalysis {
  const result = compileExpression({ text, place });
  if (!result.ok) throw new Error(`${text}: ${result.diagnostic.message}`);
  return result.analysis;
}

export function refusalOf(text: string): Diagnostic {
  const result = compileExpression({ text, place });
  if (result.ok) throw new Error(`${text} was accepted`);
  return result.diagnostic;
}

export interface World {
  readonly fields?: Fields;
  readonly vars?: Fields;
  readonly streams?: Readonly<Record<string, readonly Fields[]>>;
  readonly address?: string;
}

export function scopeOf({ vars = {}, streams = {} }: World = {}): ExpressionScope {
  return {
    vars,
    records: (source) => streams[source] ?? [],
    now: new Date("2026-03-01T12:00:00Z"),
    phoneCountry: "US",
  };
}

export function evaluated(
  expression: Expression,
  world: World = {},
  scope: ExpressionScope = scopeOf(world),
): Promise<ExpressionResult> {
  const subject = {
    fields: world.fields ?? {},
    address: world.address ?? "wfp/people/1",
    linked: (rule: string) => rule === "users",
  };
  return expression.evaluate(subject, scope);
}

/** The value, where there is to be one. */
export async function resultOf(text: string, world: World = {}): Promise<Value> {
  const result = await evaluated(compiled(text), world);
  if (!result.ok) throw new Error(`${text}: ${result.trouble.message}`);
  return result.value;
}

/** The trouble, where there is to be some. */
export async function troubleOf(text: string, world: World = {}) {
  const result = await evaluated(compiled(text), world);
  if (result.ok) throw new Error(`${text} gave ${JSON.stringify(result.value)}`);
  return { message: result.trouble.message, offset: offsetOf(result.trouble.at) };
}
