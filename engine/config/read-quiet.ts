import { errorAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { childOf, itemsOf, type Node, textOf } from "./node.ts";
import type { QuietWindow } from "./quiet.ts";
import { quote } from "./wording.ts";

/** In the order of their numbers. */
export const weekdays: readonly string[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const everyDay: readonly number[] = weekdays.map((_name, number) => number);

const minutesOfDay = 24 * 60;

/** `24:00` is the end of the day, which is where the next one begins. */
export const fromPattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$";
export const untilPattern = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$";

/** The windows of `quiet`; what the schema has refused is left out. */
export function readQuiet(node: Node | undefined): readonly QuietWindow[] {
  return itemsOf(node).flatMap((item) => readWindow(item) ?? []);
}

function readWindow(node: Node): QuietWindow | undefined {
  const from = minutesOf(textOf(childOf(node, "from")), fromPattern);
  const until = minutesOf(textOf(childOf(node, "until")), untilPattern);
  if (from === undefined || until === undefined) return undefined;
  const named = childOf(node, "days");
  const names = itemsOf(named).flatMap((day) => textOf(day) ?? []);
  const days = named ? everyDay.filter((day) => names.includes(weekdays[day] ?? "")) : everyDay;
  return { days, from, until: until % minutesOfDay };
}

function minutesOf(text: string | undefined, pattern: string): number | undefined {
  if (text === undefined || !new RegExp(pattern).test(text)) return undefined;
  const [hours, minutes] = text.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** What no schema sees: a window that ends where it begins, and windows that leave no time to write. */
export function checkQuiet(node: Node | undefined): readonly Diagnostic[] {
  const empty = itemsOf(node).flatMap((item) => {
    const [from, until] = [textOf(childOf(item, "from")), textOf(childOf(item, "until"))];
    if (from === undefined || from !== until) return [];
    const message = `The window ends at ${quote(until)}, where it begins.`;
    const help = "For a whole day, write from: 00:00 and until: 24:00.";
    return [errorAt("quiet-malformed", item.at, message, help)];
  });
  if (empty.length > 0 || !node || !isAlways(readQuiet(node))) return empty;
  const message = "The quiet windows leave no time at all: nothing would ever be written.";
  return [errorAt("quiet-malformed", node.at, message, "Leave some time of the week out of them.")];
}

/** By the clock on the wall, as the windows are written. */
function isAlways(windows: readonly QuietWindow[]): boolean {
  const week = everyDay.length * minutesOfDay;
  const covered = new Uint8Array(week);
  for (const { days, from, until } of windows) {
    const length = until > from ? until - from : until + minutesOfDay - from;
    for (const day of days) {
      for (let minute = 0; minute < length; minute += 1) {
        covered[(day * minutesOfDay + from + minute) % week] = 1;
      }
    }
  }
  return covered.every((minute) => minute === 1);
}
