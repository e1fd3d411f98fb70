import { instantMs, isDay } from "../../../engine/value/calendar.ts";
import { timezoneName } from "../../../engine/value/timezone.ts";
import { dailyTime } from "../daily-time.ts";
import type { GivenDay } from "./days.ts";

export type Reasons = Readonly<Record<string, readonly string[]>>;

export type Parsed<Values> =
  | { readonly ok: true; readonly values: Partial<Values> }
  | { readonly ok: false; readonly reasons: Reasons };

/** What a key has to hold. A list: one of these texts. */
type Kind =
  | "name"
  | "text"
  | "flag"
  | "flag or null"
  | "number"
  | "time"
  | "day"
  | "zone"
  | "time of day"
  | "color"
  | "id"
  | "ids"
  | readonly string[];

export type Kinds<Values> = Readonly<Record<keyof Values, Kind>>;

/** Reads the keys of a record out of a request or a data file. A key that no record has is a fault, not skipped. */
export function parseValues<Values>(
  body: { readonly [key: string]: unknown },
  kinds: Kinds<Values>,
): Parsed<Values> {
  const known = new Map<string, Kind>(Object.entries<Kind>(kinds));
  const values: [string, unknown][] = [];
  const reasons: [string, readonly string[]][] = [];
  for (const [key, value] of Object.entries(body)) {
    const kind = known.get(key);
    const parsed = kind === undefined ? undefined : parseValue(kind, value);
    if (parsed !== undefined) values.push([key, parsed]);
    else reasons.push([key, [kind === undefined ? "is not known" : `must be ${expected(kind)}`]]);
  }
  if (reasons.length > 0) return { ok: false, reasons: Object.fromEntries(reasons) };
  // The table of kinds has one entry for each key of a record, which is what makes this true.
  return { ok: true, values: Object.fromEntries(values) as Partial<Values> };
}

const expectations: Readonly<Record<Extract<Kind, string>, string>> = {
  name: "text that is not empty",
  text: "text or null",
  flag: "true or false",
  "flag or null": "true, false or null",
  number: "a number or null",
  time: "an ISO 8601 date, epoch milliseconds or null",
  day: "an ISO 8601 date, a UTC date, epoch milliseconds or null",
  zone: "the name of an IANA time zone or null",
  "time of day": "a time of day such as 7:30 am or null",
  color: "a color such as #3366AA or null",
  id: "an id or null",
  ids: "a list of ids",
};

function expected(kind: Kind): string {
  if (typeof kind === "string") return expectations[kind];
  return `${kind.slice(0, -1).join(", ")} or ${kind.at(-1)}`;
}

/** `undefined` when the value is not of the kind. */
function parseValue(kind: Kind, value: unknown): unknown {
  switch (kind) {
    case "name":
      return typeof value === "string" && value !== "" ? value : undefined;
    case "flag":
      return typeof value === "boolean" ? value : undefined;
    case "ids":
      return Array.isArray(value) && value.every((id) => typeof id === "string")
        ? [...new Set(value)]
        : undefined;
    case "text":
    case "id":
      return value === null || typeof value === "string" ? value : undefined;
    case "flag or null":
      return value === null || typeof value === "boolean" ? value : undefined;
    case "number":
      return value === null || typeof value === "number" ? value : undefined;
    case "time":
      return value === null ? null : parseTime(value);
    case "day":
      return value === null ? null : parseDay(value);
    case "zone":
    case "time of day":
    case "color":
      if (value === null) return null;
      return typeof value === "string" ? parseSpelled(kind, value) : undefined;
    default:
      return kind.find((choice) => choice === value);
  }
}

function parseSpelled(kind: "zone" | "time of day" | "color", text: string): string | undefined {
  switch (kind) {
    case "zone":
      // JavaScript takes "+02:00" for a zone as well, and it is no name of one.
      return /^[A-Za-z]/.test(text) && timezoneName(text) !== null ? text : undefined;
    case "time of day":
      return dailyTime(text) ?? undefined;
    case "color":
      return /^#[0-9a-f]{6}$/i.test(text) ? text : undefined;
  }
}

/** ISO 8601 text or epoch milliseconds, as milliseconds; `undefined` for anything else. */
export function parseTime(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/** Years of four digits, in every zone. That dates outside of them are refused is assumed. */
const earliestMs = Date.parse("1000-01-02T00:00:00Z");
const latestMs = Date.parse("9999-12-30T00:00:00Z");

/** The three documented ways to write a date of a project. */
function parseDay(value: unknown): GivenDay | undefined {
  const at = typeof value === "number" ? value : instantIn(value);
  if (!(at >= earliestMs && at <= latestMs)) return undefined;
  return typeof value === "string" && isDay(value) ? { day: value } : { at };
}

/** NaN for what is none. A UTC date is what `toUTCString` writes. */
function instantIn(value: unknown): number {
  if (typeof value !== "string") return Number.NaN;
  if (isDay(value)) return Date.parse(value);
  const at = instantMs(value);
  if (at !== null) return at;
  const written = Date.parse(value);
  return new Date(written).toUTCString() === value ? written : Number.NaN;
}
