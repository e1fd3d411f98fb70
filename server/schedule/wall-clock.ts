/*
 * What the clocks of a time zone show. Offsets come from Intl and nowhere else; moments are milliseconds since 1970.
 */

export interface WallTime {
  /** 0 is Sunday. */
  readonly day: number;
  readonly minute: number;
}

export const minuteMs = 60_000;
export const dayMinutes = 24 * 60;

const formats = new Map<string, Intl.DateTimeFormat>();

export function wallTime(timezone: string, moment: number): WallTime {
  const shown = new Date(moment + offsetMs(timezone, moment));
  return { day: shown.getUTCDay(), minute: shown.getUTCHours() * 60 + shown.getUTCMinutes() };
}

/** How far the clocks are ahead of UTC. */
function offsetMs(timezone: string, moment: number): number {
  const shown: Record<string, number> = {};
  for (const { type, value } of formatOf(timezone).formatToParts(moment)) {
    shown[type] = Number(value);
  }
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = shown;
  const wholeSecond = Math.floor(moment / 1_000) * 1_000;
  return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSecond;
}

/** The first moment after `from`, at latest `to`, from which on the clocks have another offset; null if they keep it. */
export function clockChange(timezone: string, from: number, to: number): number | null {
  const before = offsetMs(timezone, from);
  if (offsetMs(timezone, to) === before) return null;
  let [same, other] = [from, to];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetMs(timezone, middle) === before) same = middle;
    else other = middle;
  }
  return other;
}

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known) return known;
  // Building a format takes a hundred times as long as using it.
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timezone, format);
  return format;
}
