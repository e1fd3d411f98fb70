import { errorAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import { entriesOf, type Node } from "../config/node.ts";
import { quote, suggestion } from "../config/wording.ts";
import type { NamedPlace } from "../expression/analysis.ts";
import type { Mapping, Rule, Source } from "../mapping/mapping.ts";

/** A source as the cases of a mapping name it. */
export interface NamedSource {
  readonly key: string;
  readonly source: Source;
}

/** `people` for a source of the tested mapping, `workers/people` for one of a mapping that is planned with it. */
export function sourceKey(tested: Mapping, mapping: Mapping, source: Source): string {
  return mapping.name === tested.name ? source.name : `${mapping.name}/${source.name}`;
}

/** `mappings`: the tested one first. */
export function namedSources(mappings: readonly Mapping[]): readonly NamedSource[] {
  const [tested] = mappings;
  if (!tested) return [];
  return mappings.flatMap((mapping) =>
    mapping.sources.map((source) => ({ key: sourceKey(tested, mapping, source), source })),
  );
}

/** The parts of a map whose keys are sources of these mappings, the tested one first; keys that are not are told. */
export function bySource(
  node: Node | undefined,
  mappings: readonly Mapping[],
  diagnostics: Diagnostic[],
): readonly (NamedSource & { readonly value: Node })[] {
  const sources = namedSources(mappings);
  return entriesOf(node).flatMap(({ key, keyAt, value }) => {
    const named = sources.find((one) => one.key === key);
    if (named) return [{ ...named, value }];
    const help = suggestion(
      key,
      sources.map((one) => one.key),
      "Use a name of the mapping's `sources`. Those of a mapping under `with` are written with its name: `mapping/source`.",
    );
    const message = `${quote(key)} is not a source of the mapping ${mappings[0]?.name ?? ""}.`;
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
