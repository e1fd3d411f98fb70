import { addressText } from "../value/address.ts";
import type { Change, ChangeKind } from "./plan.ts";

/*
 * The order in which changes are applied: links first, because they cost nothing; deletes last. What happens to one
 * source record in several rules is one ordered group: what it leaves is retired before what it joins is written.
 */

const ranks: Readonly<Record<ChangeKind, number>> = {
  link: 0,
  unlink: 1,
  update: 2,
  retire: 3,
  create: 4,
  delete: 5,
};

/** `rules`: names in the order of the mapping files, as `mapping.rule`. */
export function orderChanges(
  changes: readonly Change[],
  rules: readonly string[],
): readonly Change[] {
  const places = new Map(rules.map((rule, index) => [rule, index]));
  const groups = Map.groupBy(
    changes,
    (change) => `${change.mapping} ${addressText(change.source)}`,
  );
  const chained = [...groups.values()].map((group) => chain(group.toSorted(before(places))));
  return afterWhatTheyWaitFor(chained.toSorted((a, b) => compareGroups(a, b, places)).flat());
}

/** Brings forward what others wait for, of whatever kind it is. Nothing waits for itself: that was checked on loading. */
function afterWhatTheyWaitFor(changes: readonly Change[]): readonly Change[] {
  const byId = new Map(changes.map((change) => [change.id, change]));
  const placed = new Set<Change>();
  const place = (change: Change): void => {
    if (placed.has(change)) return;
    for (const id of change.after) {
      const other = byId.get(id);
      if (other) place(other);
    }
    placed.add(change);
  };
  for (const change of changes) place(change);
  return [...placed];
}

/** Within a group, everything waits for the changes that take the record out of another rule. */
function chain(group: readonly Change[]): readonly Change[] {
  const leaving = group.filter((change) => change.situation === "left");
  const staying = group.filter((change) => change.situation !== "left");
  const after = leaving.map((change) => change.id);
  return after.length === 0
    ? staying
    : [...leaving, ...staying.map((change) => ({ ...change, after: [...after, ...change.after] }))];
}

function compareGroups(
  a: readonly Change[],
  b: readonly Change[],
  places: ReadonlyMap<string, number>,
): number {
  const [lastA, lastB] = [a.at(-1), b.at(-1)];
  return lastA && lastB ? before(places)(lastA, lastB) : 0;
}

function before(places: ReadonlyMap<string, number>) {
  return (a: Change, b: Change): number =>
    ranks[a.kind] - ranks[b.kind] ||
    place(places, a) - place(places, b) ||
    compareText(a.day ?? "", b.day ?? "") ||
    compareText(a.source.id, b.source.id);
}

function place(places: ReadonlyMap<string, number>, change: Change): number {
  return places.get(`${change.mapping}.${change.rule}`) ?? 0;
}

/** By code unit, so that the order is the same on every machine. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
