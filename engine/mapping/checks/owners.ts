import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { type Place, placeText } from "../../config/place.ts";
import { quote } from "../../config/wording.ts";
import type { MappingDraft, RuleDraft } from "../draft.ts";
import { streamOf } from "../stream-of.ts";

interface Owner {
  readonly mapping: string;
  readonly rule: string;
  readonly at: Place;
}

/**
 * Every field of a stream has one owner among all mappings. A rule that is dormant or switched off owns nothing, and
 * neither does a field that is set on creation only: it never changes what another rule wrote.
 */
export function checkOwners(mappings: readonly MappingDraft[]): readonly Diagnostic[] {
  const owners = new Map<string, Owner>();
  const diagnostics: Diagnostic[] = [];
  for (const mapping of mappings) {
    for (const rule of mapping.rules) {
      for (const { field, at } of ownedFields(rule)) {
        const stream = rule.direction?.target && streamOf(rule.direction.target);
        if (stream === undefined) continue;
        const key = JSON.stringify([stream, field]);
        const owner = owners.get(key);
        if (!owner) owners.set(key, { mapping: mapping.name, rule: rule.name, at });
        else if (owner.mapping !== mapping.name || owner.rule !== rule.name) {
          const message = `${quote(field)} of ${stream} is written by rule ${quote(owner.rule)} of mapping ${quote(owner.mapping)} already (${placeText(owner.at)}).`;
          diagnostics.push(errorAt("two-owners", at, message));
        }
      }
    }
  }
  return diagnostics;
}

function ownedFields(rule: RuleDraft): readonly { readonly field: string; readonly at: Place }[] {
  if (rule.role === "dormant" || rule.enabled?.expression.constant === false) return [];
  const fields = rule.fields.filter(({ set }) => set !== "on-create");
  const retired = rule.retire.filter(({ field }) => !fields.some((own) => own.field === field));
  return [...fields, ...retired];
}
