import type { Fields, Value } from "../value/value.ts";
import type { ExpressionScope } from "./expression.ts";
import { type StandardFunction, standard } from "./library/standard.ts";
import { operandCharactersMax, resultCharactersMax } from "./limits.ts";
import { calledName, childOf, childrenOf, fieldName, hasOnly, type Node, textOf } from "./node.ts";
import {
  beyond,
  type Cell,
  cellOf,
  constantOf,
  type Given,
  isTrue,
  type Names,
  type Plain,
} from "./plain.ts";
import { plainBlock, plainCount, plainName } from "./plain-names.ts";

/*
 * The plainest expressions, without the interpreter: fields, constants, `&`, `=`, `!=`, `in`, `and`, `or`, `? :`, names
 * for values on the way, fields of a record that `$find` gives, and a few functions. A hundred times faster, and nothing
 * to wait for. What they give is what the interpreter gives; `expression-sync.test.ts` proves it for each kind of node.
 */

/** Undefined when the expression is not of the plainest. The function answers `undefined` for what is beyond. */
export function plainEvaluator(
  tree: Node,
): ((fields: Fields, scope?: ExpressionScope) => Value | undefined) | undefined {
  const evaluate = plain(tree, new Map());
  if (!evaluate) return undefined;
  return (fields, scope) => {
    const cell = evaluate({ fields, scope, slots: [] });
    if (cell === beyond) return undefined;
    if (typeof cell === "string" && cell.length > resultCharactersMax) return undefined;
    return cell ?? null;
  };
}

function plain(node: Node, names: Names): Plain | undefined {
  switch (node.type) {
    case "string":
    case "number":
    case "value":
      return plainConstant(node);
    case "path":
      return plainField(node) ?? plainName(node, names, plain);
    case "variable":
      return plainName(node, names, plain);
    case "binary":
      return plainOperator(node, names);
    case "condition":
      return plainCondition(node, names);
    case "function":
      return plainCall(node, names);
    case "block":
      return plainBlock(node, names, plain);
    default:
      return undefined;
  }
}

function plainConstant(node: Node): Plain | undefined {
  const constant = constantOf(node);
  return constant && (() => constant.value);
}

function plainField(node: Node): Plain | undefined {
  const name = fieldName(node);
  return name === undefined ? undefined : ({ fields }) => cellOf(fields, name);
}

function plainOperator(node: Node, names: Names): Plain | undefined {
  if (!hasOnly(node, ["type", "value", "position", "lhs", "rhs"])) return undefined;
  const [lhs, rhs] = [childOf(node, "lhs"), childOf(node, "rhs")];
  const left = lhs && plain(lhs, names);
  if (!left || !rhs) return undefined;
  if (textOf(node) === "in") return plainIn(left, rhs);
  const operator = textOf(node);
  const decides = operator === "and" || operator === "or";
  // The left side often decides alone, and then the right side need not be plain.
  const right = plain(rhs, names) ?? (decides ? () => beyond : undefined);
  if (!right) return undefined;
  switch (operator) {
    case "&":
      return both(left, right, joined);
    case "=":
      return both(left, right, (a, b) => a !== undefined && a === b);
    case "!=":
      return both(left, right, (a, b) => a !== undefined && b !== undefined && a !== b);
    case "and":
      return (around) => {
        const truth = isTrue(left(around));
        return truth === true ? isTrue(right(around)) : truth;
      };
    case "or":
      return (around) => {
        const truth = isTrue(left(around));
        return truth === false ? isTrue(right(around)) : truth;
      };
    default:
      return undefined;
  }
}

function both(left: Plain, right: Plain, combine: (a: Given, b: Given) => Cell): Plain {
  return (around) => {
    const a = left(around);
    const b = right(around);
    return a === beyond || b === beyond ? beyond : combine(a, b);
  };
}

function joined(a: Given, b: Given): Cell {
  const left = written(a);
  const right = written(b);
  return typeof left === "string" && typeof right === "string" ? left + right : beyond;
}

/** Numbers are written with 15 digits, so that 0.1 + 0.2 is 0.3. */
function written(value: Given): string | typeof beyond {
  if (value === undefined) return "";
  if (typeof value !== "number") return String(value);
  if (!Number.isFinite(value)) return beyond;
  return JSON.stringify(Number.isInteger(value) ? value : Number(value.toPrecision(15)));
}

/** `status in ["active", "invited"]`, with constants only. */
function plainIn(left: Plain, list: Node): Plain | undefined {
  if (list.type !== "unary" || !hasOnly(list, ["type", "value", "position", "expressions"]))
    return undefined;
  const constants = childrenOf(list, "expressions").map(constantOf);
  if (textOf(list) !== "[" || constants.some((constant) => constant === undefined))
    return undefined;
  const values = constants.map((constant) => constant?.value);
  return (around) => {
    const value = left(around);
    return value === beyond ? beyond : value !== undefined && values.includes(value);
  };
}

/** Which branch is taken often depends on the record; one that is not plain is beyond for those that take it. */
function plainCondition(node: Node, names: Names): Plain | undefined {
  if (!hasOnly(node, ["type", "position", "condition", "then", "else"])) return undefined;
  const [test, then, otherwise] = ["condition", "then", "else"].map((key) => childOf(node, key));
  const condition = test && plain(test, names);
  if (!condition || !then) return undefined;
  const [one, other] = [plain(then, names), otherwise && plain(otherwise, names)];
  if (!one && !other) return undefined;
  return (around) => {
    const truth = isTrue(condition(around));
    if (truth === beyond) return beyond;
    if (truth) return one ? one(around) : beyond;
    if (!otherwise) return undefined;
    return other ? other(around) : beyond;
  };
}

function plainCall(node: Node, names: Names): Plain | undefined {
  if (!hasOnly(node, ["type", "name", "value", "position", "arguments", "procedure"]))
    return undefined;
  const [parameter, ...more] = childrenOf(node, "arguments");
  if (parameter && more.length === 0 && calledName(node) === "count") {
    return plainCount(parameter, names, plain);
  }
  const operand = parameter && more.length === 0 ? plain(parameter, names) : undefined;
  if (!operand) return undefined;
  switch (calledName(node)) {
    case "not":
      return on(operand, (value) => (value === undefined ? undefined : !value));
    case "boolean":
      return on(operand, (value) => (value === undefined ? undefined : Boolean(value)));
    case "exists":
      return on(operand, (value) => value !== undefined);
    case "blank":
      return on(operand, (value) => (isBlank(value) ? null : value));
    case "isBlank":
      return on(operand, isBlank);
    case "string":
      return on(operand, (value) => (value === undefined ? undefined : written(value)));
    case "lowercase":
      return onText(operand, standard("lowercase"));
    case "uppercase":
      return onText(operand, standard("uppercase"));
    case "trim":
      return onText(operand, standard("trim"));
    default:
      return undefined;
  }
}

function on(operand: Plain, apply: (value: Given) => Cell): Plain {
  return (around) => {
    const value = operand(around);
    return value === beyond ? beyond : apply(value);
  };
}

function isBlank(value: Given): boolean {
  return (
    value === undefined || value === null || (typeof value === "string" && value.trim() === "")
  );
}

/** Numbers and yes-or-no values are errors to these functions. */
function onText(operand: Plain, { implementation }: StandardFunction): Plain {
  const focus = { environment: { lookup: () => undefined } };
  return (around) => {
    const value = operand(around);
    if (value === undefined || value === null || value === beyond) return value;
    if (typeof value !== "string" || value.length > operandCharactersMax) return beyond;
    const result = implementation.call(focus, value);
    return typeof result === "string" ? result : beyond;
  };
}
