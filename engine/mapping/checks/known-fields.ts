import type { Diagnostic } from "../../config/diagnostic.ts";
import type { NamedPlace } from "../../expression/analysis.ts";
import type { MappingDraft, RuleDraft } from "../draft.ts";
import { unknownField } from "../field-problem.ts";

/** `fields`, `match`, `agree`, `prefer` and `retire` name fields of the target. */
export function checkKnownFields(mapping: MappingDraft): readonly Diagnostic[] {
  return mapping.rules.flatMap((rule) =>
    targetFields(rule).flatMap((field) => unknownField(field, rule.direction?.target?.schema)),
  );
}

function targetFields(rule: RuleDraft): readonly NamedPlace[] {
  const keys = rule.match.flatMap((key) => key.parts);
  const named = [...rule.fields, ...keys, ...rule.prefer, ...rule.retire];
  return [...named.map(({ field, at }) => ({ name: field, at })), ...rule.agree];
}
