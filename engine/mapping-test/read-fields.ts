import { errorAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import { childOf, type Entry, entriesOf, type Node, plainValue, textOf } from "../config/node.ts";
import { anyOf, describe, quote, suggestion } from "../config/wording.ts";
import type { FieldSchema, StreamSchema } from "../connector/schema.ts";
import { unknownField } from "../mapping/field-problem.ts";
import type { Fields, Value } from "../value/value.ts";

/**
 * The fields that a map of a test file names, as a record of the stream would have them. Texts that a system could hold
 * although they do not fit the type (`n/a` for an e-mail address) are given as they are: what becomes of them is what a
 * test may be about.
 */
export function readFields(
  node: Node | undefined,
  schema: StreamSchema,
  diagnostics: Diagnostic[],
): Fields {
  const fields: Record<string, Value> = {};
  for (const entry of entriesOf(node)) {
    const unknown = unknownField({ name: entry.key, at: entry.keyAt }, schema);
    diagnostics.push(...unknown);
    const field = schema.fields[entry.key];
    if (unknown.length === 0 && field) {
      fields[entry.key] = readValue(entry, field, diagnostics);
    }
  }
  return fields;
}

function readValue(
  { key, value: node }: Entry,
  { type, choices }: FieldSchema,
  diagnostics: Diagnostic[],
): Value {
  const awaits = type === "reference" ? textOf(childOf(node, "awaits")) : undefined;
  if (awaits !== undefined && entriesOf(node).length === 1) return { awaits };
  if (node.kind !== "scalar" || node.value === null) return plainValue(node);
  const { value, written, at } = node;
  if (type === "boolean") {
    if (typeof value === "boolean") return value;
    diagnostics.push(wrongType(key, node, "true or false"));
    return value;
  }
  if (type === "integer" || type === "decimal") return value;
  if (typeof value === "boolean") {
    diagnostics.push(wrongType(key, node, "a text"));
    return value;
  }
  // YAML takes an employee number for a number; systems tell a text.
  const text = typeof value === "number" ? written : value;
  if (choices && !choices.includes(text)) {
    const words = anyOf(choices.map((choice) => `"${choice}"`));
    const message = `${quote(key)} must be ${words}. It is ${describe(node)}.`;
    const help = suggestion(text, choices, `Use ${words}.`);
    diagnostics.push(errorAt("value-not-allowed", at, message, help));
  }
  return text;
}

function wrongType(key: string, node: Node, wanted: string): Diagnostic {
  const message = `${quote(key)} must be ${wanted}. It is ${describe(node)}.`;
  return errorAt("value-type", node.at, message);
}
