import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote } from "../../config/wording.ts";
import type { MappingDraft } from "../draft.ts";

/** Without a match key every source record would be created again for every record that is there already. */
export function checkMatch(mapping: MappingDraft): readonly Diagnostic[] {
  return mapping.rules
    .filter((rule) => rule.role === "authoritative" && !rule.written.has("match"))
    .map((rule) => errorAt("match-missing", rule.at, `Rule ${quote(rule.name)} has no match key.`));
}
