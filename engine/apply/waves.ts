import { sharedText } from "../plan/estimate.ts";
import { levelsOf } from "../plan/levels.ts";
import type { Change } from "../plan/plan.ts";
import { streamText } from "../value/address.ts";

/*
 * What can be written together. A wave holds changes that wait for nothing but earlier waves; inside a wave, changes of
 * one kind to one stream form batches. The order of the plan is kept inside each batch and between them.
 */

/** How a batch is carried out. */
export type Verb = "create" | "update" | "delete" | "state";

export interface Batch {
  readonly verb: Verb;
  readonly changes: readonly Change[];
}

/** Changes to the state alone that are settled together. */
const stateBatchMax = 500;

/** What one call to a stream can take. */
export interface CallSize {
  readonly max: number;
  /** Creates of one call have the same value in this field. */
  readonly alike?: string;
}

export function wavesOf(
  changes: readonly Change[],
  callSize: (change: Change, verb: Verb) => CallSize,
): readonly (readonly Batch[])[] {
  const levels = levelsOf(changes);
  const waves: Change[][] = [];
  for (const change of changes) {
    const level = levels.get(change.id) ?? 0;
    const wave = waves[level];
    if (wave) wave.push(change);
    else waves[level] = [change];
  }
  return waves.flatMap((wave) =>
    verbs.flatMap((verb) => {
      const own = wave.filter((change) => verbOf(change) === verb);
      return own.length > 0 ? [batchesOf(own, callSize)] : [];
    }),
  );
}

/** In the order of a plan: what exists is brought in step before something new can refer to it. */
const verbs: readonly Verb[] = ["state", "update", "create", "delete"];

function batchesOf(
  wave: readonly Change[],
  callSize: (change: Change, verb: Verb) => CallSize,
): readonly Batch[] {
  const groups = Map.groupBy(wave, (change) => {
    const verb = verbOf(change);
    const { alike } = verb === "create" ? callSize(change, verb) : {};
    const shared = alike === undefined ? "" : valueText(change, alike);
    return `${verb} ${streamText(change.target)} ${shared}`;
  });
  const batches = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const verb = verbOf(first);
    const size = verb === "state" ? stateBatchMax : callSize(first, verb).max;
    return slices(group, size).map((slice) => ({ verb, changes: slice }));
  });
  return byDay(batches);
}

function valueText(change: Change, field: string): string {
  const fields = "fields" in change ? change.fields : [];
  const found = fields.find((one) => one.field === field);
  return found === undefined ? "" : sharedText(found);
}

/**
 * Batches of one day follow each other, because what they write to is read again day by day. Those without a day stay
 * where they are.
 */
function byDay(batches: readonly Batch[]): readonly Batch[] {
  const dayOf = ({ changes }: Batch): string => changes[0]?.day ?? "";
  return batches.some((batch) => dayOf(batch) !== "")
    ? batches.toSorted((a, b) => compareText(dayOf(a), dayOf(b)))
    : batches;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function verbOf(change: Change): Verb {
  switch (change.kind) {
    case "create":
      return "create";
    case "delete":
      return "delete";
    case "unlink":
    case "link":
      return "state";
    case "update":
    case "retire":
      return "update";
  }
}

function slices<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const parts: (readonly T[])[] = [];
  for (let from = 0; from < all.length; from += size) parts.push(all.slice(from, from + size));
  return parts;
}
