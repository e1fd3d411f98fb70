import { instantMs, isDay } from "../../value/calendar.ts";
import { localDay } from "../../value/local-day.ts";
import { shown } from "../../value/shown.ts";
import { timezoneName } from "../../value/timezone.ts";
import { type LibraryFunction, refuse } from "./function.ts";

/* Days. A text that could be two days, or none, holds the record: a wrong date is worse than a late one. */

export const dateFunctions: readonly LibraryFunction[] = [
  {
    name: "date",
    signature: "<(sl)-s?:s>",
    usage: "$date(text[, order])",
    about:
      "The day as YYYY-MM-DD, from that form or from numbers in the order `MDY` or `DMY`; null for blank. " +
      "Any other text holds the record.",
    call(text: string | null | undefined, order: string | undefined) {
      const trimmed = text?.trim() ?? "";
      return trimmed === "" ? null : dayOf(trimmed, order);
    },
  },
  {
    name: "day",
    signature: "<(snl)-(sl):s>",
    usage: "$day(instant, timezone)",
    about:
      "The day, YYYY-MM-DD, that it is at an instant in a time zone such as `America/Los_Angeles`; null for blank.",
    call(instant: string | number | null | undefined, timezone: string | null | undefined) {
      if (instant === null || instant === undefined || instant === "") return null;
      const ms = typeof instant === "number" ? instant : instantMs(instant.trim());
      if (ms === null)
        refuse(
          `$day was given ${shown(instant)}, which is no instant such as 2026-01-31T08:00:00Z.`,
        );
      return dayIn(ms, timezone ?? "");
    },
  },
];

function dayOf(text: string, order: string | undefined): string {
  if (isDay(text)) return text;
  if (instantMs(text) !== null) {
    refuse(
      `$date was given the instant ${shown(text)}: which day it is depends on the time zone; use $day.`,
    );
  }
  const numbers = /^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})$/.exec(text);
  if (!numbers) refuse(`$date was given ${shown(text)}, which is no date.`);
  const [, one = "", two = "", three = ""] = numbers;
  const day = one.length === 4 ? iso(one, two, three) : yearLast([one, two, three], text, order);
  if (!isDay(day)) refuse(`$date was given ${shown(text)}, which is a day that does not exist.`);
  return day;
}

function yearLast(
  [one, two, year]: readonly [string, string, string],
  text: string,
  order: string | undefined,
): string {
  if (year.length !== 4) refuse(`$date was given ${shown(text)}: a year has four digits.`);
  if (order === "MDY") return iso(year, one, two);
  if (order === "DMY") return iso(year, two, one);
  return refuse(
    `$date was given ${shown(text)}: say its order, as in $date(text, "MDY") or $date(text, "DMY").`,
  );
}

function iso(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

function dayIn(ms: number, timezone: string): string {
  const name = timezoneName(timezone);
  if (name === null)
    refuse(
      `$day was given the time zone ${shown(timezone)}, which is none such as America/Los_Angeles.`,
    );
  if (Number.isNaN(new Date(ms).getTime())) refuse(`$day was given ${ms}, which is no instant.`);
  return localDay(ms, name);
}
