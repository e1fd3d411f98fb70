import type { Change, Plan } from "../../engine/plan/plan.ts";
import { streamText } from "../../engine/value/address.ts";
import { count } from "./words.ts";

/*
 * What the views of a plan look up of each change: which changes it waits for, and which wait for it. Made once a plan,
 * because a plan can have a hundred thousand changes that refer to each other.
 */

export interface PlanIndex {
  /** By id. */
  readonly changes: ReadonlyMap<string, Change>;
  /** The changes that wait for a change, by its id. */
  readonly waiting: ReadonlyMap<string, readonly Change[]>;
}

export function indexPlan({ changes }: Plan): PlanIndex {
  const waiting = new Map<string, Change[]>();
  for (const change of changes) {
    for (const first of new Set(change.after)) {
      const list = waiting.get(first);
      if (list) list.push(change);
      else waiting.set(first, [change]);
    }
  }
  return { changes: new Map(changes.map((change) => [change.id, change])), waiting };
}

export interface First {
  /** `retire`, and of a change that another mapping makes also which: `create worker-contacts`. */
  readonly what: string;
  readonly label: string;
}

/** The changes that must be applied before this one. */
export function waitsFor(change: Change, { changes }: PlanIndex): readonly First[] {
  return change.after.flatMap((id): readonly First[] => {
    const first = changes.get(id);
    if (!first) return [];
    const { kind, label, mapping } = first;
    return [{ what: mapping === change.mapping ? kind : `${kind} ${mapping}`, label }];
  });
}

/** `3 records of procore/timecard_entries (timesheets)`, for a record that is created only because others need it. */
export function neededBy(change: Change, { waiting }: PlanIndex): string | undefined {
  if (change.kind !== "create" || change.whenReferenced !== true) return undefined;
  const counts = new Map<string, number>();
  for (const other of waiting.get(change.id) ?? []) {
    const stream = `${streamText(other.target)} (${other.mapping})`;
    counts.set(stream, (counts.get(stream) ?? 0) + 1);
  }
  const parts = [...counts].map(([stream, number]) => `${count(number, "record")} of ${stream}`);
  return parts.length > 0 ? parts.join(", ") : undefined;
}
