import type { RequestStatus } from "../../../../../engine/state/service-store.ts";

/** What runs can be narrowed down to: groups, because nobody thinks in nine statuses. */
export const runGroups = {
  all: { title: "All", statuses: undefined },
  open: { title: "Under way", statuses: ["queued", "planning", "applying"] },
  waiting: { title: "Waiting for approval", statuses: ["waiting"] },
  done: { title: "Done", statuses: ["done"] },
  trouble: { title: "With trouble", statuses: ["partial", "refused", "failed"] },
  cancelled: { title: "Cancelled", statuses: ["cancelled"] },
} as const satisfies Readonly<
  Record<
    string,
    { readonly title: string; readonly statuses: readonly RequestStatus[] | undefined }
  >
>;

export type RunGroup = keyof typeof runGroups;

const names = Object.keys(runGroups) as readonly RunGroup[];

/** A group by its name in the address; an unknown one is all. */
export function runGroupOf(name: string | null): RunGroup {
  return names.find((each) => each === name) ?? "all";
}

export const runGroupOptions = names.map((value) => ({ value, title: runGroups[value].title }));

/** Whether a run belongs to what is shown. */
export function isShown(
  run: { readonly status: RequestStatus; readonly mapping: string; readonly workspace: string },
  filter: { readonly workspace: string; readonly mapping: string; readonly group: RunGroup },
): boolean {
  const statuses: readonly RequestStatus[] | undefined = runGroups[filter.group].statuses;
  return (
    run.workspace === filter.workspace &&
    (filter.mapping === "" || run.mapping === filter.mapping) &&
    (statuses === undefined || statuses.includes(run.status))
  );
}
