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

type Selected = (record: TimeRecord) => boolean;

type Selection =
  | {
      readonly ok: true;
      readonly tests: readonly Selected[];
      /** Equal keys select the same out of the same list. */
      readonly key: string;
    }
  | { readonly ok: false; readonly wrong: string };

const dayMs = 86_400_000;

/** What an entry has to pass. Deleted entries come only when they are asked for (documented). */
export function timecardTests(
  query: Query,
  { timecardDays, now }: Pick<TimeRouteOptions, "timecardDays" | "now">,
): Selection {
  const { start_date: from, end_date: to } = query;
  const given = [from, to].filter((day) => day !== undefined);
  if (!given.every(isDay)) return { ok: false, wrong: "start_date and end_date must be days" };
  const spans = ["filters[updated_at]", "filters[deleted_at]"].map((name) => {
    const text = query[name];
    return text === undefined ? undefined : parseSpan(text);
  });
  if (spans.includes(null)) return { ok: false, wrong: "a range needs both its ends" };
  const [updated, deleted] = spans;
  const isUnasked = given.length === 0 && timecardDays !== null;
  const since = isUnasked ? dayOf(now() - timecardDays * dayMs) : from;
  const { "filters[id]": id, "filters[party_id]": party } = query;
  const tests: readonly (Selected | false | "" | null | undefined)[] = [
    since && (({ attributes }) => String(attributes["date"]) >= since),
    to && (({ attributes }) => String(attributes["date"]) <= to),
    deleted
      ? ({ attributes }) => isWithin(Date.parse(String(attributes["deleted_at"])), deleted)
      : (record) => !isDeleted(record),
    updated && ((record) => isWithin(Date.parse(record.updated_at), updated)),
    id !== undefined && ((record) => String(record.id) === id),
    party !== undefined && (({ attributes }) => String(attributes["party_id"]) === party),
  ];
  const key = JSON.stringify([since, query]);
  return { ok: true, key, tests: tests.filter((test) => typeof test === "function") };
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
