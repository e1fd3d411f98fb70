import { errorAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import { entriesOf, type Node } from "../config/node.ts";
import { quote, suggestion } from "../config/wording.ts";
import type { NamedPlace } from "../expression/analysis.ts";
import type { Mapping, Rule, Source } from "../mapping/mapping.ts";

/** The parts of a map whose keys are sources of the mapping; keys that are not are told. */
export function bySource(
  node: Node | undefined,
  mapping: Mapping,
  diagnostics: Diagnostic[],
): readonly { readonly source: Source; readonly value: Node }[] {
  return entriesOf(node).flatMap(({ key, keyAt, value }) => {
    const source = mapping.sources.find(({ name }) => name === key);
    if (source) return [{ source, value }];
    const known = mapping.sources.map(({ name }) => name);
    const help = suggestion(key, known, "Use a name of the mapping's `sources`.");
    const message = `${quote(key)} is not a source of the mapping ${mapping.name}.`;
    diagnostics.push(errorAt("source-unknown", keyAt, message, help));
    return [];
  });
}

/** The rule of that name; that there is none is told. */
export function ruleNamed(
  { name, at }: NamedPlace,
  mapping: Mapping,
  diagnostics: Diagnostic[],
): Rule | undefined {
  const rule = mapping.rules.find((one) => one.name === name);
  if (rule) return rule;
  const known = mapping.rules.map((one) => one.name);
  const help = suggestion(name, known, "See `syncctl validate` for the names.");
  const message = `The mapping ${mapping.name} has no rule ${quote(name)}.`;
  diagnostics.push(errorAt("rule-unknown", at, message, help));
  return undefined;
}
