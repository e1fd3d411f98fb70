import type { StreamRecord } from "../connector/connector.ts";
import type { StreamSchema } from "../connector/schema.ts";
import type { ExpressionScope } from "../expression/expression.ts";
import type { FieldRule, Mapping, Rule } from "../mapping/mapping.ts";
import { evaluateRule } from "../run/evaluate.ts";
import { ruleDigest } from "../run/rule-digest.ts";
import type { Link } from "../state/store.ts";
import { type StreamRef, streamText } from "../value/address.ts";
import { fitsType } from "../value/equal.ts";
import type { Fields, Value } from "../value/value.ts";
import { type NamedSource, namedSources, sourceKey } from "./by-source.ts";
import { ruleOf } from "./case-ids.ts";
import type { CaseMappings } from "./case-mappings.ts";
import type { GivenLink, TestCase } from "./mapping-test.ts";

/** One stream as it is when a case begins. */
export interface WorldStream {
  readonly ref: StreamRef;
  readonly schema: StreamSchema;
  /** Every field of each record, told or not. */
  readonly records: ReadonlyMap<string, Fields>;
  /** Fields that readings leave out. */
  readonly untold: ReadonlySet<string>;
  /** Fields that are told of a record all the same, by id. */
  readonly told: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface World {
  /** By `connection/stream`. */
  readonly streams: ReadonlyMap<string, WorldStream>;
  readonly links: readonly Link[];
}

export interface WorldGround {
  /** With the variables of the case. */
  readonly mappings: CaseMappings;
  readonly phoneCountry: string;
}

/** Before a link is made in a case, nothing was ever written. */
const neverWritten = new Date(0);

/**
 * Both sides as the case gives them. A field that a record does not name holds, first of all that apply: nothing at all
 * where the system does not tell it; what was agreed on, for the target of a link; the default of its source; empty.
 */
export async function makeWorld(testCase: TestCase, ground: WorldGround): Promise<World> {
  const { planned, linked } = ground.mappings;
  const streams = new Map<string, DraftStream>();
  for (const one of namedSources(planned)) addSource(streams, one, testCase);
  const links: Link[] = [];
  for (const given of testCase.links) {
    const mapping = linked.find(({ name }) => name === given.mapping);
    const rule = ruleOf(given, linked);
    if (!mapping || !rule) continue;
    const at = { mapping, rule, streams, testCase, ground };
    // Of a mapping that is only gone through, nothing but the two ids is looked at.
    const baseline = planned.includes(mapping)
      ? (given.baseline ?? (await agreedOn(given, at)))
      : {};
    fillTarget(streams.get(streamText(rule.target.ref)), given.target, baseline);
    links.push(linkOf(given, rule, baseline, mapping));
  }
  return { streams, links };
}

interface LinkGround {
  readonly mapping: Mapping;
  readonly rule: Rule;
  readonly streams: ReadonlyMap<string, DraftStream>;
  readonly testCase: TestCase;
  readonly ground: WorldGround;
}

interface DraftStream extends WorldStream {
  readonly records: Map<string, Fields>;
  readonly untold: Set<string>;
  readonly told: Map<string, ReadonlySet<string>>;
}

/** Two sources may lead to one stream: then it has the records of both. */
function addSource(
  streams: Map<string, DraftStream>,
  { key, source: { ref, schema } }: NamedSource,
  testCase: TestCase,
): void {
  const stream = streams.get(streamText(ref)) ?? {
    ref,
    schema,
    records: new Map(),
    untold: new Set(),
    told: new Map(),
  };
  streams.set(streamText(ref), stream);
  const ground = testCase.grounds.get(key);
  for (const field of ground?.untold ?? []) stream.untold.add(field);
  for (const { id, fields } of testCase.given.get(key) ?? []) {
    stream.records.set(id, { ...emptyRecord(schema, id), ...ground?.defaults, ...fields });
    stream.told.set(id, new Set(Object.keys(fields)));
  }
}

export function emptyRecord(schema: StreamSchema, id: string): Fields {
  const empty = Object.fromEntries(Object.keys(schema.fields).map((field) => [field, null]));
  return "id" in schema.fields ? { ...empty, id } : empty;
}

/** The record as a reading tells it. */
export function toldRecord(
  stream: Pick<WorldStream, "untold" | "told">,
  id: string,
  fields: Fields,
): StreamRecord {
  const told = stream.told.get(id);
  const entries = Object.entries(fields).filter(
    ([field]) => !stream.untold.has(field) || told?.has(field),
  );
  return { id, fields: Object.fromEntries(entries) };
}

function fillTarget(stream: DraftStream | undefined, id: string, baseline: Fields): void {
  const fields = stream?.records.get(id);
  if (!stream || !fields) return;
  const named = stream.told.get(id) ?? new Set();
  const agreed = Object.entries(baseline).filter(([field]) => !named.has(field));
  stream.records.set(id, { ...fields, ...Object.fromEntries(agreed) });
}

function linkOf(given: GivenLink, rule: Rule, baseline: Fields, mapping: Mapping): Link {
  return {
    mapping: mapping.name,
    rule: rule.name,
    source: { ...rule.source.ref, id: given.source },
    target: { ...rule.target.ref, id: given.target },
    origin: "matched",
    baseline,
    ruleDigest: ruleDigest(mapping, rule),
    writtenAt: neverWritten,
  };
}

/** What the rule gives for the source as it was when both sides agreed last, whether it takes the source now or not. */
async function agreedOn(given: GivenLink, at: LinkGround): Promise<Fields> {
  const { mapping, rule, streams, testCase, ground } = at;
  const { when: _anyRecord, ...everyRecord } = rule;
  const source = streams.get(streamText(rule.source.ref));
  const key = sourceKey(ground.mappings.tested, mapping, rule.source);
  const defaults = testCase.grounds.get(key)?.defaults;
  const now = source?.records.get(given.source) ?? {
    ...emptyRecord(rule.source.schema, given.source),
    ...defaults,
  };
  const record = { id: given.source, fields: { ...now, ...given.was } };
  const evaluations = await evaluateRule(everyRecord, new Map([[record.id, record]]), {
    scope: scopeOf(at),
    linked: (id, name) =>
      testCase.links.some(
        (link) => link.mapping === mapping.name && link.source === id && link.rule === name,
      ),
    signal: new AbortController().signal,
    progress: () => {},
  });
  const values = evaluations.get(record.id)?.fields ?? [];
  const agreed = rule.fields.flatMap((field, index) =>
    field.through === undefined
      ? agreedField(field, values[index], rule)
      : agreedReference(field, values[index], at),
  );
  return Object.fromEntries(agreed);
}

/** The counterpart, by the links of the case. Nothing where there is none. */
function agreedReference(
  field: FieldRule,
  value: Value | undefined,
  { rule, testCase, ground }: LinkGround,
): readonly (readonly [string, Value])[] {
  if (value === undefined) return [];
  const given = isBlank(value) ? (field.fallback ?? null) : value;
  if (given === null) return agreedField(field, null, rule);
  const { ref, schema } = rule.target;
  const to = `${ref.connection}/${schema.fields[field.field]?.references ?? ""}`;
  for (const link of testCase.links) {
    const by = link.mapping === field.through ? ruleOf(link, ground.mappings.linked) : undefined;
    if (!by) continue;
    const isTarget = streamText(by.target.ref) === to;
    const [near, far] = isTarget ? [link.source, link.target] : [link.target, link.source];
    if (near === String(given)) return [[field.field, far]];
  }
  return [];
}

/** Nothing for a field that has no say in a record that is there, and for a value that could not be written. */
function agreedField(
  field: FieldRule,
  value: Value | undefined,
  { target }: Rule,
): readonly (readonly [string, Value])[] {
  const schema = target.schema.fields[field.field];
  if (value === undefined || field.set === "on-create" || !schema) return [];
  const fit = fitsType(schema.type, isBlank(value) ? (field.fallback ?? null) : value, schema);
  if (!fit.ok || (fit.value === null && field.whenNull !== "clear")) return [];
  return [[field.field, fit.value]];
}

function isBlank(value: Value): boolean {
  return value === null || (typeof value === "string" && value.trim() === "");
}

function scopeOf({ mapping, streams, testCase, ground }: LinkGround): ExpressionScope {
  const { now } = testCase;
  const { phoneCountry } = ground;
  return {
    vars: mapping.vars,
    records: (name) => {
      const source = mapping.sources.find((one) => one.name === name);
      const stream = source && streams.get(streamText(source.ref));
      if (!stream) return [];
      return [...stream.records].map(([id, fields]) => ({
        ...toldRecord(stream, id, fields).fields,
        id,
      }));
    },
    now,
    phoneCountry,
  };
}
