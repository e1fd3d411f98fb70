import { listed } from "../../../../../cli/render/words.ts";

/*
 * Cron text in words. The usual ones are told; what is rarer is shown as it is written, because a wrong sentence is worse
 * than none.
 */

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** `every hour`, `every day at 06:00`, `Monday to Friday at 06:00 and 18:00`; undefined for what no sentence is made of. */
export function scheduleWords(cron: string): string | undefined {
  const fields = cron.trim().toLowerCase().split(/\s+/);
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = fields;
  if (fields.length !== 5 || month !== "*" || day !== "*") return undefined;
  const when = weekdayWords(weekday);
  if (when === undefined) return undefined;
  const often = everyWords(minute, hour);
  if (often !== undefined) return when === "every day" ? often : `${often}, ${when}`;
  const times = clockTimes(minute, hour);
  return times && `${when} at ${listed(times)}`;
}

function everyWords(minute: string, hour: string): string | undefined {
  if (hour === "*") {
    if (minute === "*") return "every minute";
    const step = stepOf(minute);
    if (step !== undefined) return step === 1 ? "every minute" : `every ${step} minutes`;
    if (minute === "0") return "every hour";
    return isNumber(minute)
      ? `every hour, ${minute} ${minute === "1" ? "minute" : "minutes"} past`
      : undefined;
  }
  const step = stepOf(hour);
  if (step === undefined || !isNumber(minute)) return undefined;
  const often = step === 1 ? "every hour" : `every ${step} hours`;
  if (minute === "0") return often;
  return `${often}, ${minute} ${minute === "1" ? "minute" : "minutes"} past`;
}

/** How many times of day are told one by one; more are shown as they are written. */
const timesMax = 4;

function clockTimes(minute: string, hour: string): readonly string[] | undefined {
  const hours = hour.split(",");
  const minutes = minute.split(",");
  if (![...hours, ...minutes].every(isNumber)) return undefined;
  const times = hours.flatMap((h) =>
    minutes.map((m) => `${h.padStart(2, "0")}:${m.padStart(2, "0")}`),
  );
  return times.length > timesMax ? undefined : times.toSorted();
}

function weekdayWords(text: string): string | undefined {
  if (text === "*") return "every day";
  const parts = text.split(",").map((part) => {
    const ends = part.split("-").map(dayOf);
    if (ends.includes(undefined) || ends.length > 2) return undefined;
    return ends.length === 1 ? ends[0] : `${ends[0]} to ${ends[1]}`;
  });
  return parts.every((part) => part !== undefined) ? listed(parts) : undefined;
}

function dayOf(text: string): string | undefined {
  const named = dayNames.indexOf(text);
  if (named >= 0) return days[named];
  return isNumber(text) ? days[Number(text) % days.length] : undefined;
}

function stepOf(text: string): number | undefined {
  const match = /^\*\/(\d{1,2})$/.exec(text);
  const step = Number(match?.[1]);
  return match && step > 0 ? step : undefined;
}

function isNumber(text: string): boolean {
  return /^\d{1,2}$/.test(text);
}
