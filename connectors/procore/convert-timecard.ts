import { instantMs } from "../../engine/value/calendar.ts";
import { numberOf } from "../../engine/value/numeric.ts";
import type { Fields } from "../../engine/value/value.ts";
import { type Converted, type Row, wireOf } from "./convert.ts";
import { idOf } from "./project-lists.ts";
import { timecardSchema } from "./streams/timecard-schema.ts";

/*
 * Between Procore's rows of time cards and our fields. What an entry refers to stands in objects where one or many are
 * read, and as ids where many are created; hours and minutes are numbers in text.
 */

const objects: readonly (readonly [field: string, object: string, id: string])[] = [
  ["party_id", "party", "party_id"],
  ["project_id", "project", "project_id"],
  ["cost_code_id", "cost_code", "cost_code_id"],
  ["sub_job_id", "sub_job", "sub_job_id"],
  ["location_id", "location", "location_id"],
  ["work_classification_id", "work_classification", "work_classification_id"],
  ["time_type_id", "timecard_time_type", "timecard_time_type_id"],
  ["timesheet_id", "timesheet", "timesheet_id"],
];

/** Null: it is deleted, which in Procore means marked as such (documented). */
export function flattenTimecard(row: Row): Row | null {
  if (typeof row["deleted_at"] === "string") return null;
  const ids = objects.map(([field, object, id]) => [field, idOf(row, object, id)] as const);
  return {
    ...row,
    ...Object.fromEntries(ids),
    hours: numberIn(row["hours"]),
    lunch_time: numberIn(row["lunch_time"]),
  };
}

/** What is no number stays what it is, so that it is found out to be none. */
function numberIn(wire: unknown): unknown {
  return typeof wire === "string" && wire.trim() !== "" ? (numberOf(wire) ?? wire) : wire;
}

/** Fields of an entry as they are written. */
export function timecardWire(fields: Fields): Converted<Row> {
  for (const name of ["time_in", "time_out"]) {
    const value = fields[name] ?? null;
    if (value !== null && instantMs(String(value)) === null) {
      return { ok: false, wrong: `${name} must be an instant such as 2026-01-31T08:00:00Z` };
    }
  }
  const wire = wireOf(fields, timecardSchema);
  if (!wire.ok) return wire;
  const { time_type_id: type, ...rest } = wire.value;
  const texts = Object.entries(rest).map(([name, value]) => [name, written(name, value)] as const);
  const typed = type === undefined ? {} : { timecard_time_type_id: type };
  return { ok: true, value: { ...Object.fromEntries(texts), ...typed } };
}

function written(name: string, value: unknown): unknown {
  if (value === null) return null;
  if (name === "hours") return hoursText(Number(value));
  if (name === "lunch_time") return String(value);
  if (name === "time_in" || name === "time_out") return timeText(String(value));
  return value;
}

/** With one decimal at least, as Procore spells them. */
function hoursText(hours: number): string {
  return Number.isInteger(hours) ? hours.toFixed(1) : String(hours);
}

/** Time stamps of Procore have no fractions of a second (documented). */
function timeText(text: string): string {
  return new Date(text).toISOString().replace(/\.\d+Z$/, "Z");
}
