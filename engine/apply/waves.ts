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

/** `batchMax` tells how many changes one call to the stream can take. */
export function wavesOf(
  changes: readonly Change[],
  batchMax: (change: Change, verb: Verb) => number,
): readonly (readonly Batch[])[] {
  const levels = levelsOf(changes);
  const waves: Change[][] = [];
  for (const change of changes) {
    const level = levels.get(change.id) ?? 0;
    const wave = waves[level];
    if (wave) wave.push(change);
    else waves[level] = [change];
  }
  return waves.map((wave) => batchesOf(wave, batchMax));
}

/** A change stands one level above the highest that it waits for. The plan's order makes one pass enough. */
function levelsOf(changes: readonly Change[]): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  for (const change of changes) {
    const below = change.after.map((id) => levels.get(id) ?? 0);
    levels.set(change.id, change.after.length === 0 ? 0 : Math.max(...below) + 1);
  }
  return levels;
}

function batchesOf(
  wave: readonly Change[],
  batchMax: (change: Change, verb: Verb) => number,
): readonly Batch[] {
  const groups = Map.groupBy(wave, (change) => `${verbOf(change)} ${streamText(change.target)}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const verb = verbOf(first);
    const size = verb === "state" ? stateBatchMax : batchMax(first, verb);
    return slices(group, size).map((slice) => ({ verb, changes: slice }));
  });
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
