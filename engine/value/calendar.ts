const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const instantPattern =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** Whether a text is `YYYY-MM-DD` and that day exists: 2026-02-30 does not. */
export function isDay(text: string): boolean {
  const match = dayPattern.exec(text);
  if (!match) return false;
  const [, year = "", month = "", day = ""] = match;
  return Number(day) >= 1 && Number(day) <= daysInMonth(Number(year), Number(month));
}

/** 0 for a month that does not exist. */
function daysInMonth(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/**
 * Milliseconds of an ISO 8601 instant; null for any other text. It must say its offset: the same text without one is
 * another moment on every machine.
 */
export function instantMs(text: string): number | null {
  const match = instantPattern.exec(text);
  if (!match || !isDay(match[1] ?? "")) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
