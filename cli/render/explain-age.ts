import { count } from "./words.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long ago a time was: `3 days ago`. Both times in ISO 8601. */
export function ageText(at: string, now: string): string {
  const ms = Date.parse(now) - Date.parse(at);
  if (ms < minuteMs) return "just now";
  if (ms < hourMs) return `${count(Math.floor(ms / minuteMs), "minute")} ago`;
  if (ms < dayMs) return `${count(Math.floor(ms / hourMs), "hour")} ago`;
  return `${count(Math.floor(ms / dayMs), "day")} ago`;
}
