import type { RunView } from "../../api/client.ts";
import type { EntryStatus } from "../../words.ts";

/** What became of records, in the groups that people look for. */
export const entryGroups = {
  all: { title: "All", statuses: undefined },
  written: { title: "Written", statuses: ["applied"] },
  held: { title: "Held", statuses: ["held"] },
  trouble: { title: "Not written", statuses: ["failed", "in-doubt", "stale", "skipped"] },
  out: { title: "Left out", statuses: ["passed-over"] },
} as const satisfies Readonly<
  Record<string, { readonly title: string; readonly statuses: readonly EntryStatus[] | undefined }>
>;

export type EntryGroup = keyof typeof entryGroups;

export const entryGroupNames = Object.keys(entryGroups) as readonly EntryGroup[];

/** A group by its name in the address; an unknown one is all. */
export function entryGroupOf(name: string | null): EntryGroup {
  return entryGroupNames.find((each) => each === name) ?? "all";
}

/** How many records are in a group, over all runs of the request. */
export function groupCount(runs: RunView["runs"], group: EntryGroup): number {
  const statuses: readonly EntryStatus[] | undefined = entryGroups[group].statuses;
  let sum = 0;
  for (const { counts } of runs) {
    for (const [status, number] of Object.entries(counts)) {
      if (statuses === undefined || statuses.some((each) => each === status)) sum += number ?? 0;
    }
  }
  return sum;
}
