import type { StreamSchema } from "../connector/schema.ts";
import type { Mapping, Rule, Source } from "../mapping/mapping.ts";
import type { Intent, Link } from "../state/store.ts";
import { type StreamRef, streamText } from "../value/address.ts";
import { canonicalValue } from "../value/equal.ts";
import type { Fields, Value } from "../value/value.ts";
import { keyText } from "./keys.ts";
import type { Change } from "./plan.ts";

/*
 * Several streams can show one list: the people of a directory are its users and its contacts. Two mappings that create
 * records in such a list must not both create the same one. What another mapping creates in this plan, has created and no
 * reading shows yet, or may have created, counts as if it were there.
 */

/** A record that another mapping makes, or made, or may have made. */
export interface Made {
  readonly mapping: string;
  /** Where, with the schema of the stream. */
  readonly target: Source;
  /** Present when the record is there for certain. */
  readonly id?: string;
  /** What it was made with, by the names of its stream. */
  readonly fields: Fields;
}

/** The one that has one of these keys, if there is one. */
export type FindMade = (keys: readonly Fields[]) => Made | null;

/** `connection/list` of a stream that shows a list together with others; null for the others. */
export function listText(ref: StreamRef, schema: StreamSchema): string | null {
  return schema.list ? `${ref.connection}/${schema.list.name}` : null;
}

/** The lists in which the rules of a mapping create records. */
export function listsOf(rules: readonly Rule[]): ReadonlySet<string> {
  const lists = rules
    .filter(({ role }) => role === "authoritative")
    .flatMap(({ target }) => listText(target.ref, target.schema) ?? []);
  return new Set(lists);
}

/** Mappings, beside those that are planned, that create records in the same lists. */
export function neighbours(
  mappings: readonly Mapping[],
  known: readonly Mapping[],
): readonly Mapping[] {
  const lists = listsOf(mappings.flatMap(({ rules }) => rules));
  return known.filter(
    (one) => !mappings.includes(one) && [...listsOf(one.rules)].some((name) => lists.has(name)),
  );
}

/** What a mapping has made by its state: linked records, and creates of which nobody knows yet. */
export function madeBy(
  { name, rules }: Mapping,
  { links, intents }: { readonly links: readonly Link[]; readonly intents: readonly Intent[] },
): readonly Made[] {
  const targets = new Map(rules.map((rule) => [rule.name, rule.target]));
  const linked = links
    .filter(({ origin }) => origin === "created")
    .flatMap(({ rule, target, baseline }): Made[] => {
      const end = targets.get(rule);
      return end ? [{ mapping: name, target: end, id: target.id, fields: baseline }] : [];
    });
  const doubtful = intents
    .filter(({ kind }) => kind === "create")
    .flatMap(({ rule, fields }): Made[] => {
      const end = targets.get(rule);
      return end ? [{ mapping: name, target: end, fields }] : [];
    });
  return [...linked, ...doubtful];
}

/** What a plan is about to make by one rule. */
export function madeByChanges({ target }: Rule, changes: readonly Change[]): readonly Made[] {
  return changes.flatMap((change) => {
    if (change.kind !== "create") return [];
    const fields = Object.fromEntries(change.fields.map(({ field, after }) => [field, after]));
    return [{ mapping: change.mapping, target, fields }];
  });
}

/** Looks among what others have made for records that this rule is about to make. */
export function finderOf(
  rule: Rule,
  made: readonly Made[],
  at: {
    readonly phoneCountry: string;
    /** Whether the rule sees the record in its own reading: then its keys find it, or it is another one by now. */
    readonly isShown: (id: string) => boolean;
  },
): FindMade {
  const { ref, schema } = rule.target;
  const list = listText(ref, schema);
  const rivals = made.filter(({ target, id }) => {
    const isSameList = list !== null && listText(target.ref, target.schema) === list;
    return isSameList && (id === undefined || !at.isShown(id));
  });
  if (rivals.length === 0) return () => null;
  const byKey = new Map<string, Made>();
  for (const rival of rivals) {
    const theirs = rival.target.schema;
    for (const { parts } of rule.match) {
      const key = parts.map(({ field }) => {
        const value = rival.fields[nameIn(theirs, commonName(schema, field))] ?? null;
        return [field, canonicalOf(schema, field, value, at.phoneCountry)] as const;
      });
      if (key.every(([, value]) => value !== null)) {
        byKey.set(keyText(Object.fromEntries(key)), rival);
      }
    }
  }
  return (keys) => {
    for (const key of keys) {
      const found = byKey.get(keyText(key));
      if (found) return found;
    }
    return null;
  };
}

function canonicalOf(schema: StreamSchema, field: string, value: Value, phoneCountry: string) {
  const { type = "text", ignoresCapitals = false } = schema.fields[field] ?? {};
  return canonicalValue(type, value, { phoneCountry, ignoresCapitals });
}

/** What the list calls a field of one of its streams. */
function commonName({ list }: StreamSchema, field: string): string {
  return list?.fields?.[field] ?? field;
}

/** What a stream of the list calls a field. */
function nameIn({ list }: StreamSchema, common: string): string {
  const own = Object.entries(list?.fields ?? {}).find(([, name]) => name === common);
  return own?.[0] ?? common;
}

/** What the matter is, and that it ends by itself. */
export function madeReason(noun: string, { mapping, target, id }: Made): string {
  const did = id === undefined ? "is creating" : "has just created";
  return `The mapping ${mapping} ${did} this ${noun} in ${streamText(target.ref)}. The two are tied as soon as a reading shows the record.`;
}
