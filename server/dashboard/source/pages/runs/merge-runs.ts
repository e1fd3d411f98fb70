import type { RunRequest } from "../../api/client.ts";
import { isShown, type RunGroup } from "./run-filter.ts";

export interface RunsFilter {
  readonly workspace: string;
  /** Empty: all. */
  readonly mapping: string;
  readonly group: RunGroup;
}

/** Puts runs as they are now in the place of what they were, and new ones first. */
export function merged(
  rows: readonly RunRequest[],
  changed: readonly RunRequest[],
  filter: RunsFilter,
): readonly RunRequest[] {
  const byId = new Map(changed.map((run) => [run.id, run]));
  const known = new Set(rows.map(({ id }) => id));
  const fresh = changed.filter((run) => !known.has(run.id) && isNewer(run, rows[0]));
  return [...fresh, ...rows.map((run) => byId.get(run.id) ?? run)].filter((run) =>
    isShown(run, filter),
  );
}

/** What is older than what is shown belongs to a page that nobody has asked for yet. */
function isNewer(run: RunRequest, first: RunRequest | undefined): boolean {
  return first === undefined || run.requestedAt >= first.requestedAt;
}
