import { isDay } from "../../engine/value/calendar.ts";
import { localDay } from "../../engine/value/local-day.ts";

/*
 * A date of a project is a day, and it travels as an instant, in milliseconds since 1970. Which moment of the day that
 * is, is not documented: the day may begin in the zone of the project or in UTC. Nothing but the instant itself tells.
 */

const msPerDay = 86_400_000;

/** Outside of these moments no zone has a day whose year has four digits. */
const earliestMs = Date.parse("0001-01-02T00:00:00Z");
const latestMs = Date.parse("+010000-01-02T00:00:00Z");

/**
 * The day, `YYYY-MM-DD`, that an instant stands for; null if it lies outside the years 1 to 9999. `zone` is an IANA name.
 * An instant at exactly 00:00 UTC is the day that begins in UTC, and any other instant is the day on which it falls in the
 * zone.
 *
 * So both ways of keeping a day are read right. When a day begins in a zone at 00:00 UTC, it is the same day in both,
 * because no clock is a whole day ahead of UTC or behind it; and when it begins at another time, which need not be
 * midnight where clocks are put forward over that, it begins on itself. The exceptions are days that a zone left out when
 * it changed sides of the date line: such a day begins nowhere, and is read as the day after it unless it is kept in UTC.
 */
export function dayOfInstant(ms: number, zone: string): string | null {
  if (!(ms >= earliestMs && ms < latestMs)) return null;
  const day = ms % msPerDay === 0 ? isoDay(new Date(ms)) : localDay(ms, zone);
  return isDay(day) ? day : null;
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, "YYYY-MM-DD".length);
}
