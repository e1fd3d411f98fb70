import { childOf, childrenOf, type Node, positionOf, textOf } from "./node.ts";

/*
 * JSONata gives the position *behind* a token, in UTF-16 units. People look for its beginning.
 */

/** Where a node begins, or the beginning of the expression where that cannot be told. */
export function startOf(text: string, node: Node): number {
  const first = firstPart(node);
  if (first) return startOf(text, first);
  return startOfToken(
    text,
    positionOf(node) ?? 0,
    node.type === "variable" ? `$${textOf(node)}` : node["value"],
  );
}

function firstPart(node: Node): Node | undefined {
  switch (node.type) {
    case "path":
      return childrenOf(node, "steps")[0];
    case "function":
    case "partial":
      return childOf(node, "procedure");
    case "binary":
    case "apply":
    case "bind":
      return childOf(node, "lhs");
    case "condition":
      return childOf(node, "condition");
    default:
      return undefined;
  }
}

/** Where a token begins whose value and end are known. */
export function startOfToken(text: string, end: number, value: unknown): number {
  const last = text.charAt(end - 1);
  if (last === "`") return Math.max(0, text.lastIndexOf("`", end - 2));
  if (last === '"' || last === "'") return openingQuote(text, end - 1, last);
  if (value instanceof RegExp) return Math.max(0, text.lastIndexOf(`/${value.source}/`, end));
  if (typeof value === "string" && text.slice(0, end).endsWith(value)) return end - value.length;
  const word = /(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[\p{L}\p{N}_]+)$/u.exec(text.slice(0, end));
  return word ? word.index : Math.max(0, end - 1);
}

/** The quote that a text begins with: quotes inside it have a backslash before them. */
function openingQuote(text: string, closing: number, quote: string): number {
  let at = closing - 1;
  while (at >= 0 && !(text.charAt(at) === quote && !isEscaped(text, at))) at -= 1;
  return Math.max(0, at);
}

export function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charAt(at - 1 - backslashes) === "\\") backslashes += 1;
  return backslashes % 2 === 1;
}

/**
 * Where a failing call or operator begins. Of a call the position is behind its opening bracket or behind its name, and
 * its name is what to look at. `token` is the function or operator that the interpreter names.
 */
export function startOfFailure(text: string, position: number | undefined, token: unknown): number {
  if (position === undefined || position <= 0 || position > text.length) return 0;
  const before = text.slice(0, position);
  const call = /(?:\$?[\p{L}\p{N}_]+\s*)?\($/u.exec(before);
  if (call) return call.index;
  if (/(?:~>|\.\.|[<>!]=)$/.test(before)) return position - 2;
  if (typeof token !== "string") return position - 1;
  if (before.endsWith(`$${token}`)) return position - token.length - 1;
  return before.endsWith(token) ? position - token.length : position - 1;
}
