import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { visible } from "../../config/wording.ts";
import type { NamedPlace } from "../../expression/analysis.ts";
import type { MappingDraft } from "../draft.ts";

/**
 * A mapping is planned after those that it goes through, so none can go through itself, by whatever detour. Rules that
 * are dormant count as well: they wake up when another system of record is chosen.
 */
export function checkThroughCycles(mappings: readonly MappingDraft[]): readonly Diagnostic[] {
  const ways = new Map(mappings.map((mapping) => [mapping.name, waysFrom(mapping)]));
  const done = new Set<string>();
  return mappings.flatMap(({ name }) => cyclesFrom({ names: [name], taken: [] }, { ways, done }));
}

/** The first `through` for each mapping that one goes through. */
function waysFrom({ rules }: MappingDraft): readonly NamedPlace[] {
  const ways = new Map<string, NamedPlace>();
  for (const { through } of rules.flatMap(({ fields }) => fields)) {
    if (through && !ways.has(through.name)) ways.set(through.name, through);
  }
  return [...ways.values()];
}

interface Path {
  /** Mappings, each gone through by the one before it. */
  readonly names: readonly string[];
  /** The ways between them, one fewer. */
  readonly taken: readonly NamedPlace[];
}

interface Search {
  readonly ways: ReadonlyMap<string, readonly NamedPlace[]>;
  /** Mappings from which everything has been looked at. */
  readonly done: Set<string>;
}

/** A search in depth: each way that leads back into the path closes a cycle, which is said where it begins. */
function cyclesFrom({ names, taken }: Path, search: Search): readonly Diagnostic[] {
  const name = names.at(-1) ?? "";
  if (search.done.has(name)) return [];
  const found = (search.ways.get(name) ?? []).flatMap((way) => {
    const start = names.indexOf(way.name);
    if (start < 0) {
      return cyclesFrom({ names: [...names, way.name], taken: [...taken, way] }, search);
    }
    const round = [...names.slice(start), way.name].map(visible).join(" -> ");
    const { at } = taken[start] ?? way;
    return [errorAt("through-cycle", at, `Mappings go through each other in a circle: ${round}.`)];
  });
  search.done.add(name);
  return found;
}
