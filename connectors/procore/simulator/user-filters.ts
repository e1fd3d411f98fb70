import type { Query } from "./listing.ts";
import { isWithin, parseSpan } from "./span.ts";
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
  const span = range === undefined ? null : parseSpan(range);
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
