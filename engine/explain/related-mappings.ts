import type { Mapping } from "../mapping/mapping.ts";
import { goesThrough } from "../plan/through.ts";

/**
 * The mappings that have a say in what a mapping does, itself included, in the order of the project: those that its
 * references go through, and where one of them creates records only when they are needed, those that may need them.
 */
export function relatedMappings(
  name: string,
  mappings: readonly Mapping[],
): readonly [string, ...string[]] {
  const related = new Set([name]);
  // Names that are added while the set is gone through come up as well.
  for (const one of related) {
    const mapping = mappings.find((each) => each.name === one);
    if (!mapping) continue;
    for (const through of goesThrough(mapping)) related.add(through);
    if (!mapping.rules.some(({ whenReferenced }) => whenReferenced)) continue;
    for (const other of mappings) if (goesThrough(other).includes(one)) related.add(other.name);
  }
  const ordered = mappings.map((mapping) => mapping.name).filter((one) => related.has(one));
  return [name, ...ordered.filter((one) => one !== name)];
}
