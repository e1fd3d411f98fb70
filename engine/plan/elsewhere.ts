import type { StreamSchema } from "../connector/schema.ts";
import type { Mapping, Rule, Source } from "../mapping/mapping.ts";
import type { Intent, Link } from "../state/store.ts";
import { type StreamRef, streamText } from "../value/address.ts";
import { canonicalValue } from "../value/equal.ts";
import type { Fields, Value } from "../value/value.ts";
import { showsWritesOf } from "./context.ts";
import type { Reading } from "./input.ts";
import { keyText } from "./keys.ts";
import type { Change } from "./plan.ts";

/*
 * Several streams can show one list: the people of a directory are its users and its contacts. Two mappings that create
 * records in such a list must not both create the same one. What another mapping writes in this plan, has written and no
 * reading shows yet, or may have created, counts as if it were there. What a reading shows counts as the reading shows it:
 * a record that has been deleted or renumbered since stands in nobody's way.
 */

/** A record that another mapping writes, has written, or may have created. */
export interface Made {
  readonly mapping: string;
  /** Where, with the schema of the stream. */
  readonly target: Source;
  /** `creates` and `updates`: in this plan. `doubted`: nobody knows yet whether it was created. */
  readonly how: "creates" | "updates" | "wrote" | "doubted";
  /** Present when the record is there for certain. */
  readonly id?: string;
  /** What it holds then, by the names of its stream. */
  readonly fields: Fields;
  /** Of an update: the fields that are written. */
  readonly changed?: readonly string[];
  /** The id of the create in doubt. */
  readonly intent?: string;
  /** When it was written. A reading that shows writes of this time shows the record as it is. */
  readonly at?: Date;
}

/** The one that has one of these keys, if there is one. `apart`: by id, those that are surely others. */
export type FindMade = (
  keys: readonly Fields[],
  apart?: { has(id: string): boolean } | undefined,
) => Made | null;

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

/** What a mapping has made by its state: what it has written, and creates of which nobody knows yet. */
export function madeBy(
  { name, rules }: Mapping,
  { links, intents }: { readonly links: readonly Link[]; readonly intents: readonly Intent[] },
): readonly Made[] {
  const targets = new Map(rules.map((rule) => [rule.name, rule.target]));
  const linked = links.flatMap(({ rule, target, baseline, writtenAt }): Made[] => {
    const end = targets.get(rule);
    if (!end) return [];
    return [
      { mapping: name, target: end, how: "wrote", id: target.id, fields: baseline, at: writtenAt },
    ];
  });
  const baselines = new Map(links.map((link) => [sourceText(link), link.baseline]));
  const begun = intents.flatMap((intent): Made[] => {
    const end = targets.get(intent.rule);
    if (!end) return [];
    const one = { mapping: name, target: end };
    if (intent.kind === "create")
      return [{ ...one, how: "doubted", fields: intent.fields, intent: intent.changeId }];
    const fields = { ...baselines.get(sourceText(intent)), ...intent.fields };
    return [{ ...one, how: "wrote", fields, at: intent.at }];
  });
  return [...linked, ...begun];
}

function sourceText({ rule, source }: Pick<Link, "rule" | "source">): string {
  return `${rule} ${source.id}`;
}

/** What a plan is about to make by one rule. */
export function madeByCreates({ target }: Rule, changes: readonly Change[]): readonly Made[] {
  return changes.flatMap((change): Made[] => {
    if (change.kind !== "create") return [];
    const fields = Object.fromEntries(change.fields.map(({ field, after }) => [field, after]));
    return [{ mapping: change.mapping, target, how: "creates", fields }];
  });
}

/** Records that a plan is about to write to by one rule: one of them may get the key of a record that another makes. */
export function madeByUpdates(
  { target }: Rule,
  changes: readonly Change[],
  reading: Reading | undefined,
): readonly Made[] {
  return changes.flatMap((change): Made[] => {
    if (change.kind !== "update" && change.kind !== "retire") return [];
    const { mapping } = change;
    const { id } = change.target;
    const written = Object.fromEntries(change.fields.map(({ field, after }) => [field, after]));
    const fields = { ...reading?.records.get(id)?.fields, ...written };
    return [{ mapping, target, how: "updates", id, fields, changed: Object.keys(written) }];
  });
}

/** Looks among what others have made for records that this rule is about to make. `reading`: of its target. */
export function finderOf(
  rule: Rule,
  made: readonly Made[],
  at: { readonly phoneCountry: string; readonly reading: Reading | undefined },
): FindMade {
  const { ref, schema } = rule.target;
  const list = listText(ref, schema);
  if (list === null) return () => null;
  const { reading } = at;
  const byKey = new Map<string, Made[]>();
  for (const rival of made) {
    if (listText(rival.target.ref, rival.target.schema) !== list) continue;
    if (rival.at && reading && showsWritesOf(reading, rival.at)) continue;
    for (const { parts } of rule.match) {
      const text = keyIn(
        schema,
        parts.map(({ field }) => field),
        rival,
        at.phoneCountry,
      );
      if (text === null) continue;
      const known = byKey.get(text);
      if (known) known.push(rival);
      else byKey.set(text, [rival]);
    }
  }
  return (keys, apart) => {
    for (const key of keys) {
      const rivals = byKey.get(keyText(key)) ?? [];
      const found = rivals.find(({ id }) => id === undefined || !apart?.has(id));
      if (found) return found;
    }
    return null;
  };
}

/** The key of a rival in the words of the rule's own stream. Null: it has none, or not by what is written now. */
function keyIn(
  schema: StreamSchema,
  key: readonly string[],
  { target, fields, changed }: Made,
  phoneCountry: string,
): string | null {
  const parts = key.map(
    (field) => [field, nameIn(target.schema, commonName(schema, field))] as const,
  );
  if (changed && !parts.some(([, name]) => changed.includes(name))) return null;
  const values = parts.map(
    ([field, name]) =>
      [field, canonicalOf(schema, field, fields[name] ?? null, phoneCountry)] as const,
  );
  return values.some(([, value]) => value === null) ? null : keyText(Object.fromEntries(values));
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

/** What the matter is, and how it ends. */
export function madeReason(noun: string, { mapping, target, how }: Made): string {
  const record = `this ${noun} in ${streamText(target.ref)}`;
  const tied = "The two are tied as soon as a reading shows the record.";
  switch (how) {
    case "creates":
      return `The mapping ${mapping} is creating ${record}. ${tied}`;
    case "updates":
      return `The mapping ${mapping} is updating ${record}. ${tied}`;
    case "wrote":
      return `The mapping ${mapping} has just written ${record}. ${tied}`;
    case "doubted":
      return `The mapping ${mapping} may have created ${record}, and the answer is not known yet. Its own plan finds out, or asks a person.`;
  }
}
