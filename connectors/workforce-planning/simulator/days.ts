/*
 * How the simulated product keeps a date: as an instant, in milliseconds since 1970. Which one is not documented, so that
 * it can be either of the two that make sense.
 */

/** The first instant of the day in the zone of the project, or 00:00 UTC of the day whatever the zone. */
export type DayStorage = "zone" | "utc";

/** A date as a request writes it: a day, or an instant of one. */
export type GivenDay = { readonly day: string } | { readonly at: number };

const msPerDay = 86_400_000;

/** No zone is further from UTC than 14 hours, and none changes its clocks twice in so short a time. */
const surroundingsMs = 26 * 3_600_000;

/** The instant that is kept. That a given instant means the day on which it falls (in the zone, or in UTC) is assumed. */
export function storedDay(given: GivenDay, zone: string, storage: DayStorage): number {
  if (storage === "utc") {
    const at = "at" in given ? given.at : midnightUtc(given.day);
    return Math.floor(at / msPerDay) * msPerDay;
  }
  if ("day" in given) return startOfDay(given.day, zone);
  const clock = new Date(given.at + offsetAt(given.at, zone));
  return startOfDay(clock.toISOString().slice(0, "YYYY-MM-DD".length), zone);
}

function midnightUtc(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/**
 * The first instant at which the clocks of a zone show this day, or a later one if it was left out there. Where clocks
 * are put back over midnight there are two midnights, and the first counts; where they are put forward over it there is
 * none.
 */
function startOfDay(day: string, zone: string): number {
  const midnight = midnightUtc(day);
  const before = midnight - surroundingsMs;
  const after = midnight + surroundingsMs;
  const earlier = offsetAt(before, zone);
  const later = offsetAt(after, zone);
  if (earlier === later) return midnight - later;
  const midnights = [midnight - earlier, midnight - later].filter(
    (at) => at + offsetAt(at, zone) === midnight,
  );
  return midnights.length > 0 ? Math.min(...midnights) : jumpOver(midnight, zone, before, after);
}

/** When the clocks of a zone jump over what those of UTC show at `midnight`. */
function jumpOver(midnight: number, zone: string, from: number, until: number): number {
  let [before, after] = [from, until];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetAt(middle, zone) < midnight) before = middle;
    else after = middle;
  }
  return after;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** By how much the clocks of a zone are ahead of those of UTC. */
function offsetAt(ms: number, timeZone: string): number {
  const formatter =
    formatters.get(timeZone) ??
    new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      dateStyle: "short",
      timeStyle: "medium",
    });
  formatters.set(timeZone, formatter);
  const whole = Math.floor(ms / 1_000) * 1_000;
  return Date.parse(`${formatter.format(whole).replace(" ", "T")}Z`) - whole;
}
