import type { Query } from "./listing.ts";
import type { User } from "./user.ts";

export const userListQuery: readonly string[] = [
  "page",
  "per_page",
  "view",
  "filters[origin_id]",
  "filters[search]",
  "filters[updated_at]",
];

type Selected =
  | { readonly ok: true; readonly users: readonly User[] }
  | { readonly ok: false; readonly wrong: string };

export function selectUsers(users: readonly User[], query: Query): Selected {
  const range = query["filters[updated_at]"];
  const span = range === undefined ? null : parseRange(range);
  if (range !== undefined && span === null) {
    return { ok: false, wrong: "filters[updated_at] needs two times with ... between them" };
  }
  const origin = query["filters[origin_id]"];
  const search = query["filters[search]"]?.toLowerCase();
  const selected = users.filter(
    ({ attributes, updated_at }) =>
      (origin === undefined || attributes["origin_id"] === origin) &&
      (search === undefined || searched(attributes).includes(search)) &&
      (span === null || isWithin(Date.parse(updated_at), span)),
  );
  return { ok: true, users: selected };
}

function searched(attributes: User["attributes"]): string {
  const names = ["first_name", "last_name", "email_address", "job_title"];
  return names
    .map((name) => attributes[name] ?? "")
    .join(" ")
    .toLowerCase();
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Both ends must be there (observed). */
function parseRange(text: string): Span | null {
  const [from = Number.NaN, to = Number.NaN, ...more] = text.split("...").map(Date.parse);
  return Number.isNaN(from + to) || more.length > 0 ? null : { from, to };
}

/** Both ends belong to it (assumed). */
function isWithin(time: number, { from, to }: Span): boolean {
  return time >= from && time <= to;
}
