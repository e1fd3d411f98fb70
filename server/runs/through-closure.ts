import type { Mapping } from "../../engine/mapping/mapping.ts";
import { goesThrough } from "../../engine/plan/through.ts";

/** The mapping and all that its references go through, in the order of the project. */
export function throughClosure(mappings: readonly Mapping[], asked: string): readonly string[] {
  const found = new Set([asked]);
  // A set that grows while it is walked is walked to its end.
  for (const name of found) {
    const mapping = mappings.find((one) => one.name === name);
    for (const other of mapping ? goesThrough(mapping) : []) found.add(other);
  }
  return mappings.map(({ name }) => name).filter((name) => found.has(name));
}
