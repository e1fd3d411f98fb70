import type { ErrorObject } from "ajv/dist/2020.js";
import type { Code } from "../codes.ts";
import { codes } from "../codes.ts";
import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Node } from "./node.ts";
import { keyPlace, nodeAt, pathOf } from "./node-path.ts";
import type { Place } from "./place.ts";
import { keywordMap, parentSchema } from "./schema-error.ts";
import { wordingOf } from "./schema-wording.ts";
import { codeKeyword, nullHelpKeyword } from "./schema-words.ts";
import { anyOf, describe, quote, suggestion } from "./wording.ts";

/** What a JSON Schema found wrong, in our own words and at the place in the file. */
export function schemaDiagnostics(
  errors: readonly ErrorObject[],
  root: Node,
): readonly Diagnostic[] {
  const ofWrongType = new Set(
    errors.filter(({ keyword }) => keyword === "type").map(({ instancePath }) => instancePath),
  );
  return errors
    .filter((error) => !isEcho(error, ofWrongType) && !isUnresolved(error, root))
    .map((error) => diagnosticOf(error, root));
}

/** The missing variable has been reported; what an empty value would break is no news. */
function isUnresolved(error: ErrorObject, root: Node): boolean {
  const node = nodeAt(root, pathOf(error.instancePath));
  return node?.kind === "scalar" && node.unresolved === true;
}

/** Errors that only say that another error was found further in, or that add nothing to it. */
function isEcho(error: ErrorObject, ofWrongType: ReadonlySet<string>): boolean {
  if (error.keyword === "if") return true;
  // The name itself is reported by `propertyNames`, which knows the map that it stands in.
  if (error.propertyName !== undefined) return true;
  return error.keyword !== "type" && ofWrongType.has(error.instancePath);
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
  const known = Object.keys(keywordMap(error, "properties"));
  const where = label === "The file" ? "the file" : label;
  const message = `${quote(key)} is not a key of ${where}.`;
  const help = suggestion(key, known, `Use one of ${anyOf(known)}, or remove the key.`);
  return errorAt("key-unknown", at, message, help);
}

function missingKey({ error, label, keyAt }: Finding): Diagnostic {
  const key = String(error.params["missingProperty"]);
  const properties = keywordMap(error, "properties");
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
  const help = parentSchema(error)[nullHelpKeyword];
  const message = `${label} is empty.`;
  return errorAt("value-null", keyAt, message, typeof help === "string" ? help : undefined);
}

function wrongValue({ error, node, label, at }: Finding): Diagnostic {
  const own = parentSchema(error)[codeKeyword];
  const [code, message, help] = wordingOf(error, node);
  const seen = node.kind === "scalar" ? ` It is ${describe(node)}.` : "";
  return errorAt(isCode(own) ? own : code, at, `${label} ${message}.${seen}`, help);
}

function isCode(value: unknown): value is Code {
  return typeof value === "string" && Object.hasOwn(codes, value);
}
