import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote, suggestion } from "../../config/wording.ts";
import { type MappingDraft, type RuleDraft, usesOf } from "../draft.ts";
import { unknownField } from "../field-problem.ts";

/** Expressions read fields of the source, fields of the streams they look into, variables and rules that exist. */
export function checkExpressionNames(mapping: MappingDraft): readonly Diagnostic[] {
  return mapping.rules.flatMap((rule) => [
    ...fields(rule),
    ...lookedUpFields(mapping, rule),
    ...variables(mapping, rule),
    ...linked(mapping, rule),
  ]);
}

/** Every record has an id beside its fields. */
const id = ["id"];

function fields(rule: RuleDraft): readonly Diagnostic[] {
  const schema = rule.direction?.source?.schema;
  return usesOf(rule)
    .filter(({ purpose }) => purpose !== "enabled")
    .flatMap(({ compiled }) => compiled.analysis.fields)
    .flatMap((field) => unknownField(field, schema, id));
}

function lookedUpFields({ sources }: MappingDraft, rule: RuleDraft): readonly Diagnostic[] {
  return usesOf(rule)
    .flatMap(({ compiled }) => compiled.analysis.streams)
    .flatMap((stream) => {
      const schema = sources.find(({ name }) => name === stream.name)?.schema;
      return stream.fields.flatMap((field) => unknownField(field, schema, id));
    });
}

function variables({ varsAt }: MappingDraft, rule: RuleDraft): readonly Diagnostic[] {
  const known = varsAt.map(({ name }) => name);
  return usesOf(rule)
    .flatMap(({ compiled }) => compiled.analysis.vars)
    .filter(({ name }) => !known.includes(name))
    .map(({ name, at }) => {
      const help = suggestion(name, known, "Add it under `vars`.");
      return errorAt("vars-unknown", at, `There is no variable ${quote(name)}.`, help);
    });
}

function linked({ rules }: MappingDraft, rule: RuleDraft): readonly Diagnostic[] {
  const known = rules.map(({ name }) => name);
  return usesOf(rule)
    .flatMap(({ compiled }) => compiled.analysis.linked)
    .filter(({ name }) => !known.includes(name))
    .map(({ name, at }) => {
      const help = suggestion(name, known, "Name a rule of this mapping.");
      return errorAt("linked-unknown", at, `There is no rule ${quote(name)}.`, help);
    });
}
