import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote, suggestion } from "../../config/wording.ts";
import type { NamedPlace } from "../../expression/analysis.ts";
import { type MappingDraft, usesOf } from "../draft.ts";

/** Directions, the system of record and `$records` name sources of the mapping. */
export function checkKnownSources(mapping: MappingDraft): readonly Diagnostic[] {
  const names: NamedPlace[] = mapping.systemOfRecord ? [mapping.systemOfRecord] : [];
  for (const rule of mapping.rules) {
    if (rule.direction) {
      const { at, from, to } = rule.direction;
      names.push({ name: from, at }, { name: to, at });
    }
    for (const { compiled } of usesOf(rule)) names.push(...compiled.analysis.streams);
  }
  const known = mapping.sources.map(({ name }) => name);
  return names
    .filter(({ name }) => !known.includes(name))
    .map(({ name, at }) => {
      const message = `${quote(name)} is not a source of this mapping.`;
      const help = suggestion(name, known, "Add it under `sources`.");
      return errorAt("source-unknown", at, message, help);
    });
}
