import type { ErrorObject } from "ajv/dist/2020.js";
import type { Code } from "../codes.ts";
import { codes } from "../codes.ts";
import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Node } from "./node.ts";
import { keyPlace, nodeAt, pathOf } from "./node-path.ts";
import type { Place } from "./place.ts";
import {
  codeKeyword,
  nullHelpKeyword,
  patternHelpKeyword,
  refusedKeysKeyword,
} from "./schema-words.ts";
import { anyOf, describe, quote, suggestion } from "./wording.ts";

/** What a JSON Schema found wrong, in our own words and at the place in the file. */
export function schemaDiagnostics(
  errors: readonly ErrorObject[],
  root: Node,
): readonly Diagnostic[] {
  return errors
    .filter((error) => !isEcho(error, errors) && !isUnresolved(error, root))
    .map((error) => diagnosticOf(error, root));
}

/** The missing variable has been reported; what an empty value would break is no news. */
function isUnresolved(error: ErrorObject, root: Node): boolean {
  const node = nodeAt(root, pathOf(error.instancePath));
  return node?.kind === "scalar" && node.unresolved === true;
}

/** Errors that only say that another error was found further in, or that add nothing to it. */
function isEcho(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (error.keyword === "if") return true;
  // The name itself is reported by `propertyNames`, which knows the map that it stands in.
  if (error.propertyName !== undefined) return true;
  const typeIsWrong = errors.some(
    (other) => other.keyword === "type" && other.instancePath === error.instancePath,
  );
  return typeIsWrong && error.keyword !== "type";
}

/** One error, where it happened. */
interface Finding {
  readonly error: ErrorObject;
  readonly node: Node;
  /** What the value belongs to: `"stream"`, or `The file`. */
  readonly label: string;
  readonly at: Place;
  readonly keyAt: Place;
}

function diagnosticOf(error: ErrorObject, root: Node): Diagnostic {
  const path = pathOf(error.instancePath);
  const node = nodeAt(root, path) ?? root;
  const found: Finding = {
    error,
    node,
    label: labelOf(root, path),
    at: node.at,
    keyAt: keyPlace(root, path),
  };
  if (error.keyword === "additionalProperties") return unknownKey(found);
  if (error.keyword === "required") return missingKey(found);
  if (error.keyword === "propertyNames") return malformedName(found);
  if (node.kind === "scalar" && node.value === null) return emptyValue(found);
  return wrongValue(found);
}

function labelOf(root: Node, path: readonly string[]): string {
  const last = path.at(-1);
  if (last === undefined) return "The file";
  const parent = path.slice(0, -1);
  if (nodeAt(root, parent)?.kind !== "list") return quote(last);
  const list = parent.at(-1);
  return list === undefined ? "An item" : `An item of ${quote(list)}`;
}

function unknownKey({ error, node, label }: Finding): Diagnostic {
  const key = String(error.params["additionalProperty"]);
  const at = (node.kind === "map" ? node.entries.get(key)?.keyAt : undefined) ?? node.at;
  const refused = Object.entries(recordAt(error, refusedKeysKeyword)).find(
    ([name]) => name === key,
  );
  if (refused && isCode(refused[1])) {
    return errorAt(refused[1], at, `${quote(key)} is not supported.`);
  }
  const known = Object.keys(recordAt(error, "properties"));
  const where = label === "The file" ? "the file" : label;
  const message = `${quote(key)} is not a key of ${where}.`;
  const help = suggestion(key, known, `Use one of ${anyOf(known)}, or remove the key.`);
  return errorAt("key-unknown", at, message, help);
}

function missingKey({ error, label, keyAt }: Finding): Diagnostic {
  const key = String(error.params["missingProperty"]);
  const properties = recordAt(error, "properties");
  const described = properties[key];
  const about =
    typeof described === "object" && described !== null && "description" in described
      ? ` ${String(described.description)}`
      : "";
  return errorAt(
    "key-missing",
    keyAt,
    `${label} has no key ${quote(key)}.`,
    `Add ${quote(key)}.${about}`,
  );
}

function malformedName({ error, node }: Finding): Diagnostic {
  const name = String(error.params["propertyName"]);
  const at = (node.kind === "map" ? node.entries.get(name)?.keyAt : undefined) ?? node.at;
  return errorAt("name-malformed", at, `${quote(name)} cannot be a name.`);
}

function emptyValue({ error, label, keyAt }: Finding): Diagnostic {
  const help = parentOf(error)[nullHelpKeyword];
  const message = `${label} is empty.`;
  return errorAt("value-null", keyAt, message, typeof help === "string" ? help : undefined);
}

function wrongValue(found: Finding): Diagnostic {
  const { error, node, label, at } = found;
  const own = parentOf(error)[codeKeyword];
  const [code, message, help] = wordingOf(found);
  const seen = node.kind === "scalar" ? ` It is ${describe(node)}.` : "";
  return errorAt(isCode(own) ? own : code, at, `${label} ${message}.${seen}`, help);
}

type Wording = readonly [code: Code, message: string, help?: string | undefined];

type Schema = Readonly<Record<string, unknown>>;

function wordingOf({ error, node }: Finding): Wording {
  const { keyword, params } = error;
  switch (keyword) {
    case "type":
      return ["value-type", `must be ${typeWords(params["type"])}${foundShape(node)}`];
    case "enum":
    case "const":
      return notAllowed(error, node);
    case "pattern": {
      const help = patternHelp(parentOf(error), params["pattern"]);
      return ["value-malformed", "does not have the form that it must have", help];
    }
    case "minLength":
      return ["value-malformed", "must not be an empty text", "Fill it in, or remove the key."];
    case "minimum":
    case "exclusiveMinimum":
      return ["value-out-of-range", `must be at least ${params["limit"]}`];
    case "maximum":
    case "exclusiveMaximum":
      return ["value-out-of-range", `must be at most ${params["limit"]}`];
    case "minItems":
    case "minProperties":
      return ["value-empty", "must have at least one entry"];
    default:
      return ["value-malformed", error.message ?? "does not have the form that it must have"];
  }
}

/** What the schema says itself; nothing where a code of its own says it. */
function patternHelp(
  { [patternHelpKeyword]: own, [codeKeyword]: code, description }: Schema,
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

function parentOf(error: ErrorObject): Schema {
  return (error.parentSchema ?? {}) as Schema;
}

function recordAt(error: ErrorObject, keyword: string): Readonly<Record<string, unknown>> {
  const value = parentOf(error)[keyword];
  return (typeof value === "object" && value !== null ? value : {}) as Readonly<
    Record<string, unknown>
  >;
}

function isCode(value: unknown): value is Code {
  return typeof value === "string" && Object.hasOwn(codes, value);
}
