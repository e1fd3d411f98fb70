import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote } from "../../config/wording.ts";
import type { MappingDraft, RuleDraft } from "../draft.ts";

/** A rule that starts elsewhere than at the system of record updates linked records and does nothing else. */
export function checkFeedback(mapping: MappingDraft): readonly Diagnostic[] {
  return mapping.rules
    .filter((rule) => rule.role === "feedback")
    .flatMap((rule) => [...keys(rule), ...fieldsOfCreation(rule)]);
}

function keys(rule: RuleDraft): readonly Diagnostic[] {
  const { on } = rule;
  const overstepping = [
    "create",
    "retire",
    ...(on.absent === "create" ? ["on.absent"] : []),
    ...(on.keyless === "create" ? ["on.keyless"] : []),
    ...(on.lost === "create" ? ["on.lost"] : []),
    ...(on.left === "retire" || on.left === "delete" ? ["on.left"] : []),
    ...(on.gone === "retire" || on.gone === "delete" ? ["on.gone"] : []),
  ];
  return overstepping.flatMap((key) => {
    const at = rule.written.get(key);
    if (!at) return [];
    const message = `${quote(key)} does not belong to rule ${quote(rule.name)}, which does not start at the system of record.`;
    return [errorAt("feedback-oversteps", at, message)];
  });
}

function fieldsOfCreation(rule: RuleDraft): readonly Diagnostic[] {
  return rule.fields
    .filter(({ set }) => set === "on-create")
    .map(({ field, at }) => {
      const message = `${quote(field)} would be set on creation, and rule ${quote(rule.name)} creates nothing.`;
      return errorAt("feedback-oversteps", at, message);
    });
}
