import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import type { Place } from "../../config/place.ts";
import { quote } from "../../config/wording.ts";
import type { MappingDraft, RuleDraft } from "../draft.ts";

/** Fields that the system computes are not written, and fields of creation are written on creation only. */
export function checkAccess(mapping: MappingDraft): readonly Diagnostic[] {
  return mapping.rules.flatMap((rule) => [
    ...rule.fields.flatMap(({ field, at, set }) =>
      refused(rule, { field, at, changes: set !== "on-create" }),
    ),
    ...rule.retire.flatMap(({ field, at }) => refused(rule, { field, at, changes: true })),
  ]);
}

interface Write {
  readonly field: string;
  readonly at: Place;
  /** Records that exist are written to as well. */
  readonly changes: boolean;
}

function refused(rule: RuleDraft, { field, at, changes }: Write): readonly Diagnostic[] {
  const schema = rule.direction?.target?.schema;
  if (!schema || !Object.hasOwn(schema.fields, field)) return [];
  const access = schema.fields[field]?.access;
  if (access === "read") {
    const message = `${quote(field)} of a ${schema.noun.one} can only be read.`;
    return [errorAt("field-read-only", at, message)];
  }
  if (access !== "create" || !changes) return [];
  const message = `${quote(field)} of a ${schema.noun.one} can be set on creation only.`;
  return [errorAt("field-create-only", at, message)];
}
