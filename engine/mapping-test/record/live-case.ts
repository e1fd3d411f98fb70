import type { Expression } from "../../expression/expression.ts";
import type { Mapping, Rule, Source } from "../../mapping/mapping.ts";
import type { PlanInput } from "../../plan/input.ts";
import { streamText } from "../../value/address.ts";
import type { Fields } from "../../value/value.ts";
import { namedSources } from "../by-source.ts";
import { ruleOf } from "../case-ids.ts";
import type { CaseMappings } from "../case-mappings.ts";
import type { GivenRecord, SourceGround, TestCase } from "../mapping-test.ts";
import type { Chosen } from "./choose-records.ts";

/** A case with these records as they are, before anything of them is replaced. Nothing is expected yet. */
export function liveCase(
  input: PlanInput,
  mappings: CaseMappings,
  chosen: Chosen,
  name: string,
): TestCase {
  const { tested, planned, linked } = mappings;
  const given = new Map<string, readonly GivenRecord[]>();
  const grounds = new Map<string, SourceGround>();
  const seen = new Set<string>();
  for (const { key, source } of namedSources(planned)) {
    // A second source of the same stream would give the same records again.
    const ids = seen.has(streamText(source.ref))
      ? new Set()
      : chosen.records.get(streamText(source.ref));
    seen.add(streamText(source.ref));
    const records = givenRecords(input, planned, source, ids ?? new Set());
    if (records.length > 0) given.set(key, records);
    grounds.set(key, { defaults: {}, untold: untoldFields(planned, source, records) });
  }
  return {
    name,
    at: { file: tested.file, line: 1, column: 1 },
    purpose: "sync",
    with: planned.slice(1).map((one) => one.name),
    now: input.now,
    windows: planned.some(({ sources }) => sources.some(({ window }) => window)),
    vars: {},
    given,
    grounds,
    links: chosen.links.map((link) => ({
      mapping: link.mapping,
      rule: link.rule,
      source: link.source.id,
      target: link.target.id,
      was: {},
      ...(planned.some((one) => one.name === link.mapping) && {
        baseline: ownFields(ruleOf(link, linked), link.baseline),
      }),
    })),
    decisions: decisionsOf(tested, chosen),
    expect: [],
  };
}

/** A baseline may hold fields that the stream of today does not have. */
function ownFields(rule: Rule | undefined, baseline: Fields): Fields {
  const fields = rule?.target.schema.fields ?? {};
  return Object.fromEntries(
    Object.entries(baseline).filter(([field]) => Object.hasOwn(fields, field)),
  );
}

/** Without what they say to people. A case says of a decided link what it says of any other. */
function decisionsOf({ decisions }: Mapping, { records }: Chosen): Mapping["decisions"] {
  const own = decisions.filter(({ source }) => records.get(streamText(source))?.has(source.id));
  return own.map((decision) => {
    const { rule, source, at } = decision;
    const base = { rule, source, at };
    if (decision.kind === "ignore") return { ...base, kind: decision.kind };
    return { ...base, kind: decision.kind, target: decision.target };
  });
}

function givenRecords(
  input: PlanInput,
  mappings: readonly Mapping[],
  source: Source,
  ids: ReadonlySet<unknown>,
): readonly GivenRecord[] {
  const reading = input.readings.get(streamText(source.ref));
  const fields = new Set(fieldsThatMatter(mappings, source));
  return [...(reading?.records.values() ?? [])]
    .filter(({ id }) => ids.has(id))
    .map((record) => ({
      id: record.id,
      fields: Object.fromEntries(
        Object.entries(record.fields).filter(([field]) => fields.has(field)),
      ),
    }));
}

/** Fields that some record of the case does not tell. */
function untoldFields(
  mappings: readonly Mapping[],
  source: Source,
  records: readonly GivenRecord[],
): ReadonlySet<string> {
  const untold = fieldsThatMatter(mappings, source).filter((field) =>
    records.some(({ fields }) => !Object.hasOwn(fields, field)),
  );
  return new Set(untold);
}

/**
 * Fields that the mappings can see: those that they write, compare or prefer, those whose name comes in an expression,
 * those by which people call the record, and its day where only some are read. What nothing looks at is not taken along.
 */
function fieldsThatMatter(
  mappings: readonly Mapping[],
  { ref, schema, window }: Source,
): readonly string[] {
  const words = mappings
    .flatMap(expressionsOf)
    .flatMap(({ source }) => source.match(/[\p{L}\p{N}_]+/gu) ?? []);
  const targeted = mappings
    .flatMap(({ rules }) => rules)
    .filter((rule) => streamText(rule.target.ref) === streamText(ref))
    .flatMap((rule) => [
      ...rule.fields.map(({ field }) => field),
      ...rule.match.flatMap(({ parts }) => parts.map(({ field }) => field)),
      ...Object.keys(rule.retire ?? {}),
      ...Object.keys(rule.prefer ?? {}),
    ]);
  const day = window ? [schema.window?.field ?? ""] : [];
  const seen = new Set([...schema.label, ...targeted, ...words, ...day]);
  return Object.keys(schema.fields).filter((field) => field !== "id" && seen.has(field));
}

/** Every expression of a mapping. */
export function expressionsOf(mapping: Mapping): readonly Expression[] {
  return mapping.rules.flatMap((rule) =>
    [
      rule.enabled,
      rule.when,
      rule.createWhen,
      rule.linkWhen,
      ...rule.match.flatMap(({ parts }) => parts.map(({ from }) => from)),
      ...rule.fields.flatMap(({ from, when }) => [from, when]),
    ].filter((expression) => expression !== undefined),
  );
}

/** How many records a case gives. */
export function recordCount(testCase: TestCase): number {
  return [...testCase.given.values()].reduce((sum, records) => sum + records.length, 0);
}
