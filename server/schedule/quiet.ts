import type { QuietWindow } from "../../engine/config/quiet.ts";
import { clockChange, dayMinutes, minuteMs, wallTime } from "./wall-clock.ts";

/*
 * A moment is in a window when the clocks on the wall say so. So a window of an hour that is skipped in spring does not
 * happen, one that the clocks show twice in autumn is kept twice, and nothing is ever written at a forbidden time of day.
 */

/** Windows that leave no gap end for nobody; whoever waits looks again after this long. Days. */
const horizonDays = 8;

/** The end of the window that `at` is in, windows that adjoin taken as one; null outside. */
export function quietUntil(
  windows: readonly QuietWindow[],
  timezone: string,
  at: Date,
): Date | null {
  if (!isQuiet(windows, timezone, at.getTime())) return null;
  const from = at.getTime();
  for (const moment of turns(windows, timezone, from)) {
    if (!isQuiet(windows, timezone, moment)) return new Date(moment);
  }
  return new Date(from + horizonDays * dayMinutes * minuteMs);
}

/** When the next window begins after `at`: from inside of one, that is the one after it. Null when there is none. */
export function nextQuietStart(
  windows: readonly QuietWindow[],
  timezone: string,
  at: Date,
): Date | null {
  let wasQuiet = isQuiet(windows, timezone, at.getTime());
  for (const moment of turns(windows, timezone, at.getTime())) {
    const quiet = isQuiet(windows, timezone, moment);
    if (quiet && !wasQuiet) return new Date(moment);
    wasQuiet = quiet;
  }
  return null;
}

function isQuiet(windows: readonly QuietWindow[], timezone: string, moment: number): boolean {
  const { day, minute } = wallTime(timezone, moment);
  const dayBefore = (day + 6) % 7;
  return windows.some(({ days, from, until }) => {
    if (until > from) return days.includes(day) && minute >= from && minute < until;
    return (days.includes(day) && minute >= from) || (days.includes(dayBefore) && minute < until);
  });
}

/** Moments after `from` at which a window may begin or end: what the clocks show then, or that they are changed. */
function* turns(
  windows: readonly QuietWindow[],
  timezone: string,
  from: number,
): Generator<number> {
  const end = from + horizonDays * dayMinutes * minuteMs;
  // Midnight, because a window may end there and another day of the week begins.
  const minutes = [0, ...windows.flatMap((window) => [window.from, window.until])];
  let moment = from;
  while (moment < end && windows.length > 0) {
    const { minute } = wallTime(timezone, moment);
    const ahead = minutes.map((each) => (each - minute + dayMinutes) % dayMinutes || dayMinutes);
    const wholeMinute = Math.floor(moment / minuteMs) * minuteMs;
    const next = wholeMinute + Math.min(...ahead) * minuteMs;
    moment = clockChange(timezone, moment, next) ?? next;
    yield moment;
  }
}
