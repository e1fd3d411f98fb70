import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import type { JsonSchema } from "../connector/connector.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { type Node, plainValue, type ScalarNode } from "./node.ts";
import { nodeAt, pathOf } from "./node-path.ts";
import { schemaDiagnostics } from "./schema-diagnostics.ts";
import { ownKeywords } from "./schema-words.ts";

interface Validated {
  /** The tree with texts and numbers in the form that the schema wants. */
  readonly root: Node;
  readonly diagnostics: readonly Diagnostic[];
}

export type Validator = (root: Node) => Validated;

/** Compiles a schema; what comes out checks trees against it, and finds everything that is wrong at once. */
export function compileSchema(schema: JsonSchema): Validator {
  // `verbose` puts the schema beside each error, where its own wording stands.
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strictTypes: false,
    strictRequired: false,
    ownProperties: true,
    validateFormats: false,
    // Both make compiling ten times faster; tests prove that the schemas are valid.
    inlineRefs: false,
    validateSchema: false,
  });
  ajv.addVocabulary(ownKeywords);
  const validate = ajv.compile(schema);
  const errorsOf = (root: Node): readonly ErrorObject[] =>
    validate(plainValue(root)) ? [] : (validate.errors ?? []);
  return (given) => {
    const root = errorsOf(given).reduce(reformed, given);
    return { root, diagnostics: schemaDiagnostics(errorsOf(root), root) };
  };
}

/**
 * YAML takes `4242` for a number where a text is wanted, and a value from the environment is always text. Both are
 * brought into the wanted form where that loses nothing.
 */
function reformed(root: Node, error: ErrorObject): Node {
  if (error.keyword !== "type") return root;
  const path = pathOf(error.instancePath);
  const node = nodeAt(root, path);
  if (node?.kind !== "scalar") return root;
  const wanted = [error.params["type"]].flat();
  const value = reformedValue(node, wanted);
  return value === undefined ? root : replaced(root, path, { ...node, value });
}

function reformedValue(
  node: ScalarNode,
  wanted: readonly unknown[],
): string | number | boolean | undefined {
  const { value } = node;
  if (typeof value === "number" && wanted.includes("string")) return node.written;
  if (typeof value !== "string" || node.variables.length === 0) return undefined;
  if (wanted.includes("number") || wanted.includes("integer")) {
    return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
  }
  if (wanted.includes("boolean") && (value === "true" || value === "false")) {
    return value === "true";
  }
  return undefined;
}

/** The tree with another node at the end of the path. */
function replaced(node: Node, path: readonly string[], by: Node): Node {
  const [step, ...rest] = path;
  if (step === undefined) return by;
  if (node.kind === "list") {
    return {
      ...node,
      items: node.items.map((item, index) =>
        String(index) === step ? replaced(item, rest, by) : item,
      ),
    };
  }
  const entry = node.kind === "map" ? node.entries.get(step) : undefined;
  if (node.kind !== "map" || !entry) return node;
  const changed = { ...entry, value: replaced(entry.value, rest, by) };
  return { ...node, entries: new Map(node.entries).set(step, changed) };
}
