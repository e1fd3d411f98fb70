import type { Mapping, Rule, Source } from "../mapping/mapping.ts";
import { type StreamRef, streamText } from "../value/address.ts";
import type { MappingInput, PlanInput } from "./input.ts";

/** Lookups that a living rule looks into. What only sleeping rules need is not read. */
export function neededLookups({ sources }: Mapping, living: readonly Rule[]): readonly Source[] {
  const isAny = living.some(({ looksInto }) => looksInto === null);
  const names = new Set(living.flatMap(({ looksInto }) => looksInto ?? []));
  return sources.filter(({ use, name }) => use === "lookup" && (isAny || names.has(name)));
}

/**
 * The lookups of a mapping that were not read to their end. Expressions may look anything up: without a whole stream their
 * results would be guesses, and nothing is planned.
 */
export function unreadLookups(
  { readings }: Pick<PlanInput, "readings">,
  { mapping, rules }: MappingInput,
): readonly StreamRef[] {
  const living = rules.filter((rule) => rule.living).map(({ rule }) => rule);
  return neededLookups(mapping, living)
    .filter(({ ref }) => readings.get(streamText(ref))?.ended !== true)
    .map(({ ref }) => ref);
}
