import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote } from "../../config/wording.ts";
import { creates } from "../creates.ts";
import type { MappingDraft, RuleDraft } from "../draft.ts";

/** A rule that creates records gives them every field that the system wants. */
export function checkRequiredFields(mapping: MappingDraft): readonly Diagnostic[] {
  return mapping.rules.flatMap((rule) => (creates(rule) ? missing(rule) : []));
}

function missing(rule: RuleDraft): readonly Diagnostic[] {
  const schema = rule.direction?.target?.schema;
  const at = rule.written.get("fields") ?? rule.at;
  return Object.entries(schema?.fields ?? {})
    .filter(([name, { required }]) => required && !rule.fields.some(({ field }) => field === name))
    .map(([name]) => {
      const message = `Rule ${quote(rule.name)} creates ${schema?.noun.many} without ${quote(name)}, which they must have.`;
      return errorAt("required-field-missing", at, message);
    });
}
