import type { Person } from "./person.ts";
import type { Reasons } from "./person-values.ts";
import { parseTime } from "./person-values.ts";

/** Documented: a fixed size, and no parameter to change it. */
export const pageSizeDocumented = 400;

export type Query = { readonly [key: string]: unknown };

export type Listed =
  | { readonly ok: true; readonly people: readonly Person[]; readonly page: number | null }
  | { readonly ok: false; readonly reasons: Reasons };

type Filter = (person: Person, wanted: string) => boolean;

const filters: Readonly<Record<string, Filter>> = {
  first_name: (person, wanted) => person.first_name === wanted,
  last_name: (person, wanted) => person.last_name === wanted,
  email: (person, wanted) => person.email === wanted,
  employee_number: (person, wanted) => person.employee_number === wanted,
  ...timeFilters("created"),
  ...timeFilters("updated"),
};

/** Days are what is promised, and both ends are included; that they are days in UTC is assumed. */
function timeFilters(what: "created" | "updated"): Readonly<Record<string, Filter>> {
  const order = (person: Person, wanted: string) =>
    Math.sign(dayOf(person[`${what}_at`]) - dayOf(parseTime(wanted) ?? Number.NaN));
  return {
    [`${what}_at`]: (person, wanted) => order(person, wanted) === 0,
    [`${what}_before`]: (person, wanted) => order(person, wanted) <= 0,
    [`${what}_after`]: (person, wanted) => order(person, wanted) >= 0,
  };
}

function dayOf(time: number): number {
  return Math.floor(time / 86_400_000);
}

/** The people whom every parameter of the query lets through, and the page that it asks for. */
export function listPeople(people: readonly Person[], query: Query): Listed {
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
    people: people.filter((person) =>
      wanted.every(({ filter, value }) => filter?.(person, value) === true),
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
