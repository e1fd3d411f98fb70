/** There are about 600 zones, and making a formatter takes longer than a thousand uses of it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Month, day and year, in this order since there are computers in English. Asking for the parts by name is slower by far. */
const written = /^(\d\d)\/(\d\d)\/(\d{1,6})$/;

/**
 * The day, `YYYY-MM-DD`, that clocks in a zone show at an instant: milliseconds since 1970, and an IANA name. The year
 * has four digits from 1 to 9999.
 */
export function localDay(ms: number, zone: string): string {
  const formatter = formatters.get(zone) ?? formatterOf(zone);
  formatters.set(zone, formatter);
  const text = formatter.format(ms);
  const [, month, day, year = ""] = written.exec(text) ?? [];
  if (!month || !day) throw new Error(`Dates are written as ${text} here.`);
  return `${year.padStart(4, "0")}-${month}-${day}`;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
}
