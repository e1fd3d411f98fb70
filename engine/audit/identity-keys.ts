import type { StreamRecord } from "../connector/connector.ts";
import type { MatchKey } from "../mapping/mapping.ts";
import type { RuleContext } from "../plan/context.ts";
import { keyOf, keyOfTarget } from "../plan/keys.ts";
import { streamText } from "../value/address.ts";
import type { Fields, Value } from "../value/value.ts";

/*
 * The values by which a mapping tells records apart: the match keys of a rule, and those of the other rules from the
 * same stream, as far as the rule writes them. Users are matched by e-mail, but an employee number that two of them have
 * is wrong all the same, because contacts are matched by it.
 */

export interface IdentityKey {
  /** The key with the target fields of this rule. */
  readonly key: MatchKey;
  /** Its place among the match keys of the rule; null for a key of another rule. */
  readonly place: number | null;
}

export function identityKeys(
  context: RuleContext,
  rules: readonly RuleContext[],
): readonly IdentityKey[] {
  const own = context.input.rule.match.map((key, place): IdentityKey => ({ key, place }));
  const known = new Set(own.map(({ key }) => fieldsText(key)));
  const others = rules
    .filter((other) => other !== context && sameStream(other, context))
    .flatMap((other) => other.input.rule.match)
    .flatMap((key): readonly IdentityKey[] => {
      const turned = inFieldsOf(context, key);
      if (turned === null || known.has(fieldsText(turned))) return [];
      known.add(fieldsText(turned));
      return [{ key: turned, place: null }];
    });
  return [...own, ...others];
}

function sameStream(a: RuleContext, b: RuleContext): boolean {
  return streamText(a.sources.ref) === streamText(b.sources.ref);
}

function fieldsText(key: MatchKey): string {
  return key.parts
    .map(({ field }) => field)
    .sort()
    .join(" ");
}

/** The key of another rule, by the fields in which this rule writes the same values; null where it does not. */
function inFieldsOf(context: RuleContext, key: MatchKey): MatchKey | null {
  const parts = key.parts.flatMap((part) => {
    const field = context.input.rule.fields.find((one) => one.from.source === part.from.source);
    return field ? [{ field: field.field, from: part.from }] : [];
  });
  return parts.length === key.parts.length ? { parts, at: key.at } : null;
}

/** The values of a key as the source has them; canonical, by target field; null when one is empty. */
export function keyOfSource(
  context: RuleContext,
  { key, place }: IdentityKey,
  source: StreamRecord,
): Fields | null {
  const values = valuesOfSource(context, key, place, source);
  return keyOf(key, values, context.targets.schema, context.settings.phoneCountry);
}

/** The same as they are written. The keys of a linked record are not worked out, but what is written to its target is. */
export function valuesOfSource(
  context: RuleContext,
  key: MatchKey,
  place: number | null,
  source: StreamRecord,
): readonly Value[] {
  const evaluation = context.input.evaluations.get(source.id);
  const workedOut = place === null ? undefined : evaluation?.keys[place];
  if (workedOut) return workedOut;
  const { fields } = context.input.rule;
  const link = context.input.links.get(source.id);
  const target = link && context.targets.records.get(link.target.id);
  return key.parts.map((part) => {
    const index = fields.findIndex(
      (one) => one.field === part.field && one.from.source === part.from.source,
    );
    const written = evaluation?.fields[index];
    return written === undefined ? (target?.fields[part.field] ?? null) : written;
  });
}

export function keyOfTargetRecord(
  context: RuleContext,
  { key }: IdentityKey,
  target: StreamRecord,
): Fields | null {
  return keyOfTarget(key, target.fields, context.targets.schema, context.settings.phoneCountry);
}

/** What people call a part of a key on the source side: the field that it is taken from, where it is one. */
export function sourceName(part: MatchKey["parts"][number]): string {
  return /^[A-Za-z_]\w*$/.test(part.from.source) ? part.from.source : part.field;
}

/** `employee_number, email`: what would have to be filled in. */
export function keyNames(context: RuleContext): string {
  return context.input.rule.match.map((key) => key.parts.map(sourceName).join(" with ")).join(", ");
}
