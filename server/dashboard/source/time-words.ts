/* Times in words. They are given in the zone of whoever looks at the page, which the exact form names. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "in 12 minutes", "3 days ago". From a week on the day is clearer than a number. */
export function relativeText(at: string, now: number): string {
  const distance = Date.parse(at) - now;
  const far = Math.abs(distance);
  if (Number.isNaN(distance)) return at;
  if (far < minute) return distance > 0 ? "in less than a minute" : "just now";
  if (far < hour) return told(distance, minute, "minute");
  if (far < day) return told(distance, hour, "hour");
  if (far < 7 * day) return told(distance, day, "day");
  return dayText(at);
}

function told(distance: number, unit: number, name: string): string {
  const number = Math.floor(Math.abs(distance) / unit);
  const words = `${number} ${name}${number === 1 ? "" : "s"}`;
  return distance > 0 ? `in ${words}` : `${words} ago`;
}

function dayText(at: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
  }).format(Date.parse(at));
}

/** "21 Nov 2026, 20:12:05 GMT+1" */
export function absoluteText(at: string, timeZone?: string): string {
  if (Number.isNaN(Date.parse(at))) return at;
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(Date.parse(at));
}

/** "21 Nov 2026, 20:12", where the zone and the seconds stand elsewhere. */
export function minuteText(at: string, timeZone?: string): string {
  return absoluteText(at, timeZone).replace(/(\d\d:\d\d):\d\d.*$/, "$1");
}

/** "under 1 s", "42 s", "3 min 5 s", "2 h 10 min" */
export function durationText(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / 1_000);
  if (seconds < 1) return "under 1 s";
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
