import { isDay } from "../../../engine/value/calendar.ts";
import type { Query } from "./listing.ts";
import type { TimeRouteOptions } from "./open-project.ts";
import { isWithin, parseSpan } from "./span.ts";
import { isDeleted, type TimeRecord } from "./time-kinds.ts";

export const timecardQuery: readonly string[] = [
  "page",
  "per_page",
  "start_date",
  "end_date",
  "filters[id]",
  "filters[party_id]",
  "filters[updated_at]",
  "filters[deleted_at]",
];

type Selection =
  | { readonly ok: true; readonly records: readonly TimeRecord[] }
  | { readonly ok: false; readonly wrong: string };

const dayMs = 86_400_000;

/** Deleted entries come only when they are asked for (documented). */
export function selectTimecards(
  all: readonly TimeRecord[],
  query: Query,
  { timecardDays, now }: Pick<TimeRouteOptions, "timecardDays" | "now">,
): Selection {
  const { start_date: from = "0000", end_date: to = "9999" } = query;
  const given = [query["start_date"], query["end_date"]].filter((day) => day !== undefined);
  if (!given.every(isDay)) return { ok: false, wrong: "start_date and end_date must be days" };
  const isUnasked = given.length === 0 && timecardDays !== null;
  const since = isUnasked ? new Date(now() - timecardDays * dayMs).toISOString() : from;
  const spans = ["filters[updated_at]", "filters[deleted_at]"].map((name) => {
    const text = query[name];
    return text === undefined ? undefined : parseSpan(text);
  });
  const [updated, deleted] = spans;
  if (spans.includes(null)) return { ok: false, wrong: "a range needs both its ends" };
  const records = all.filter((record) => {
    const { id, attributes } = record;
    const date = String(attributes["date"]);
    const gone = String(attributes["deleted_at"]);
    return (
      date >= since.slice(0, 10) &&
      date <= to &&
      (deleted ? isWithin(Date.parse(gone), deleted) : !isDeleted(record)) &&
      (!updated || isWithin(Date.parse(record.updated_at), updated)) &&
      [String(id), undefined].includes(query["filters[id]"]) &&
      [String(attributes["party_id"]), undefined].includes(query["filters[party_id]"])
    );
  });
  return { ok: true, records };
}
