import type { Change } from "../../../../../engine/plan/plan.ts";

/*
 * Which changes a person has ticked. A change is never applied without those that it waits for, so ticking one ticks
 * these as well, and taking one away takes away those that wait for it: what is ticked is always what would be written.
 */

/** How the changes of a plan wait for each other, over all that have been loaded. */
export interface Waiting {
  readonly changes: ReadonlyMap<string, Change>;
  /** Ids of the changes that wait for a change, by its id. */
  readonly waitFor: ReadonlyMap<string, readonly string[]>;
}

export function waitingAmong(changes: readonly Change[]): Waiting {
  const waitFor = new Map<string, string[]>();
  for (const change of changes) {
    for (const first of new Set(change.after)) {
      const list = waitFor.get(first);
      if (list) list.push(change.id);
      else waitFor.set(first, [change.id]);
    }
  }
  return { changes: new Map(changes.map((change) => [change.id, change])), waitFor };
}

export interface Ticked {
  readonly ticked: ReadonlySet<string>;
  /** How many came or went along although nobody asked for them. */
  readonly along: number;
}

/** Ticks changes, and what they wait for. */
export function tick(now: ReadonlySet<string>, ids: readonly string[], waiting: Waiting): Ticked {
  const ticked = new Set(now);
  const asked = new Set(ids);
  const added = spread(ids, (id) => (ticked.has(id) ? [] : (waiting.changes.get(id)?.after ?? [])));
  let along = 0;
  for (const id of added) {
    if (!ticked.has(id) && !asked.has(id)) along += 1;
    ticked.add(id);
  }
  return { ticked, along };
}

/** Takes ticks away, and those of what waits for these changes. */
export function untick(now: ReadonlySet<string>, ids: readonly string[], waiting: Waiting): Ticked {
  const ticked = new Set(now);
  const asked = new Set(ids);
  let along = 0;
  for (const id of spread(ids, (each) => waiting.waitFor.get(each) ?? [])) {
    if (ticked.delete(id) && !asked.has(id)) along += 1;
  }
  return { ticked, along };
}

/** Everything that can be reached from some ids, themselves included. */
function spread(
  ids: readonly string[],
  next: (id: string) => readonly string[],
): ReadonlySet<string> {
  const reached = new Set(ids);
  for (const id of reached) for (const other of next(id)) reached.add(other);
  return reached;
}

/** Whether all, some or none of a group are ticked, as its tick box shows it. */
export function groupTick(
  ids: readonly string[],
  ticked: ReadonlySet<string>,
): "all" | "some" | "none" {
  const number = ids.filter((id) => ticked.has(id)).length;
  if (number === 0) return "none";
  return number === ids.length ? "all" : "some";
}

/** What is told, politely, after a tick has moved others. */
export function alongText(along: number, direction: "ticked" | "unticked"): string {
  if (along === 0) return "";
  const many = along === 1 ? "One more change was" : `${along} more changes were`;
  return direction === "ticked"
    ? `${many} ticked, because the one you ticked waits for ${along === 1 ? "it" : "them"}.`
    : `${many} unticked, because ${along === 1 ? "it waits" : "they wait"} for the one you unticked.`;
}
