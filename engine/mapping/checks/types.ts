import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import type { Place } from "../../config/place.ts";
import { quote } from "../../config/wording.ts";
import type { FieldSchema } from "../../connector/schema.ts";
import { fitsType } from "../../value/fit.ts";
import type { Value } from "../../value/value.ts";
import type { Compiled, MappingDraft, RuleDraft } from "../draft.ts";
import { givenBy } from "../given.ts";
import { literalsOf } from "../literals.ts";
import { typeWords } from "../type-words.ts";
import { typesCanMeet } from "../types-can-meet.ts";

/**
 * What is written, matched, preferred or retired to can be held by the field, where it is plain to see what it is. The
 * id that goes through another mapping is not what is written.
 */
export function checkTypes(mapping: MappingDraft): readonly Diagnostic[] {
  return mapping.rules.flatMap((rule) => [
    ...rule.fields.flatMap(({ field, from, fallback, through }) => [
      ...(through ? [] : expressionMisfit(rule, field, from, throughHelp)),
      ...(fallback ? constantMisfit(rule, field, fallback.value, fallback.valueAt) : []),
    ]),
    ...rule.match.flatMap((key) =>
      key.parts.flatMap((part) => expressionMisfit(rule, part.field, part.from, lookupHelp)),
    ),
    ...[...rule.prefer, ...rule.retire].flatMap(({ field, value, valueAt }) =>
      constantMisfit(rule, field, value, valueAt),
    ),
  ]);
}

/** What to do about the id of a record of another stream. */
const lookupHelp = "Look the record up with `$find`, by a field that both sides have.";
const throughHelp =
  "Name the mapping that ties the two kinds of records with `through`, or look the record up with `$find`.";

function targetField(rule: RuleDraft, field: string): FieldSchema | undefined {
  const fields = rule.direction?.target?.schema?.fields ?? {};
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}

function constantMisfit(
  rule: RuleDraft,
  field: string,
  value: Value,
  at: Place,
): readonly Diagnostic[] {
  const target = targetField(rule, field);
  const fit = target && fitsType(target.type, value, target);
  if (!fit || fit.ok) return [];
  return [errorAt("type-mismatch", at, `${quote(field)} cannot hold this: ${fit.why}.`)];
}

function expressionMisfit(
  rule: RuleDraft,
  field: string,
  from: Compiled | undefined,
  help: string,
): readonly Diagnostic[] {
  const target = targetField(rule, field);
  if (!target || !from) return [];
  const { at, constant } = from.expression;
  if (constant !== undefined) return constantMisfit(rule, field, constant, at);
  const literals = literalsOf(from);
  if (literals) {
    return literals.flatMap((literal) => constantMisfit(rule, field, literal.text, literal.at));
  }
  const given = givenBy(from, rule.direction?.source);
  if (!given) return [];
  const holds = `${quote(field)} holds ${typeWords(target.type)}`;
  if (!typesCanMeet(given.type, target.type) || isTextForNumber(given, target)) {
    return [errorAt("type-mismatch", at, `${holds}, and this gives ${typeWords(given.type)}.`)];
  }
  const pointsTo = rule.direction?.target?.connection?.name;
  if (given.type !== "reference" || target.type !== "reference" || !given.references) return [];
  const wanted = `${pointsTo}/${target.references}`;
  if (target.references === undefined || given.references === wanted) return [];
  const message = `${quote(field)} holds the id of a record of ${wanted}, and this gives one of ${given.references}.`;
  return [errorAt("type-mismatch", at, message, help)];
}

/** A field of text may hold digits; a text that the expression itself makes is meant as text. */
function isTextForNumber(
  given: { readonly type: string; readonly made: boolean },
  target: FieldSchema,
): boolean {
  return given.made && given.type === "text" && ["integer", "decimal"].includes(target.type);
}
