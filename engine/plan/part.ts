import type { Change } from "./plan.ts";

/* What belongs to a part of a plan: with a change goes what it waits for, and nothing is created for nobody. */

/** The ids, with those of everything that the changes wait for. `changes`: all of the plan, in its order. */
export function withWhatTheyNeed(
  changes: readonly Change[],
  ids: ReadonlySet<string>,
): ReadonlySet<string> {
  const kept = new Set(ids);
  // What a change waits for stands before it, so that one pass from the end finds everything that is needed.
  for (const { id, after } of changes.toReversed()) {
    if (kept.has(id)) for (const needed of after) kept.add(needed);
  }
  return kept;
}

/** What is created only for others goes when none of them is left. */
export function withoutIdle(changes: readonly Change[]): readonly Change[] {
  const awaited = new Set(changes.flatMap(({ after }) => after));
  const isIdle = (change: Change) =>
    change.kind === "create" && change.whenReferenced === true && !awaited.has(change.id);
  const left = changes.filter((change) => !isIdle(change));
  return left.length === changes.length ? changes : withoutIdle(left);
}
