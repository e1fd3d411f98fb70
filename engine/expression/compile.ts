import { errorAt } from "../config/diagnose.ts";
import type { Place } from "../config/place.ts";
import type { Value } from "../value/value.ts";
import { analyse } from "./analyse.ts";
import type { CompileResult, ExpressionText } from "./analysis.ts";
import { interpreted } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import { completeFinds } from "./find-calls.ts";
import { bindLibrary } from "./library/library.ts";
import { type NameTrouble, nameTrouble } from "./names.ts";
import { visit } from "./node.ts";
import { type NotParsed, parse } from "./parse.ts";
import { constantOf } from "./plain.ts";
import { readsOf } from "./reads.ts";
import { plainEvaluator } from "./sync.ts";

/** Reads an expression of a YAML file and checks all that can be checked before there are records. */
export function compileExpression(source: ExpressionText): CompileResult {
  const parsed = parse(source.text);
  if (!parsed.ok) return refused(source, parsed);
  const { interpreter, tree } = parsed;
  const trouble = nameTrouble(source.text, tree);
  if (trouble) return refused(source, trouble);
  bindLibrary(interpreter);
  const reads = readsOf(tree);
  const analysis = analyse(source, tree, reads);
  const constant = constantOf(tree);
  if (constant) {
    const expression = fixed(source.text, source.place(0), constant.value);
    return { ok: true, expression, analysis };
  }
  const sync = plainEvaluator(tree);
  completeFinds(tree);
  const expression = interpreted(source, {
    interpreter,
    sync,
    dependsOnRecord: reads.dependsOnRecord,
    writes: visit(tree).some(({ node }) => node.type === "transform"),
  });
  return { ok: true, expression, analysis };
}

function refused({ place }: ExpressionText, trouble: NotParsed | NameTrouble): CompileResult {
  const { code, offset, message, help } = trouble;
  return { ok: false, diagnostic: errorAt(code, place(offset), message, help) };
}

/** A constant of a YAML file: `true`, 12, a list. */
export function constantExpression(value: Value, at: Place): Expression {
  return fixed(JSON.stringify(value), at, value);
}

function fixed(source: string, at: Place, value: Value): Expression {
  return {
    source,
    at,
    constant: value,
    sync: () => value,
    evaluate: () => Promise.resolve({ ok: true, value }),
  };
}
