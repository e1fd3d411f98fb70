import { instantMs, isDay } from "../../engine/value/calendar.ts";
import type { Value } from "../../engine/value/value.ts";
import { dayOfInstant } from "./days.ts";
import { type FieldShape, idFromWire, notTold } from "./wire.ts";

/* The shapes that values have in answers. */

export function text(...path: readonly string[]): FieldShape {
  return { path, read: readText, expected: "text or null" };
}

function readText(value: unknown): Value | undefined {
  if (value === null || value === "") return null;
  if (typeof value === "string") return value;
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

export function reference(key: string): FieldShape {
  const read = (value: unknown) =>
    value === null || value === "" ? null : (idFromWire(value) ?? undefined);
  return { path: [key], read, expected: "an id or null" };
}

export function flag(key: string): FieldShape {
  const read = (value: unknown) => (typeof value === "boolean" ? value : undefined);
  return { path: [key], read, expected: "true or false" };
}

export function oneOf(choices: readonly string[], key: string): FieldShape {
  const read = (value: unknown) => choices.find((choice) => choice === value);
  return { path: [key], read, expected: choices.join(" or ") };
}

export function idList(key: string): FieldShape {
  return { path: [key], read: readIdList, expected: "a list of ids" };
}

function readIdList(value: unknown): Value | undefined {
  if (value === null) return null;
  if (!Array.isArray(value)) return undefined;
  const ids = value.map(idFromWire);
  return ids.includes(null) ? undefined : textOfIds(ids);
}

export function decimal(key: string): FieldShape {
  const read = (value: unknown) =>
    value === null || (typeof value === "number" && Number.isFinite(value)) ? value : undefined;
  return { path: [key], read, expected: "a number or null" };
}

/**
 * A day, told as an instant: `days.ts` says which day that is in a zone. `null` for the zone: it is not known, and then
 * neither is the day.
 */
export function day(key: string, zone: string | null): FieldShape {
  return { path: [key], read: (value) => readDay(value, zone), expected: "a date or null" };
}

function readDay(value: unknown, zone: string | null): Value | undefined | typeof notTold {
  if (value === null || value === "") return null;
  if (typeof value === "string" && isDay(value)) return value;
  const ms = typeof value === "string" ? instantMs(value) : value;
  if (typeof ms !== "number") return undefined;
  return zone === null ? notTold : (dayOfInstant(ms, zone) ?? notTold);
}

export function instant(key: string): FieldShape {
  return { path: [key], read: readInstant, expected: null };
}

function readInstant(value: unknown): Value | undefined {
  if (value === null) return null;
  const date = typeof value === "number" ? new Date(value) : isoDate(value);
  return date && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;
}

/** A time without a zone is taken as UTC (assumed), so that the zone of this machine never plays a part. */
function isoDate(value: unknown): Date | undefined {
  const iso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d[\d:.]*(Z|[+-]\d\d:?\d\d)?)?$/;
  const parts = typeof value === "string" ? iso.exec(value) : null;
  if (!parts) return undefined;
  return new Date(parts[1] && !parts[2] ? `${parts[0]}Z` : parts[0]);
}

/** A field holds no list, so that ids stand in one text. They are sorted, because their order means nothing. */
export function textOfIds(ids: readonly (string | null)[]): string | null {
  return ids.toSorted().join(",") || null;
}
