import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Node, ScalarNode } from "./node.ts";
import { quote } from "./wording.ts";

/** Where values come from, and which of them were used. */
export interface EnvironmentValues {
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Every value that came from the environment: each may be a secret. */
  readonly used: Set<string>;
}

export interface Substituted {
  readonly node: Node;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Puts values in the place of `${NAME}` and `${NAME:-default}` in every text of the tree; `$${` becomes `${`. A value
 * that is empty counts as not set, as in a shell's `:-`.
 */
export function substitute(node: Node, environment: EnvironmentValues): Substituted {
  const diagnostics: Diagnostic[] = [];
  return { node: substituteNode(node, environment, diagnostics), diagnostics };
}

function substituteNode(
  node: Node,
  environment: EnvironmentValues,
  diagnostics: Diagnostic[],
): Node {
  switch (node.kind) {
    case "scalar":
      return substituteScalar(node, environment, diagnostics);
    case "list": {
      const items = node.items.map((item) => substituteNode(item, environment, diagnostics));
      return { ...node, items };
    }
    case "map": {
      const entries = Array.from(node.entries, ([key, entry]) => {
        const value = substituteNode(entry.value, environment, diagnostics);
        return [key, { ...entry, value }] as const;
      });
      return { ...node, entries: new Map(entries) };
    }
  }
}

/** An escape, a reference, or the beginning of a reference that is not one. */
const reference = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}|\$\{/g;

function substituteScalar(
  node: ScalarNode,
  environment: EnvironmentValues,
  diagnostics: Diagnostic[],
): ScalarNode {
  if (typeof node.value !== "string" || !node.value.includes("${")) return node;
  const written = node.value;
  let text = "";
  /** For each character of the text, the character of the written text that it comes from. */
  const origins: number[] = [];
  const variables: string[] = [];
  const add = (part: string, origin: (index: number) => number): void => {
    text += part;
    for (let index = 0; index < part.length; index += 1) origins.push(origin(index));
  };
  let done = 0;
  let resolved = true;
  for (const match of written.matchAll(reference)) {
    const start = match.index;
    const from = done;
    add(written.slice(from, start), (index) => from + index);
    done = start + match[0].length;
    const value = referenceValue(match, environment);
    if ("problem" in value) {
      const [code, message] = value.problem;
      diagnostics.push(errorAt(code, node.place(start), message));
      resolved = false;
    } else {
      if (value.variable !== undefined) variables.push(value.variable);
      add(value.text, () => start);
    }
  }
  if (!resolved) return { ...node, value: null, unresolved: true };
  const rest = done;
  add(written.slice(rest), (index) => rest + index);
  origins.push(written.length);
  const place: ScalarNode["place"] = (offset) => node.place(origins[offset] ?? written.length);
  return { ...node, value: text, place, variables };
}

type ReferenceValue =
  | { readonly text: string; readonly variable?: string }
  | { readonly problem: readonly ["environment-missing" | "environment-malformed", string] };

function referenceValue(match: RegExpExecArray, environment: EnvironmentValues): ReferenceValue {
  const [written, name, fallback] = match;
  if (written === "$${") return { text: "${" };
  if (name === undefined) {
    const rest = match.input.slice(
      match.index,
      match.input.indexOf("}", match.index) + 1 || undefined,
    );
    return { problem: ["environment-malformed", `${quote(rest)} is not the name of a variable.`] };
  }
  const value = Object.hasOwn(environment.values, name) ? environment.values[name] : undefined;
  if (value !== undefined && value !== "") {
    environment.used.add(value);
    return { text: value, variable: name };
  }
  if (fallback !== undefined) return { text: fallback, variable: name };
  const state = value === "" ? "is empty" : "is not set";
  return { problem: ["environment-missing", `The environment variable ${name} ${state}.`] };
}
