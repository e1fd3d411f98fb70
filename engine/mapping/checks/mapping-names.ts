import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { placeText } from "../../config/place.ts";
import { quote } from "../../config/wording.ts";
import type { MappingDraft } from "../draft.ts";

/** Links and runs are kept by the name of the mapping. */
export function checkMappingNames(mappings: readonly MappingDraft[]): readonly Diagnostic[] {
  return mappings.flatMap((mapping, index) => {
    const first = mappings.slice(0, index).find(({ name }) => name === mapping.name);
    if (!first || mapping.name === "") return [];
    const message = `The name ${quote(mapping.name)} is taken by ${placeText(first.nameAt)}.`;
    return [errorAt("mapping-name-taken", mapping.nameAt, message)];
  });
}
