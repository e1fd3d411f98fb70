import type { Expression } from "../expression/expression.ts";
import { canonicalJson } from "../value/canonical-json.ts";
import { digest } from "../value/digest.ts";
import type { FieldRule, Mapping, Rule } from "./mapping.ts";

/**
 * Over what a mapping does, and not over how its file is written: comments, order of keys, quotes, file name and description
 * do not count; values from the environment, and those that a person has set, do. The order of rules counts, because it
 * can decide. When the mapping is run and who has to approve decide nothing about a record.
 */
export function mappingDigest(mapping: Omit<Mapping, "digest" | "decisions">): string {
  const { name, systemOfRecord, vars, limits } = mapping;
  const sources = Object.fromEntries(
    mapping.sources.map(({ name: source, ref, use, window }) => [source, { ref, use, window }]),
  );
  const rules = mapping.rules.map(ruleData);
  return digest(canonicalJson({ name, systemOfRecord, vars, limits, sources, rules }));
}

function ruleData(rule: Rule): object {
  const { name, role, agree, retire, prefer, whenReferenced, on } = rule;
  return {
    name,
    role,
    source: rule.source.name,
    target: rule.target.name,
    enabled: expressionData(rule.enabled),
    when: expressionData(rule.when),
    match: rule.match.map((key) =>
      Object.fromEntries(key.parts.map(({ field, from }) => [field, expressionData(from)])),
    ),
    agree: agree.toSorted(),
    fields: Object.fromEntries(rule.fields.map((field) => [field.field, fieldData(field)])),
    createWhen: expressionData(rule.createWhen),
    linkWhen: expressionData(rule.linkWhen),
    retire,
    prefer,
    whenReferenced: whenReferenced || undefined,
    on,
  };
}

function fieldData(rule: FieldRule): object {
  const { from, set, whenNull, fallback, required, when, through, drift } = rule;
  const expressions = { from: expressionData(from), when: expressionData(when) };
  return { ...expressions, set, whenNull, fallback, required, through, drift };
}

/** White space around an expression does not count, and neither does how a constant is written. */
function expressionData(expression: Expression | undefined): object | undefined {
  if (!expression) return undefined;
  const { constant, source } = expression;
  return constant === undefined ? { source: source.trim() } : { constant };
}
