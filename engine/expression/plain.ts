import type { Fields } from "../value/value.ts";
import type { ExpressionScope } from "./expression.ts";
import { hasOnly, type Node } from "./node.ts";

/* What the plainest expressions are made of; see `sync.ts`. */

/** A list, an object, or what would be an error: the interpreter has to say what comes of it. */
export const beyond = Symbol("beyond the plain");

export type Scalar = null | boolean | number | string;
/** `undefined` is what the interpreter has for a field that is not there. */
export type Given = Scalar | undefined;
export type Cell = Given | typeof beyond;

/** What one evaluation can see. */
export interface Around {
  readonly fields: Fields;
  /** Without it, whatever needs it is beyond the plain. */
  readonly scope: ExpressionScope | undefined;
  /** Values that the expression has given names, by their slot. */
  readonly slots: (Given | Fields | readonly Fields[])[];
}

export type Plain = (around: Around) => Cell;

/** What a name behind `$` stands for. */
export interface Meaning {
  readonly kind: "value" | "record" | "list";
  readonly slot: number;
}

/** The names that the expression has given so far, at some place in it. */
export type Names = ReadonlyMap<string, Meaning>;

/** Undefined when the node is not of the plainest. */
export type ReadPlain = (node: Node, names: Names) => Plain | undefined;

export function cellOf(fields: Fields, name: string): Cell {
  if (!Object.hasOwn(fields, name)) return undefined;
  const value = fields[name];
  if (typeof value === "object" && value !== null) return beyond;
  return value;
}

/** Nothing, null, blank text without any character, and 0 are false. */
export function isTrue(cell: Cell): boolean | typeof beyond {
  return cell === beyond ? beyond : Boolean(cell);
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
