import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { childOf, type Entry, entriesOf, entryOf, type MapNode, type Node } from "./node.ts";
import { quote, suggestion } from "./wording.ts";

export interface Overlaid {
  readonly root: Node;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The tree of `syncctl.yaml` as an environment changes it: maps are laid over each other key by key, anything else
 * replaces what was there. Places stay those of the line that counts.
 */
export function overlayEnvironment(root: Node, environment: string | undefined): Overlaid {
  if (environment === undefined) return { root, diagnostics: [] };
  const environments = childOf(root, "environments");
  const overlay = childOf(environments, environment);
  if (overlay) return { root: overlaid(root, overlay), diagnostics: [] };
  const known = entriesOf(environments).map((entry) => entry.key);
  const message = `${quote(environment)} is not one of the environments of this project.`;
  const otherwise = "The file has no environments: leave out --environment, or add them.";
  const at = entryOf(root, "environments")?.keyAt ?? root.at;
  const help = suggestion(environment, known, otherwise);
  return { root, diagnostics: [errorAt("environment-unknown", at, message, help)] };
}

function overlaid(below: Node, above: Node): Node {
  if (below.kind !== "map" || above.kind !== "map") return above;
  const entries = new Map<string, Entry>(below.entries);
  for (const [key, entry] of above.entries) {
    const under = entries.get(key);
    entries.set(key, under ? { ...entry, value: overlaid(under.value, entry.value) } : entry);
  }
  return { ...below, entries } satisfies MapNode;
}
