import { nearest } from "../config/wording.ts";
import { findTroubles } from "./find-calls.ts";
import { signatures, switchedOff } from "./library/library.ts";
import { calledName, childOf, childrenOf, type Node, textOf, visit } from "./node.ts";
import { startOf } from "./offsets.ts";

/* Names behind `$`, and calls: what can be told to be wrong before any record is read. */

export interface NameTrouble {
  readonly code:
    | "expression-syntax"
    | "expression-unknown-function"
    | "expression-unknown-variable"
    | "expression-forbidden";
  readonly offset: number;
  readonly message: string;
  readonly help?: string;
}

/** The context, the record, and the variables of the mapping. */
const given: readonly string[] = ["", "$", "vars"];

/** The trouble that comes first in the text. */
export function nameTrouble(text: string, tree: Node): NameTrouble | undefined {
  const bound = boundNames(tree);
  const calls = new Map<Node, string>();
  const troubles: NameTrouble[] = [...findTroubles(text, tree)];
  for (const { node } of visit(tree)) {
    const called = calledName(node);
    const procedure = childOf(node, "procedure");
    if (called !== undefined && procedure) calls.set(procedure, called);
    const trouble = troubleAt(text, node, { bound, isCall: calls.has(node), tree });
    if (trouble) troubles.push(trouble);
  }
  return troubles.toSorted((a, b) => a.offset - b.offset)[0];
}

interface Names {
  readonly bound: ReadonlySet<string>;
  readonly isCall: boolean;
  readonly tree: Node;
}

function troubleAt(text: string, node: Node, names: Names): NameTrouble | undefined {
  if (node.type === "variable") return variableTrouble(text, node, names);
  if (node.type === "function" || node.type === "partial")
    return plainCallTrouble(text, node, names);
  return undefined;
}

function variableTrouble(
  text: string,
  node: Node,
  { bound, isCall }: Names,
): NameTrouble | undefined {
  const name = textOf(node) ?? "";
  const offset = startOf(text, node);
  if (given.includes(name) || bound.has(name) || signatures.has(name)) return undefined;
  if (switchedOff.includes(name)) {
    return {
      code: "expression-forbidden",
      offset,
      message: `$${name} is switched off: what is not in the file cannot be checked.`,
    };
  }
  if (isCall) return unknownFunction(offset, name, [...signatures.keys(), ...bound]);
  const near = nearest(name, [...bound, "vars", ...signatures.keys()]);
  return {
    code: "expression-unknown-variable",
    offset,
    message: `There is no variable $${name}.`,
    ...(near === undefined ? {} : { help: `Did you mean $${near}?` }),
  };
}

function unknownFunction(offset: number, name: string, known: readonly string[]): NameTrouble {
  const near = nearest(name, known);
  return {
    code: "expression-unknown-function",
    offset,
    message: `There is no function $${name}.`,
    ...(near === undefined ? {} : { help: `Did you mean $${near}?` }),
  };
}

/** A name without `$` is a field, and no field of a record can be called; members of an object that is built here can. */
function plainCallTrouble(text: string, node: Node, { tree }: Names): NameTrouble | undefined {
  const procedure = childOf(node, "procedure");
  const [step, ...more] = procedure?.type === "path" ? childrenOf(procedure, "steps") : [];
  const name = step?.type === "name" && more.length === 0 ? textOf(step) : undefined;
  if (name === undefined) return undefined;
  const known = signatures.has(name);
  if (!known && makesFunctions(tree)) return undefined;
  const near = known ? name : nearest(name, signatures.keys());
  return {
    code: "expression-unknown-function",
    offset: startOf(text, node),
    message: `"${name}" is called, and it is no function.`,
    help: near === undefined ? "Functions have a $ before their name." : `Did you mean $${near}?`,
  };
}

function makesFunctions(tree: Node): boolean {
  for (const { node } of visit(tree)) {
    if (node.type === "partial" || (node.type === "lambda" && node["thunk"] !== true)) return true;
  }
  return false;
}

/** Every name that the expression gives a meaning itself, wherever: by `:=`, as a parameter, by `@` or `#`. */
function boundNames(tree: Node): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node } of visit(tree)) {
    const target = node.type === "bind" ? childOf(node, "lhs") : undefined;
    const parameters = node.type === "lambda" ? childrenOf(node, "arguments") : [];
    for (const variable of target ? [target] : parameters) names.add(textOf(variable) ?? "");
    for (const key of ["focus", "index"]) {
      const name = node[key];
      if (typeof name === "string") names.add(name);
    }
    if (node.type === "index") names.add(textOf(node) ?? "");
  }
  return names;
}
