import type { Change } from "./plan.ts";

/** A change stands one level above the highest that it waits for. The plan's order makes one pass enough. */
export function levelsOf(changes: readonly Change[]): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  for (const change of changes) {
    const below = change.after.map((id) => levels.get(id) ?? 0);
    levels.set(change.id, change.after.length === 0 ? 0 : Math.max(...below) + 1);
  }
  return levels;
}
