import { errorAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import { childOf, itemsOf, type Node, textOf } from "../config/node.ts";
import { quote, suggestion } from "../config/wording.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { goesThrough } from "../plan/through.ts";

/** The mappings that a case has to do with. */
export interface CaseMappings {
  readonly tested: Mapping;
  /** What is planned, the tested one first. */
  readonly planned: readonly Mapping[];
  /** These, and the mappings that their references go through. */
  readonly linked: readonly Mapping[];
}

export function caseMappings(
  tested: Mapping,
  names: readonly string[],
  known: readonly Mapping[],
): CaseMappings {
  const others = known.filter(({ name }) => name !== tested.name && names.includes(name));
  const planned = [tested, ...others];
  const through = planned.flatMap(goesThrough);
  const gone = known.filter(
    (one) => through.includes(one.name) && !planned.some(({ name }) => name === one.name),
  );
  return { tested, planned, linked: [...planned, ...gone] };
}

/** Those that `with` of a case names; names that no mapping has are told. */
export function readCaseMappings(
  node: Node,
  tested: Mapping,
  known: readonly Mapping[],
  diagnostics: Diagnostic[],
): CaseMappings {
  const named = itemsOf(childOf(node, "with"));
  for (const item of named) mappingNamed(item, known, diagnostics);
  return caseMappings(
    tested,
    named.flatMap((item) => textOf(item) ?? []),
    known,
  );
}

/** The mapping of that name; that there is none is told. */
export function mappingNamed(
  node: Node,
  mappings: readonly Mapping[],
  diagnostics: Diagnostic[],
): Mapping | undefined {
  const name = textOf(node) ?? "";
  const mapping = mappings.find((one) => one.name === name);
  if (mapping) return mapping;
  const known = mappings.map((one) => one.name);
  const help = suggestion(name, known, "Name it under `with` to plan it together with this one.");
  const message = `The case has to do with no mapping ${quote(name)}.`;
  diagnostics.push(errorAt("mapping-unknown", node.at, message, help));
  return undefined;
}
