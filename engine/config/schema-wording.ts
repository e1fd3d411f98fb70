import type { ErrorObject } from "ajv/dist/2020.js";
import type { Code } from "../codes.ts";
import type { Node } from "./node.ts";
import { parentSchema, type SchemaPart } from "./schema-error.ts";
import { codeKeyword, patternHelpKeyword } from "./schema-words.ts";
import { anyOf, describe, suggestion } from "./wording.ts";

export type Wording = readonly [code: Code, message: string, help?: string | undefined];

/** How to say what is wrong with a value: the general code, the rest of a sentence about it, and what to do. */
export function wordingOf(error: ErrorObject, node: Node): Wording {
  const { keyword, params } = error;
  switch (keyword) {
    case "type":
      return ["value-type", `must be ${typeWords(params["type"])}${foundShape(node)}`];
    case "enum":
    case "const":
      return notAllowed(error, node);
    case "pattern": {
      const help = patternHelp(parentSchema(error), params["pattern"]);
      return ["value-malformed", "does not have the form that it must have", help];
    }
    case "minLength":
      return ["value-malformed", "must not be an empty text", "Fill it in, or remove the key."];
    case "minimum":
      return ["value-out-of-range", `must be at least ${params["limit"]}`];
    case "exclusiveMinimum":
      return ["value-out-of-range", `must be more than ${params["limit"]}`];
    case "maximum":
      return ["value-out-of-range", `must be at most ${params["limit"]}`];
    case "exclusiveMaximum":
      return ["value-out-of-range", `must be less than ${params["limit"]}`];
    case "minItems":
    case "minProperties":
      if (params["limit"] === 1) return ["value-empty", "must have at least one entry"];
      return ["value-malformed", `must have at least ${params["limit"]} entries`];
    case "maxItems":
      return ["value-malformed", `must have at most ${params["limit"]} entries`];
    default:
      return ["value-malformed", error.message ?? "does not have the form that it must have"];
  }
}

/** What the schema says itself; nothing where a code of its own says it. */
function patternHelp(
  { [patternHelpKeyword]: own, [codeKeyword]: code, description }: SchemaPart,
  pattern: unknown,
): string | undefined {
  if (typeof own === "string") return own;
  if (code !== undefined) return undefined;
  const about = typeof description === "string" ? ` ${description}` : "";
  return `The form is ${String(pattern)} here.${about}`;
}

function notAllowed(error: ErrorObject, node: Node): Wording {
  const allowed = [error.params["allowedValues"] ?? error.params["allowedValue"]]
    .flat()
    .map(String);
  const words = anyOf(allowed.map((word) => `"${word}"`));
  const written = node.kind === "scalar" && node.variables.length === 0 ? String(node.value) : "";
  const help = allowed.length > 1 ? suggestion(written, allowed, `Use ${words}.`) : undefined;
  return ["value-not-allowed", `must be ${words}`, help];
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map of keys",
};

function typeWords(types: unknown): string {
  return anyOf([types].flat().map((type) => typeNames[String(type)] ?? String(type)));
}

function foundShape(node: Node): string {
  return node.kind === "scalar" ? "" : `, not ${describe(node)}`;
}
