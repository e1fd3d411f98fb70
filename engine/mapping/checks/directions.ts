import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote } from "../../config/wording.ts";
import type { DirectionDraft, MappingDraft } from "../draft.ts";
import { streamOf } from "../stream-of.ts";

/** A rule leads from one stream to another, and a lookup takes part in none. */
export function checkDirections(mapping: MappingDraft): readonly Diagnostic[] {
  return mapping.rules.flatMap(({ direction }) =>
    direction ? [...lookups(direction), ...sameStream(direction)] : [],
  );
}

function lookups({ at, source, target }: DirectionDraft): readonly Diagnostic[] {
  return [source, target]
    .filter((end) => end?.use === "lookup")
    .map((end) => {
      const message = `${quote(end?.name ?? "")} is a lookup, and this rule needs its records.`;
      return errorAt("lookup-in-direction", at, message);
    });
}

function sameStream({ at, from, to, source, target }: DirectionDraft): readonly Diagnostic[] {
  const [one, other] = [source && streamOf(source), target && streamOf(target)];
  if (from !== to && (one === undefined || one !== other)) return [];
  const message = `${quote(from)} and ${quote(to)} are the same stream.`;
  return [errorAt("direction-same-stream", at, message)];
}
