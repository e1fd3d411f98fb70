import type { StreamRecord } from "../connector/connector.ts";
import type { StreamSchema } from "../connector/schema.ts";
import type { MatchKey, Rule } from "../mapping/mapping.ts";
import { canonicalJson } from "../value/canonical-json.ts";
import { canonicalValue } from "../value/equal.ts";
import type { Fields, Value } from "../value/value.ts";

/** Canonical values of one match key by target field, or null when a part has no value. */
export function keyOf(
  key: MatchKey,
  values: readonly Value[],
  schema: StreamSchema,
  phoneCountry: string,
): Fields | null {
  const canonical: Record<string, Value> = {};
  for (const [index, part] of key.parts.entries()) {
    const { type = "text", ignoresCapitals = false } = schema.fields[part.field] ?? {};
    const options = { phoneCountry, ignoresCapitals };
    const value = canonicalValue(type, values[index] ?? null, options);
    if (value === null) return null;
    canonical[part.field] = value;
  }
  return canonical;
}

/** The same from the fields of a target record. */
export function keyOfTarget(
  key: MatchKey,
  fields: Fields,
  schema: StreamSchema,
  phoneCountry: string,
): Fields | null {
  const values = key.parts.map((part) => fields[part.field] ?? null);
  return keyOf(key, values, schema, phoneCountry);
}

export function keyText(key: Fields): string {
  return canonicalJson(key);
}

/** Target records by match key. */
export interface TargetIndex {
  /** Ids of the records that have this key, in the order in which they were read. */
  candidates(keyIndex: number, key: Fields): readonly string[];
}

/** Builds the index of each key when it is first asked for: a plan without new records needs none. */
export function indexTargets(
  rule: Rule,
  records: Iterable<StreamRecord>,
  phoneCountry: string,
): TargetIndex {
  const indexes: (Map<string, string[]> | undefined)[] = [];
  const all = [...records];
  function build(keyIndex: number): Map<string, string[]> {
    const index = new Map<string, string[]>();
    const key = rule.match[keyIndex];
    if (!key) return index;
    for (const record of all) {
      const found = keyOfTarget(key, record.fields, rule.target.schema, phoneCountry);
      if (found === null) continue;
      const text = keyText(found);
      const ids = index.get(text);
      if (ids) ids.push(record.id);
      else index.set(text, [record.id]);
    }
    return index;
  }
  return {
    candidates(keyIndex, key) {
      const index = indexes[keyIndex] ?? build(keyIndex);
      indexes[keyIndex] = index;
      return index.get(keyText(key)) ?? [];
    },
  };
}
