import type { Expression } from "../expression/expression.ts";
import type { Mapping, Rule } from "../mapping/mapping.ts";
import { canonicalJson } from "../value/canonical-json.ts";
import { digest } from "../value/digest.ts";
import type { Value } from "../value/value.ts";

/**
 * Digest of what decides the values that a rule writes: its fields and the variables. Stored with each link, so that a
 * plan can tell an edit of the mapping from a change of the source.
 */
export function ruleDigest(mapping: Mapping, rule: Rule): string {
  const fields = rule.fields.map(
    (field): Value => ({
      field: field.field,
      from: text(field.from),
      set: field.set,
      whenNull: field.whenNull,
      fallback: field.fallback ?? null,
      when: field.when ? text(field.when) : null,
      ...(field.through === undefined ? {} : { through: field.through }),
    }),
  );
  return digest(canonicalJson({ vars: mapping.vars, fields }));
}

function text(expression: Expression): Value {
  return expression.source;
}
