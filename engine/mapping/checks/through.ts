import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { allOf, quote, suggestion } from "../../config/wording.ts";
import type { NamedPlace } from "../../expression/analysis.ts";
import type { FieldDraft, MappingDraft, RuleDraft } from "../draft.ts";
import { endsAreKnown, otherEnds, referredBy } from "../ends.ts";
import { givenBy } from "../given.ts";

/** `through` leads from the id that an expression gives to an id that the field can hold, and there is one way only. */
export function checkThrough(
  mappings: readonly MappingDraft[],
  { complete }: { readonly complete: boolean },
): readonly Diagnostic[] {
  return mappings.flatMap((own) =>
    own.rules.flatMap((rule) =>
      rule.fields.flatMap((field) => {
        if (!field.through) return [];
        const through = field.through;
        const mapping = mappings.find(({ name }) => name === through.name);
        return [
          ...(mapping || !complete ? [] : unknownMapping(through, mappings, own)),
          ...noReference(rule, field, through),
          ...(mapping ? noWay(rule, field, through, mapping) : []),
        ];
      }),
    ),
  );
}

function unknownMapping(
  { name, at }: NamedPlace,
  mappings: readonly MappingDraft[],
  own: MappingDraft,
): readonly Diagnostic[] {
  const others = mappings.filter((mapping) => mapping !== own);
  const known = others.map((mapping) => mapping.name);
  const help = suggestion(name, known, "Name a mapping of this project.");
  return [errorAt("through-unknown", at, `There is no mapping ${quote(name)}.`, help)];
}

function noReference(
  rule: RuleDraft,
  field: FieldDraft,
  { at }: NamedPlace,
): readonly Diagnostic[] {
  const schema = rule.direction?.target?.schema;
  if (!schema || !Object.hasOwn(schema.fields, field.field)) return [];
  const { type, references } = schema.fields[field.field] ?? {};
  if (type === "reference" && references) return [];
  const why = type === "reference" ? "does not say of which stream its id is" : "is no reference";
  const message = `${quote(field.field)} of a ${schema.noun.one} ${why}.`;
  return [errorAt("through-not-reference", at, message)];
}

function noWay(
  rule: RuleDraft,
  field: FieldDraft,
  { name, at }: NamedPlace,
  mapping: MappingDraft,
): readonly Diagnostic[] {
  const wanted = referredBy(rule, field);
  if (wanted === undefined || !endsAreKnown(mapping)) return [];
  const [end, ...more] = otherEnds(mapping, wanted);
  if (end === undefined) {
    const message = `No rule of mapping ${quote(name)} leads to or from ${wanted}, to which ${quote(field.field)} refers.`;
    return [errorAt("through-unrelated", at, message)];
  }
  if (more.length > 0) {
    const message = `Mapping ${quote(name)} ties records of ${wanted} to those of ${allOf([end, ...more])}, so an id alone does not tell which is meant.`;
    return [errorAt("through-ambiguous", at, message)];
  }
  const given = field.from && givenBy(field.from, rule.direction?.source)?.references;
  if (!field.from || given === undefined || given === end) return [];
  const message = `Mapping ${quote(name)} takes the id of a record of ${end}, and this gives one of ${given}.`;
  return [errorAt("through-mismatch", field.from.expression.at, message)];
}
