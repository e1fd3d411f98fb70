import { type StreamRef, streamText } from "../value/address.ts";
import type { MappingInput, PlanInput } from "./input.ts";

/**
 * The lookups of a mapping that were not read to their end. Expressions may look anything up: without a whole stream their
 * results would be guesses, and nothing is planned.
 */
export function unreadLookups(
  { readings }: Pick<PlanInput, "readings">,
  { mapping }: MappingInput,
): readonly StreamRef[] {
  return mapping.sources
    .filter(({ use, ref }) => use === "lookup" && readings.get(streamText(ref))?.ended !== true)
    .map(({ ref }) => ref);
}
