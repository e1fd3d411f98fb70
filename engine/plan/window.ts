import type { DayWindow } from "../connector/connector.ts";
import type { Intent, Link } from "../state/store.ts";
import type { Value } from "../value/value.ts";
import type { Reading } from "./input.ts";

/*
 * Some streams grow for ever, and only their last days are read. What was not read is not known: absence is proved for
 * records of these days alone, and not even for those until they were asked for by their id, because a record can have
 * been moved to another day.
 */

const dayMs = 86_400_000;

/** Days that a window is widened by at most for creates in doubt. */
const widenedDaysMax = 366;

/** The last days before the run, its own day, and the next one, which has begun already somewhere on earth. */
export function lastDays(days: number, now: Date): DayWindow {
  return { from: dayAfter(now, -days), to: dayAfter(now, 1) };
}

function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * dayMs).toISOString().slice(0, 10);
}

/** The window together with the days of creates in doubt, so that a reading can tell whether they happened. */
export function widened(
  window: DayWindow,
  field: string,
  { intents, now }: { readonly intents: readonly Intent[]; readonly now: Date },
): DayWindow {
  const earliest = dayAfter(now, -widenedDaysMax);
  const days = intents
    .filter(({ kind }) => kind === "create")
    .map(({ fields }) => fields[field])
    .filter((day): day is string => typeof day === "string" && day >= earliest);
  const from = days.reduce((least, day) => (day < least ? day : least), window.from);
  const to = days.reduce((most, day) => (day > most ? day : most), window.to);
  return { from, to };
}

/** Whether a day was read. Without a window every day was. */
export function covers(window: DayWindow | undefined, day: Value | undefined): boolean {
  if (window === undefined) return true;
  return typeof day === "string" && window.from <= day && day <= window.to;
}

/** Whether a linked pair belongs to a day that was not read on both sides. */
export function isOutside(
  link: Link,
  { source, target }: { readonly source: Reading; readonly target: Reading },
): boolean {
  const field = target.schema.window?.field;
  if (field === undefined || target.window === undefined) return false;
  const day = link.baseline[field];
  return !covers(source.window, day) || !covers(target.window, day);
}

/** Whether a linked record that the reading lacks, and whose day was read, is proved gone. */
export function provesAbsence(reading: Reading): boolean {
  return reading.ended && (reading.window === undefined || reading.confirmed === true);
}

/** The days of either; all days if one of them is not limited. */
export function together(
  one: DayWindow | undefined,
  other: DayWindow | undefined,
): DayWindow | undefined {
  if (one === undefined || other === undefined) return undefined;
  return {
    from: one.from < other.from ? one.from : other.from,
    to: one.to > other.to ? one.to : other.to,
  };
}
