import { canonicalJson } from "../value/canonical-json.ts";
import type { Value } from "../value/value.ts";
import { entryKinds } from "./expectation-words.ts";
import type { Difference, Entry, Expectation, Failure, Round } from "./mapping-test.ts";

/*
 * What was expected against what the plan says. Changes, held records and whatever stands against the plan must be
 * exactly those that are listed, in any order; the rest is looked at where a test asks for it. An expression of a rule's
 * switch that fails is trouble that nobody lists by chance, and must be listed too.
 */

export function compareEntries(
  expected: readonly Expectation[],
  entries: readonly Entry[],
  round: Round,
): readonly Failure[] {
  const pairs = paired(expected, entries);
  const taken = new Set([...pairs.values()]);
  const failures = expected.flatMap((expectation): readonly Failure[] => {
    const actual = pairs.get(expectation);
    if (!actual) {
      const instead = entries.filter((entry) => isAbout(entry, expectation) && !taken.has(entry));
      return [{ kind: "missing", round, expected: expectation, instead }];
    }
    const differences = differencesOf(expectation, actual);
    if (differences.length === 0) return [];
    return [{ kind: "different", round, expected: expectation, actual, differences }];
  });
  const unexpected = entries
    .filter((entry) => !taken.has(entry) && mustBeListed(entry, round))
    .map((actual): Failure => ({ kind: "unexpected", round, actual }));
  return [...failures, ...unexpected];
}

/** After everything was applied, records that were held are held still; only changes are news. */
function mustBeListed({ kind, code }: Entry, round: Round): boolean {
  if (round === "next" && (kind === "hold" || kind === "finding")) return false;
  return entryKinds[kind].exact || (kind === "finding" && code === "expression-failed");
}

/** The same record, whatever is said of it. */
function isAbout(entry: Entry, expectation: Expectation): boolean {
  return (
    entry.what === expectation.what &&
    entry.mapping === expectation.mapping &&
    entryKinds[entry.kind].names === "record" &&
    entryKinds[expectation.kind].names === "record"
  );
}

/** Each expectation with the entry that it means. Where several could be meant, the one that fits best. */
function paired(
  expected: readonly Expectation[],
  entries: readonly Entry[],
): ReadonlyMap<Expectation, Entry> {
  const pairs = new Map<Expectation, Entry>();
  const free = new Set(entries);
  const fitting = expected.flatMap((expectation) =>
    entries
      .filter((entry) => couldBe(entry, expectation))
      .map((entry) => ({ expectation, entry, misses: differencesOf(expectation, entry).length })),
  );
  for (const { expectation, entry } of fitting.toSorted((a, b) => a.misses - b.misses)) {
    if (pairs.has(expectation) || !free.has(entry)) continue;
    pairs.set(expectation, entry);
    free.delete(entry);
  }
  return pairs;
}

function couldBe(entry: Entry, { kind, what, mapping, rule }: Expectation): boolean {
  const isOf = entry.kind === kind && entry.what === what && entry.mapping === mapping;
  return isOf && (rule === undefined || entry.rule === rule);
}

function differencesOf(expected: Expectation, actual: Entry): readonly Difference[] {
  const { target, situation, code, candidates, differs, records } = expected;
  return [
    ...wordDifference("target", target, actual.target),
    ...wordDifference("situation", situation, actual.situation),
    ...wordDifference("code", code, actual.code),
    ...fieldDifferences(expected, actual),
    ...listDifference("candidates", candidates, actual.candidates),
    ...listDifference("differs", differs, actual.differs),
    ...listDifference("records", records, actual.records),
  ];
}

function wordDifference(
  what: string,
  expected: string | undefined,
  actual: string | undefined,
): readonly Difference[] {
  if (expected === undefined || expected === actual) return [];
  return [{ what, expected, ...(actual !== undefined && { actual }) }];
}

function listDifference(
  what: string,
  expected: readonly string[] | undefined,
  actual: readonly string[],
): readonly Difference[] {
  if (expected === undefined) return [];
  const wanted = expected.toSorted();
  return sameValue(wanted, actual) ? [] : [{ what, expected: wanted, actual }];
}

/** `fields` are all that is written; `has` are some of them. */
function fieldDifferences({ fields, has }: Expectation, actual: Entry): readonly Difference[] {
  const wanted = { ...has, ...fields };
  const written = new Map(actual.fields.map((field) => [field.field, field]));
  const wrong = Object.entries(wanted).flatMap(([field, value]): readonly Difference[] => {
    const there = written.get(field);
    if (!there) return [{ what: field, expected: value }];
    if (sameValue(value, there.after)) return [];
    return [{ what: field, expected: value, actual: there.after, ...placed(there) }];
  });
  const more = fields ? actual.fields.filter(({ field }) => !Object.hasOwn(wanted, field)) : [];
  return [
    ...wrong,
    ...more.map((field) => ({ what: field.field, actual: field.after, ...placed(field) })),
  ];
}

function placed({ at }: Entry["fields"][number]): Pick<Difference, "at"> {
  return at ? { at } : {};
}

function sameValue(one: Value, other: Value): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
