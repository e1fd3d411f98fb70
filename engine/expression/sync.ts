import type { Fields, Value } from "../value/value.ts";
import { type StandardFunction, standard } from "./library/standard.ts";
import { operandCharactersMax, resultCharactersMax } from "./limits.ts";
import { calledName, childOf, childrenOf, fieldName, hasOnly, type Node, textOf } from "./node.ts";

/*
 * The plainest expressions, without the interpreter: fields, constants, `&`, `=`, `!=`, `in`, `and`, `or`, `? :`, and a
 * few functions. A hundred times faster, and nothing to wait for. What they give is what the interpreter gives;
 * `expression-sync.test.ts` proves it for each kind of node.
 */

/** `beyond`: a list, an object, or what would be an error: the interpreter has to say what comes of it. */
const beyond = Symbol("beyond the plain");

type Scalar = null | boolean | number | string;
/** `undefined` is what the interpreter has for a field that is not there. */
type Cell = Scalar | undefined | typeof beyond;
type Plain = (fields: Fields) => Cell;

/** Undefined when the expression is not of the plainest. The function answers `undefined` for `beyond`. */
export function plainEvaluator(tree: Node): ((fields: Fields) => Value | undefined) | undefined {
  const evaluate = plain(tree);
  if (!evaluate) return undefined;
  return (fields) => {
    const cell = evaluate(fields);
    if (cell === beyond) return undefined;
    if (typeof cell === "string" && cell.length > resultCharactersMax) return undefined;
    return cell ?? null;
  };
}

/** The value of an expression that is a constant. */
export function constantOf(tree: Node): { readonly value: Scalar } | undefined {
  if (!["string", "number", "value"].includes(tree.type)) return undefined;
  if (!hasOnly(tree, ["type", "value", "position"])) return undefined;
  const value = tree["value"];
  return isScalar(value) ? { value } : undefined;
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ["boolean", "number", "string"].includes(typeof value);
}

function plain(node: Node): Plain | undefined {
  switch (node.type) {
    case "string":
    case "number":
    case "value":
      return plainConstant(node);
    case "path":
      return plainField(node);
    case "binary":
      return plainOperator(node);
    case "condition":
      return plainCondition(node);
    case "function":
      return plainCall(node);
    case "block":
      return plainBlock(node);
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
  if (name === undefined) return undefined;
  return (fields) => {
    if (!Object.hasOwn(fields, name)) return undefined;
    const value = fields[name];
    if (typeof value === "object" && value !== null) return beyond;
    return value;
  };
}

function plainBlock(node: Node): Plain | undefined {
  const [only, ...more] = childrenOf(node, "expressions");
  if (!only || more.length > 0 || !hasOnly(node, ["type", "position", "expressions"]))
    return undefined;
  return plain(only);
}

function plainOperator(node: Node): Plain | undefined {
  if (!hasOnly(node, ["type", "value", "position", "lhs", "rhs"])) return undefined;
  const [lhs, rhs] = [childOf(node, "lhs"), childOf(node, "rhs")];
  const left = lhs && plain(lhs);
  if (!left || !rhs) return undefined;
  if (textOf(node) === "in") return plainIn(left, rhs);
  const operator = textOf(node);
  const decides = operator === "and" || operator === "or";
  // The left side often decides alone, and then the right side need not be plain.
  const right = plain(rhs) ?? (decides ? () => beyond : undefined);
  if (!right) return undefined;
  switch (operator) {
    case "&":
      return both(left, right, joined);
    case "=":
      return both(left, right, (a, b) => a !== undefined && a === b);
    case "!=":
      return both(left, right, (a, b) => a !== undefined && b !== undefined && a !== b);
    case "and":
      return (fields) => {
        const truth = isTrue(left(fields));
        return truth === true ? isTrue(right(fields)) : truth;
      };
    case "or":
      return (fields) => {
        const truth = isTrue(left(fields));
        return truth === false ? isTrue(right(fields)) : truth;
      };
    default:
      return undefined;
  }
}

type Given = Exclude<Cell, typeof beyond>;

function both(left: Plain, right: Plain, combine: (a: Given, b: Given) => Cell): Plain {
  return (fields) => {
    const a = left(fields);
    const b = right(fields);
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

/** Nothing, null, blank text without any character, and 0 are false. */
function isTrue(cell: Cell): boolean | typeof beyond {
  return cell === beyond ? beyond : Boolean(cell);
}

/** `status in ["active", "invited"]`, with constants only. */
function plainIn(left: Plain, list: Node): Plain | undefined {
  if (list.type !== "unary" || !hasOnly(list, ["type", "value", "position", "expressions"]))
    return undefined;
  const constants = childrenOf(list, "expressions").map(constantOf);
  if (textOf(list) !== "[" || constants.some((constant) => constant === undefined))
    return undefined;
  const values = constants.map((constant) => constant?.value);
  return (fields) => {
    const value = left(fields);
    return value === beyond ? beyond : value !== undefined && values.includes(value);
  };
}

function plainCondition(node: Node): Plain | undefined {
  if (!hasOnly(node, ["type", "position", "condition", "then", "else"])) return undefined;
  const [condition, then, otherwise] = ["condition", "then", "else"].map((key) => {
    const child = childOf(node, key);
    return child && plain(child);
  });
  if (!condition || !then || (!otherwise && "else" in node)) return undefined;
  return (fields) => {
    const truth = isTrue(condition(fields));
    if (truth === beyond) return beyond;
    return truth ? then(fields) : otherwise?.(fields);
  };
}

function plainCall(node: Node): Plain | undefined {
  if (!hasOnly(node, ["type", "name", "value", "position", "arguments", "procedure"]))
    return undefined;
  const [parameter, ...more] = childrenOf(node, "arguments");
  const operand = parameter && more.length === 0 ? plain(parameter) : undefined;
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

function on(operand: Plain, apply: (value: Given) => Given): Plain {
  return (fields) => {
    const value = operand(fields);
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
  return (fields) => {
    const value = operand(fields);
    if (value === undefined || value === null || value === beyond) return value;
    if (typeof value !== "string" || value.length > operandCharactersMax) return beyond;
    const result = implementation.call(focus, value);
    return typeof result === "string" ? result : beyond;
  };
}
