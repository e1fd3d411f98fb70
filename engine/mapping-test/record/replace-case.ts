import type { StreamSchema } from "../../connector/schema.ts";
import type { Mapping, Rule, Source } from "../../mapping/mapping.ts";
import { type RecordAddress, streamText } from "../../value/address.ts";
import type { Fields, Value } from "../../value/value.ts";
import { namedSources } from "../by-source.ts";
import { ruleOf } from "../case-ids.ts";
import type { CaseMappings } from "../case-mappings.ts";
import type { GivenLink, GivenRecord, TestCase } from "../mapping-test.ts";
import { inventValues, isPersonal, type RealValue, textsIn } from "./invented-values.ts";
import { expressionsOf } from "./live-case.ts";

export interface Replaced {
  readonly testCase: TestCase;
  /** The new id of a record, by `connection/stream` and its real id. */
  readonly idOf: (stream: string, id: string) => string;
  /** Every real text and id that must not be in the case any more. */
  readonly real: readonly string[];
}

/** The case with invented names, numbers, texts and ids in place of the real ones. */
export function replaceCase(
  testCase: TestCase,
  mappings: CaseMappings,
  phoneCountry: string,
): Replaced {
  const keep = new Set(mappings.planned.flatMap((mapping) => [...openTexts(mapping)]));
  const values = realValues(testCase, mappings);
  const ids = newIds(testCase, mappings);
  const realIds = [...ids.keys()].map((key) => key.replace(/^\S+ /, ""));
  const invented = inventValues(values, { keep, phoneCountry, avoid: realIds });
  const idOf = (stream: string, id: string) => ids.get(`${stream} ${id}`) ?? id;
  const change = (fields: Fields, { ref, schema }: Source): Fields =>
    Object.fromEntries(
      Object.entries(fields).map(([field, value]) => {
        const known = schema.fields[field];
        if (known?.type !== "reference") {
          return [field, known ? invented.value(known.type, value) : value];
        }
        const stream = `${ref.connection}/${known.references ?? field}`;
        return [field, typeof value === "string" ? idOf(stream, value) : value];
      }),
    );
  return {
    testCase: changedCase(testCase, mappings, idOf, change),
    idOf,
    real: [...realTexts(values, keep), ...realIds],
  };
}

function changedCase(
  testCase: TestCase,
  mappings: CaseMappings,
  idOf: Replaced["idOf"],
  change: (fields: Fields, source: Source) => Fields,
): TestCase {
  const given = [...testCase.given].map(([name, records]): [string, readonly GivenRecord[]] => {
    const source = sourceNamed(mappings, name);
    return [
      name,
      records.map(({ id, fields }) => ({
        id: idOf(streamText(source.ref), id),
        fields: change(fields, source),
      })),
    ];
  });
  const links = testCase.links.map((link) => {
    const { source, target } = ruleNamed(mappings, link);
    return {
      ...link,
      source: idOf(streamText(source.ref), link.source),
      target: idOf(streamText(target.ref), link.target),
      ...(link.baseline && { baseline: change(link.baseline, target) }),
    };
  });
  const address = (one: RecordAddress) => ({ ...one, id: idOf(streamText(one), one.id) });
  const decisions = testCase.decisions.map((decision) =>
    decision.kind === "ignore"
      ? { ...decision, source: address(decision.source) }
      : { ...decision, source: address(decision.source), target: address(decision.target) },
  );
  return { ...testCase, given: new Map(given), links, decisions };
}

function sourceNamed({ planned }: CaseMappings, key: string): Source {
  const named = namedSources(planned).find((one) => one.key === key);
  if (!named) throw new Error(`a recorded case names the source ${key}, which is not there`);
  return named.source;
}

function ruleNamed({ linked }: CaseMappings, link: GivenLink): Rule {
  const rule = ruleOf(link, linked);
  if (!rule) throw new Error(`a recorded case names the rule ${link.rule}, which is not there`);
  return rule;
}

/** Everything that the records and the baselines hold, with the type of its field. */
function realValues(testCase: TestCase, mappings: CaseMappings): readonly RealValue[] {
  const typed = (fields: Fields, schema: StreamSchema): readonly RealValue[] =>
    Object.entries(fields).flatMap(([field, value]) => {
      const type = schema.fields[field]?.type;
      return type ? [{ type, value }] : [];
    });
  return [
    ...[...testCase.given].flatMap(([name, records]) =>
      records.flatMap(({ fields }) => typed(fields, sourceNamed(mappings, name).schema)),
    ),
    ...testCase.links.flatMap((link) =>
      typed(link.baseline ?? {}, ruleNamed(mappings, link).target.schema),
    ),
  ];
}

/** Texts that tell something: a dash is in every file, and what the mapping names itself is no secret. */
function realTexts(values: readonly RealValue[], keep: ReadonlySet<string>): readonly string[] {
  const open = [...keep].join("\n").toLowerCase();
  const texts = values.flatMap(({ type, value }) => (isPersonal(type) ? textsIn(value) : []));
  return [...new Set(texts)].filter(
    (text) => /[\p{L}\p{N}]/u.test(text) && !open.includes(text.toLowerCase()),
  );
}

/** Texts that the mapping names itself: its variables, and the constants of its rules and expressions. */
function openTexts(mapping: Mapping): ReadonlySet<string> {
  const constants = mapping.rules.flatMap((rule): readonly Value[] => [
    ...Object.values(rule.retire ?? {}),
    ...rule.fields.map(({ fallback }) => fallback ?? null),
  ]);
  const quoted = expressionsOf(mapping).flatMap(({ source }) =>
    [...source.matchAll(/'([^']*)'|"([^"]*)"/g)].flatMap(([, one, other]) => one ?? other ?? []),
  );
  const named = Object.values(mapping.vars).flatMap(keysAndTexts);
  return new Set([...constants.flatMap(textsIn), ...quoted, ...named]);
}

function keysAndTexts(value: Value): readonly string[] {
  if (typeof value !== "object" || value === null) return textsIn(value);
  const keys = Array.isArray(value) ? [] : Object.keys(value);
  return [...keys, ...Object.values(value).flatMap(keysAndTexts)];
}

/**
 * New ids: what the record is called, and a number. They come in the order of the real ones, because the first that is
 * found may count. Ids that only a link or a field names get one, too.
 */
function newIds(testCase: TestCase, mappings: CaseMappings): ReadonlyMap<string, string> {
  const nouns = nounsOf(mappings);
  const ids = new Map<string, Set<string>>();
  const note = (stream: string, id: string) =>
    ids.set(stream, (ids.get(stream) ?? new Set<string>()).add(id));
  const noteReferences = (fields: Fields, { ref, schema }: Source) => {
    for (const [field, value] of Object.entries(fields)) {
      const known = schema.fields[field];
      if (known?.type !== "reference" || typeof value !== "string") continue;
      note(`${ref.connection}/${known.references ?? field}`, value);
    }
  };
  for (const [name, records] of testCase.given) {
    const source = sourceNamed(mappings, name);
    for (const { id, fields } of records) {
      note(streamText(source.ref), id);
      noteReferences(fields, source);
    }
  }
  for (const link of testCase.links) {
    const { source, target, baseline } = link;
    const { source: from, target: to } = ruleNamed(mappings, link);
    note(streamText(from.ref), source);
    note(streamText(to.ref), target);
    noteReferences(baseline ?? {}, to);
  }
  for (const decision of testCase.decisions) {
    note(streamText(decision.source), decision.source.id);
    if (decision.kind !== "ignore") note(streamText(decision.target), decision.target.id);
  }
  return new Map(
    [...ids].flatMap(([stream, known]) => {
      const noun = (nouns.get(stream) ?? stream.replace(/^[^/]*\//, "")).replaceAll(/\W+/g, "-");
      // A real id of the same form must not be taken for an invented one.
      const word = [...known].some((id) => id.startsWith(noun)) ? "record" : noun;
      return numbered(stream, word, [...known].sort());
    }),
  );
}

/** What the records of each stream are called, with the connection where two streams have the same word. */
function nounsOf({ linked }: CaseMappings): ReadonlyMap<string, string> {
  const sources = linked.flatMap((mapping) => mapping.sources);
  const streams = new Map(sources.map((source) => [streamText(source.ref), source]));
  const words = [...streams.values()].map(({ schema }) => schema.noun.one);
  return new Map(
    [...streams].map(([stream, { ref, schema }]) => {
      const shared = words.filter((word) => word === schema.noun.one).length > 1;
      return [stream, shared ? `${ref.connection} ${schema.noun.one}` : schema.noun.one];
    }),
  );
}

function numbered(
  stream: string,
  noun: string,
  ids: readonly string[],
): readonly (readonly [string, string])[] {
  const width = String(ids.length).length;
  return ids.map((id, index) => [
    `${stream} ${id}`,
    `${noun}-${String(index + 1).padStart(width, "0")}`,
  ]);
}
