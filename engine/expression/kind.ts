import type { ExpressionAnalysis } from "./analysis.ts";
import { signatures } from "./library/library.ts";
import { calledName, childOf, childrenOf, fieldName, hasOnly, type Node, textOf } from "./node.ts";

export type ResultKind = ExpressionAnalysis["result"];

const unknown: ResultKind = { kind: "unknown" };

/** What an expression gives if it gives anything, where its form alone tells. */
export function resultKind(node: Node): ResultKind {
  const field = fieldName(node);
  if (field !== undefined) return { kind: "field", name: field };
  if (
    node["predicate"] !== undefined ||
    node["group"] !== undefined ||
    node["keepArray"] !== undefined
  )
    return unknown;
  switch (node.type) {
    case "string":
      return { kind: "text" };
    case "number":
      return { kind: "number" };
    case "value":
      return typeof node["value"] === "boolean" ? { kind: "boolean" } : unknown;
    case "binary":
      return operatorKind(textOf(node) ?? "");
    case "unary":
      return textOf(node) === "-" ? { kind: "number" } : unknown;
    case "function":
      return functionKind(calledName(node));
    case "condition":
      return conditionKind(node);
    case "block":
      return blockKind(node);
    default:
      return unknown;
  }
}

function operatorKind(operator: string): ResultKind {
  if (["=", "!=", "<", "<=", ">", ">=", "in", "and", "or"].includes(operator))
    return { kind: "boolean" };
  if (["+", "-", "*", "/", "%"].includes(operator)) return { kind: "number" };
  return operator === "&" ? { kind: "text" } : unknown;
}

function functionKind(name: string | undefined): ResultKind {
  const result = /:([sbn])>$/.exec(signatures.get(name ?? "") ?? "")?.[1];
  switch (result) {
    case "s":
      return { kind: "text" };
    case "b":
      return { kind: "boolean" };
    case "n":
      return { kind: "number" };
    default:
      return unknown;
  }
}

function conditionKind(node: Node): ResultKind {
  const [then, otherwise] = [childOf(node, "then"), childOf(node, "else")];
  if (!then || !otherwise) return unknown;
  const [one, other] = [resultKind(then), resultKind(otherwise)];
  return one.kind === other.kind && one.kind !== "field" ? one : unknown;
}

function blockKind(node: Node): ResultKind {
  const last = childrenOf(node, "expressions").at(-1);
  return last && hasOnly(node, ["type", "position", "expressions"]) ? resultKind(last) : unknown;
}
