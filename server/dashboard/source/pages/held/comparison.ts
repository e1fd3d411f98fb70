import type { Candidate } from "../../../../../engine/plan/plan.ts";
import type { Fields, Value } from "../../../../../engine/value/value.ts";

/*
 * A held record beside its candidates, field by field. Two systems give one thing two names (`email`, `email_address`),
 * and only the mapping knows which go together; what was decided from is told in the differences. So a field of the
 * source stands beside one of the candidates if it has the same name, if a difference names it, or if both hold the
 * same text and no other field does. What goes with nothing is shown below, each side for itself.
 */

export interface ComparisonLine {
  /** Name in the source; absent where only candidates have it. */
  readonly source?: string;
  /** Name in the candidates' stream; absent where only the source has it. */
  readonly target?: string;
  /** Undefined: not told, or not read. */
  readonly value: Value | undefined;
  readonly others: readonly ComparedValue[];
  /** At least one candidate holds something else. */
  readonly differs: boolean;
}

interface ComparedValue {
  readonly value: Value | undefined;
  readonly differs: boolean;
}

export interface Comparison {
  /** Fields that stand on both sides, those that differ first. */
  readonly paired: readonly ComparisonLine[];
  /** Fields of one side alone. */
  readonly single: readonly ComparisonLine[];
}

/** Shorter texts are equal by chance too often to say that two fields are one. */
const tellingCharactersMin = 3;

export function compareRecords(
  source: Fields | undefined,
  candidates: readonly {
    readonly fields: Fields | undefined;
    readonly differences: Candidate["differences"];
  }[],
): Comparison {
  const targets = new Set(
    candidates.flatMap(({ fields, differences }) => [
      ...differences.map(({ field }) => field),
      ...Object.keys(fields ?? {}),
    ]),
  );
  const pairs = pairFields(source ?? {}, [...targets], candidates);
  const taken = new Set(pairs.values());
  const lines = [...targets].map((target) =>
    lineOf(target, pairs.get(target), source ?? {}, candidates),
  );
  const isPaired = (line: ComparisonLine) =>
    line.source !== undefined || differenceOf(line.target, candidates) !== undefined;
  const alone = Object.keys(source ?? {})
    .filter((name) => !taken.has(name))
    .map((name) => ({
      source: name,
      value: source?.[name],
      others: candidates.map(() => ({ value: undefined, differs: false })),
      differs: false,
    }));
  const paired = lines.filter(isPaired);
  return {
    paired: [
      ...paired.filter(({ differs }) => differs),
      ...paired.filter(({ differs }) => !differs),
    ],
    single: [...alone, ...lines.filter((line) => !isPaired(line))],
  };
}

/** The field of the source for each field of the candidates that has one. */
function pairFields(
  source: Fields,
  targets: readonly string[],
  candidates: Parameters<typeof compareRecords>[1],
): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  const free = new Set(Object.keys(source));
  const pair = (target: string, name: string | undefined) => {
    if (name === undefined || !free.has(name) || pairs.has(target)) return;
    pairs.set(target, name);
    free.delete(name);
  };
  for (const target of targets) pair(target, target);
  for (const target of targets) {
    const difference = differenceOf(target, candidates);
    if (difference) pair(target, onlyHolder(source, free, difference.source));
  }
  for (const target of targets) {
    const values = candidates.map(({ fields }) => fields?.[target]);
    pair(
      target,
      values.map((value) => onlyHolder(source, free, value)).find((name) => name !== undefined),
    );
  }
  return pairs;
}

/** The one field that holds a telling text. */
function onlyHolder(
  fields: Fields,
  names: ReadonlySet<string>,
  value: Value | undefined,
): string | undefined {
  if (!isTelling(value)) return undefined;
  const holders = [...names].filter((name) => sameValue(fields[name], value));
  return holders.length === 1 ? holders[0] : undefined;
}

function isTelling(value: Value | undefined): boolean {
  const isScalar = typeof value === "string" || typeof value === "number";
  return isScalar && String(value).trim().length >= tellingCharactersMin;
}

function lineOf(
  target: string,
  name: string | undefined,
  source: Fields,
  candidates: Parameters<typeof compareRecords>[1],
): ComparisonLine {
  const difference = differenceOf(target, candidates);
  const value = name === undefined ? difference?.source : source[name];
  const others = candidates.map(({ fields, differences }) => {
    const told = differences.find(({ field }) => field === target);
    const held = fields?.[target] ?? told?.target;
    const isOther = told !== undefined || (name === target && !sameValue(value, held));
    return { value: held, differs: isOther && held !== undefined };
  });
  return {
    ...(name === undefined ? {} : { source: name }),
    target,
    value,
    others,
    differs: others.some(({ differs }) => differs),
  };
}

function differenceOf(
  target: string | undefined,
  candidates: Parameters<typeof compareRecords>[1],
): Candidate["differences"][number] | undefined {
  return candidates.flatMap(({ differences }) => differences).find(({ field }) => field === target);
}

/** For showing only: blanks and capitals make no difference to a person, and a phone number is its digits. */
function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  return plain(a) === plain(b);
}

function plain(value: Value | undefined): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string") return JSON.stringify(value);
  const text = value.trim().toLowerCase();
  return /^[\d\s()+./-]{7,}$/.test(text) ? text.replace(/\D/g, "") : text;
}
