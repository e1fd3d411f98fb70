import type { Value } from "../../../../../engine/value/value.ts";

/*
 * How a variable of a mapping is edited. Its kind is that of the value in git: a person cannot turn a yes or no into a
 * text by a slip, because the expressions of the mapping count on the kind.
 */

export type VariableKind = "switch" | "number" | "text" | "data";

export function variableKind(fromGit: Value): VariableKind {
  switch (typeof fromGit) {
    case "boolean":
      return "switch";
    case "number":
      return "number";
    case "string":
      return "text";
    default:
      return "data";
  }
}

/** What stands in the input. */
export function variableText(value: Value): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

export type Typed =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly why: string };

/** What a person has typed, as a value of the kind. */
export function typedValue(kind: VariableKind, text: string): Typed {
  switch (kind) {
    case "text":
      return { ok: true, value: text };
    case "switch":
      return { ok: true, value: text === "true" };
    case "number": {
      const number = Number(text.trim());
      return text.trim() === "" || !Number.isFinite(number)
        ? { ok: false, why: "This must be a number." }
        : { ok: true, value: number };
    }
    case "data":
      return typedData(text);
  }
}

function typedData(text: string): Typed {
  let value: Value;
  try {
    value = JSON.parse(text) as Value;
  } catch {
    return {
      ok: false,
      why: 'This must be JSON: a list such as ["a", "b"], or a map such as {"a": 1}.',
    };
  }
  if (value === null || typeof value !== "object") {
    return { ok: false, why: "This must be a list or a map, as it is in git." };
  }
  return { ok: true, value };
}

export function sameValue(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** `syncClassifications` and `SYNC_CLASSIFICATIONS` are "Sync classifications" to a person. */
export function variableTitle(name: string): string {
  const words = name
    .replaceAll(/[_-]+/g, " ")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
