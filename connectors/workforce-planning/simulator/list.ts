import type { Person } from "./person.ts";
import type { Project } from "./project.ts";
import type { Stamps } from "./stamps.ts";
import { parseTime, type Reasons } from "./values.ts";

/** Documented: a fixed size, and no parameter to change it. */
export const pageSizeDocumented = 400;

export type Query = { readonly [key: string]: unknown };

export type Listed<T> =
  | { readonly ok: true; readonly records: readonly T[]; readonly page: number | null }
  | { readonly ok: false; readonly reasons: Reasons };

/** What a parameter of a query lets through. Only whole values match, and all parameters have to. */
export type Filters<T> = Readonly<Record<string, (record: T, wanted: string) => boolean>>;

export const personFilters: Filters<Person> = {
  first_name: (person, wanted) => person.first_name === wanted,
  last_name: (person, wanted) => person.last_name === wanted,
  email: (person, wanted) => person.email === wanted,
  employee_number: (person, wanted) => person.employee_number === wanted,
  ...timeFilters("created"),
  ...timeFilters("updated"),
};

/** Filters by time are documented for the projects of a group only. */
export const projectFilters: Filters<Project> = {
  name: (project, wanted) => project.name === wanted,
  project_number: (project, wanted) => project.project_number === wanted,
};

export const groupProjectFilters: Filters<Project> = {
  ...projectFilters,
  ...timeFilters("created"),
  ...timeFilters("updated"),
};

/** Days are what is promised, and both ends are included; that they are days in UTC is assumed. */
function timeFilters(what: "created" | "updated"): Filters<Stamps> {
  const order = (record: Stamps, wanted: string) =>
    Math.sign(dayOf(record[`${what}_at`]) - dayOf(parseTime(wanted) ?? Number.NaN));
  return {
    [`${what}_at`]: (record, wanted) => order(record, wanted) === 0,
    [`${what}_before`]: (record, wanted) => order(record, wanted) <= 0,
    [`${what}_after`]: (record, wanted) => order(record, wanted) >= 0,
  };
}

function dayOf(time: number): number {
  return Math.floor(time / 86_400_000);
}

/** The records that every parameter of the query lets through, and the page that it asks for. */
export function listRecords<T>(
  records: readonly T[],
  filters: Filters<T>,
  query: Query,
): Listed<T> {
  const { page, ...rest } = query;
  const wanted = Object.entries(rest).map(([key, value]) => ({
    key,
    value: typeof value === "string" ? value : "",
    filter: Object.hasOwn(filters, key) ? filters[key] : undefined,
  }));
  const reasons: [string, readonly string[]][] = [];
  for (const { key, value, filter } of wanted) {
    if (!filter) reasons.push([key, ["is not a filter"]]);
    else if (/^(created|updated)_/.test(key) && parseTime(value) === undefined) {
      reasons.push([key, ["must be an ISO 8601 date"]]);
    }
  }
  if (page !== undefined && !/^\d{1,9}$/.test(String(page))) {
    reasons.push(["page", ["must be 0 or more"]]);
  }
  if (reasons.length > 0) return { ok: false, reasons: Object.fromEntries(reasons) };
  return {
    ok: true,
    records: records.filter((record) =>
      wanted.every(({ filter, value }) => filter?.(record, value) === true),
    ),
    page: page === undefined ? null : Number(page),
  };
}

/**
 * `envelope`: as documented, a page with its place among the pages when a page is asked for, else everything bare.
 * `bare-page` and `bare-everything`: the other two readings of the published description, both without an envelope.
 */
export type ListStyle = "envelope" | "bare-page" | "bare-everything";

export function listAnswer<T>(
  list: readonly T[],
  answer: (one: T) => object,
  asked: { readonly page: number | null; readonly size: number; readonly style: ListStyle },
): unknown {
  const { page, size, style } = asked;
  if (page === null || style === "bare-everything") return list.map(answer);
  const data = list.slice(page * size, (page + 1) * size).map(answer);
  if (style === "bare-page") return data;
  return { possible_pages: Math.ceil(list.length / size), current_page: page, data };
}
