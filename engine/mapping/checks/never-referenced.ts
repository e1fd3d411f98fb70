import { warningAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote } from "../../config/wording.ts";
import type { MappingDraft, RuleDraft } from "../draft.ts";
import { referredBy } from "../ends.ts";
import { streamOf } from "../stream-of.ts";

/** A rule that creates what is referred to, in a project in which nothing is. */
export function checkNeverReferenced(mappings: readonly MappingDraft[]): readonly Diagnostic[] {
  const references = new Set(mappings.flatMap(referencesOf));
  return mappings.flatMap(({ name, rules }) =>
    rules.flatMap(({ whenReferenced, direction, role, name: rule }) => {
      const target = direction?.target && streamOf(direction.target);
      // A dormant rule creates nothing anyhow.
      if (!whenReferenced || target === undefined || role === "dormant") return [];
      if (references.has(reference(name, target))) return [];
      const message = `No field goes through mapping ${quote(name)} to ${target}, so rule ${quote(rule)} creates nothing.`;
      return [warningAt("never-referenced", whenReferenced, message)];
    }),
  );
}

function referencesOf({ rules }: MappingDraft): readonly string[] {
  return rules.flatMap((rule) => rule.fields.flatMap((field) => referenceOf(rule, field)));
}

function referenceOf(rule: RuleDraft, field: RuleDraft["fields"][number]): readonly string[] {
  const stream = referredBy(rule, field);
  return field.through && stream !== undefined ? [reference(field.through.name, stream)] : [];
}

/** The mapping that is gone through, and the stream that this leads to. */
function reference(mapping: string, stream: string): string {
  return JSON.stringify([mapping, stream]);
}
