import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote } from "../../config/wording.ts";
import type { MappingDraft } from "../draft.ts";

/** `enabled` is decided once a run, before there are records. */
export function checkEnabled(mapping: MappingDraft): readonly Diagnostic[] {
  return mapping.rules.flatMap(({ enabled }) => {
    if (!enabled) return [];
    const { fields, streams, linked } = enabled.analysis;
    return [...fields, ...streams, ...linked].map(({ name, at }) =>
      errorAt("enabled-sees-record", at, `\`enabled\` cannot see ${quote(name)}.`),
    );
  });
}
