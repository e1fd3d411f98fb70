import type { Sizes } from "./timesheets-company.ts";

/*
 * The calls that the work takes by arithmetic: every list that is looked into once, in pages as large as the connectors
 * ask for, and new timecards in batches as large as Procore takes them. By the templates of the calls.
 */

export type Calls = Readonly<Record<string, number>>;

/** Records a page of SmartBarrel, of Procore's lists, and of Procore's list of projects. */
const pages = { smartbarrel: 500, procore: 1_000, projects: 300 } as const;

/** Timecards that one call creates, all of one project. */
const batch = 25;

export const create = "POST /rest/v1.1/projects/{id}/project_timecard_entries/bulk_create";
export const update = "PATCH /rest/v1.0/companies/{id}/timecard_entries/{id}";
export const token = "POST /oauth/token";

/** `timecards`: how many Procore has. A list that is empty is a page all the same. */
export function readingCalls({ workers, projects, shifts }: Sizes, timecards: number): Calls {
  const company = "GET /rest/v1.0/companies/{id}";
  return {
    [token]: 1,
    "GET /v1/workers": pagesOf(workers, pages.smartbarrel),
    "GET /v1/positions": 1,
    "GET /v1/projects": pagesOf(projects, pages.smartbarrel),
    "GET /v1/projects/{id}/cost_codes": projects,
    "GET /v1/shifts": pagesOf(shifts, pages.smartbarrel),
    "GET /rest/v1.1/projects": pagesOf(projects, pages.projects),
    "GET /rest/v1.0/cost_codes": projects,
    "GET /rest/v1.0/sub_jobs": projects,
    "GET /rest/v1.0/projects/{id}/locations": projects,
    [`${company}/people`]: pagesOf(workers, pages.procore),
    [`${company}/people/inactive`]: 1,
    [`${company}/work_classifications`]: 1,
    [`${company}/timecard_entries`]: pagesOf(timecards, pages.procore),
  };
}

/** `created`: new timecards by project. */
export function writingCalls(created: readonly number[], updated: number): Calls {
  const batches = sum(created.map((count) => Math.ceil(count / batch)));
  return { [token]: 1, [create]: batches, [update]: updated };
}

export function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

function pagesOf(records: number, size: number): number {
  return Math.max(1, Math.ceil(records / size));
}
