import type { StreamRecord } from "../connector/connector.ts";
import type { Value } from "../value/value.ts";
import { addressIn, labelOf, type RuleContext, sameInTarget } from "./context.ts";
import type { Candidate, NearMatch } from "./plan.ts";
import { subjectOf } from "./subject.ts";

/*
 * Pairs that nearly match: the same name in another spelling, the same number with another e-mail. They are shown to
 * the person who links, never linked. Target records are found by folded values (without case, accents and
 * punctuation), so that the search costs one look-up a value and not one comparison a pair.
 */

const candidatesMax = 5;

const indexes = new WeakMap<RuleContext, ReadonlyMap<string, readonly StreamRecord[]>>();

export function nearMatchOf(context: RuleContext, source: StreamRecord): NearMatch | null {
  const index = indexes.get(context) ?? buildIndex(context);
  indexes.set(context, index);
  const wanted = wantedValues(context, source);
  const found = new Set<StreamRecord>();
  for (const text of foldedTexts(context, wanted)) {
    for (const target of index.get(text) ?? []) found.add(target);
  }
  if (found.size === 0) return null;
  const subject = subjectOf(context, source, "absent");
  return {
    mapping: context.mapping.mapping.name,
    rule: context.input.rule.name,
    source: subject.source,
    label: subject.label,
    candidates: [...found]
      .slice(0, candidatesMax)
      .map((target) => nearCandidate(context, wanted, target)),
  };
}

/** The fields that tell who somebody is: those of the match keys, those that must agree, and the name. */
function identifyingFields(context: RuleContext): readonly string[] {
  const { rule } = context.input;
  const keys = rule.match.flatMap((key) => key.parts.map((part) => part.field));
  const owned = new Set(rule.fields.map((field) => field.field));
  const label = context.targets.schema.label.filter((field) => owned.has(field));
  return [...new Set([...label, ...keys, ...rule.agree])];
}

function wantedValues(context: RuleContext, source: StreamRecord): ReadonlyMap<string, Value> {
  const { rule, evaluations } = context.input;
  const evaluation = evaluations.get(source.id);
  const wanted = new Map<string, Value>();
  for (const field of identifyingFields(context)) {
    const index = rule.fields.findIndex((one) => one.field === field);
    const value = evaluation?.fields[index];
    if (value !== undefined && value !== null) wanted.set(field, value);
  }
  for (const [keyIndex, key] of rule.match.entries()) {
    for (const [partIndex, part] of key.parts.entries()) {
      const value = evaluation?.keys[keyIndex]?.[partIndex];
      if (value !== undefined && value !== null) wanted.set(part.field, value);
    }
  }
  return wanted;
}

function buildIndex(context: RuleContext): ReadonlyMap<string, readonly StreamRecord[]> {
  const index = new Map<string, StreamRecord[]>();
  const fields = identifyingFields(context);
  for (const record of context.targets.records.values()) {
    if (context.linkedTargets.has(record.id)) continue;
    const values = new Map(fields.map((field) => [field, record.fields[field] ?? null]));
    for (const text of foldedTexts(context, values)) {
      const records = index.get(text);
      if (records) records.push(record);
      else index.set(text, [record]);
    }
  }
  return index;
}

/** One text for the whole name, and one for each other identifying field. */
function foldedTexts(context: RuleContext, values: ReadonlyMap<string, Value>): readonly string[] {
  const { label, fields } = context.targets.schema;
  const texts: string[] = [];
  const name = fold(label.map((field) => values.get(field) ?? "").join(" "));
  if (name !== "") texts.push(`name ${name}`);
  for (const [field, value] of values) {
    if (label.includes(field) || typeof value !== "string") continue;
    if (fields[field]?.type === "choice") continue;
    const text = fold(value);
    if (text !== "") texts.push(`${field} ${text}`);
  }
  return texts;
}

function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

function nearCandidate(
  context: RuleContext,
  wanted: ReadonlyMap<string, Value>,
  target: StreamRecord,
): Candidate {
  const differences = identifyingFields(context).flatMap((field) => {
    const actual = target.fields[field];
    const source = wanted.get(field) ?? null;
    if (actual === undefined) return [];
    return sameInTarget(context, field, source, actual) ? [] : [{ field, source, target: actual }];
  });
  return {
    address: addressIn(context.targets.ref, target.id),
    label: labelOf(target, context.targets),
    differences,
  };
}
