import { Cron } from "croner";
import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote } from "../../config/wording.ts";
import type { NamedPlace } from "../../expression/analysis.ts";
import type { MappingDraft } from "../draft.ts";
import { neverScheduled } from "../mapping.ts";

/** A field of a cron line: what it is called, and the numbers that it takes. */
interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Words for the numbers from `min` on. */
  readonly names: readonly string[];
}

const cronFields: readonly CronField[] = [
  { name: "minute", min: 0, max: 59, names: [] },
  { name: "hour", min: 0, max: 23, names: [] },
  { name: "day", min: 1, max: 31, names: [] },
  {
    name: "month",
    min: 1,
    max: 12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  { name: "weekday", min: 0, max: 7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

/** `schedule` is `never`, or a line as cron reads it that names a time which comes. */
export function checkSchedule({ schedule }: MappingDraft): readonly Diagnostic[] {
  if (!schedule || schedule.name === neverScheduled) return [];
  const malformed = checkFields(schedule);
  return malformed.length > 0 ? malformed : checkComes(schedule);
}

function checkFields(schedule: NamedPlace): readonly Diagnostic[] {
  const parts = schedule.name.trim().split(/\s+/);
  if (parts.length !== cronFields.length) {
    const message = `${quote(schedule.name)} does not have five fields.`;
    return [errorAt("schedule-malformed", schedule.at, message)];
  }
  return cronFields.flatMap((field, index) => {
    const part = parts[index] ?? "";
    if (part.split(",").every((item) => isCronItem(item, field))) return [];
    const message = `${quote(part)} is no ${field.name} of a schedule.`;
    return [errorAt("schedule-malformed", schedule.at, message)];
  });
}

/** Any moment will do: what comes at all comes again within the years that croner looks ahead. */
const someMoment = new Date(0);

/** The library that runs the schedules has the last word: it knows how many days a month has. */
function checkComes({ name, at }: NamedPlace): readonly Diagnostic[] {
  let next: Date | null;
  try {
    const cron = new Cron(name.trim(), { mode: "5-part", paused: true, timezone: "UTC" });
    next = cron.nextRun(someMoment);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [errorAt("schedule-malformed", at, `${quote(name)} cannot be a schedule.`)];
  }
  return next ? [] : [errorAt("schedule-never", at, `${quote(name)} never comes.`)];
}

/** `*`, `5`, `1-5`, each perhaps with a step: `0-30/10`. */
function isCronItem(item: string, field: CronField): boolean {
  const match = /^(\*|([a-z0-9]+)(?:-([a-z0-9]+))?)(?:\/([0-9]+))?$/i.exec(item);
  if (!match) return false;
  const [, range, from, to, step] = match;
  if (step !== undefined && (Number(step) < 1 || Number(step) > field.max)) return false;
  if (range === "*") return true;
  // Some crons read `5/10` as "from 5 on", others as 5 alone.
  if (step !== undefined && to === undefined) return false;
  const first = cronNumber(from ?? "", field);
  const last = to === undefined ? first : cronNumber(to, field);
  return first !== undefined && last !== undefined && first <= last;
}

function cronNumber(text: string, { min, max, names }: CronField): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  const number = named >= 0 ? named + min : /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : undefined;
}
