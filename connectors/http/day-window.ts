import type { DayWindow, ReadEvent } from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import type { StreamSchema } from "../../engine/connector/schema.ts";
import { isDay } from "../../engine/value/calendar.ts";
import type { Value } from "../../engine/value/value.ts";

/*
 * What the contract promises of a reading by days, whatever a system understands by them: every record of these days,
 * and none of another.
 */

const dayMs = 86_400_000;

/** Whether something belongs to one of these days. What has no day belongs to none. */
export function isOfDays(day: Value | undefined, { from, to }: DayWindow): boolean {
  return typeof day === "string" && day >= from && day <= to;
}

/**
 * One day more on each side, to ask a system for of which it is not certain that it includes both ends, or counts days as
 * we do. `onlyOfDays` takes them out again.
 */
export function widened({ from, to }: DayWindow): DayWindow {
  return { from: shifted(from, -1), to: shifted(to, 1) };
}

function shifted(day: string, days: number): string {
  if (!isDay(day)) throw new Error(`A window has ${day}, which is no day.`);
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

export interface DayReading {
  readonly schema: StreamSchema;
  /** Absent: everything is delivered. */
  readonly window: DayWindow | undefined;
  /** The name of the connection, for messages. */
  readonly connection: string;
  /** What a person can do about records that do not tell their day. */
  readonly advice?: string;
}

/**
 * Delivers what belongs to the days. A record that does not tell its day stops the reading: left out, it would look as if
 * it were not there, and the next plan would make it again.
 */
export async function* onlyOfDays(
  events: AsyncIterable<ReadEvent>,
  reading: DayReading,
): AsyncGenerator<ReadEvent> {
  const { schema, window } = reading;
  if (window === undefined) return yield* events;
  const field = dayField(schema);
  for await (const event of events) {
    if (event.kind !== "records") {
      yield event;
      continue;
    }
    const untold = event.records.find(({ fields }) => fields[field] === undefined);
    if (untold) return yield { kind: "stopped", problem: dayUntold(untold.id, reading) };
    const records = event.records.filter(({ fields }) => isOfDays(fields[field], window));
    if (records.length > 0) yield { kind: "records", records };
  }
}

/** The field that says which day a record belongs to. Only streams that have one are read by days. */
export function dayField({ stream, window }: StreamSchema): string {
  if (window === undefined) throw new Error(`${stream} cannot be read by days.`);
  return window.field;
}

function dayUntold(id: string, { schema, connection, advice = "" }: DayReading): Problem {
  const { one, many } = schema.noun;
  const message = `${connection} does not tell the day (${dayField(schema)}) of the ${one} ${id}, so that its ${many} cannot be read by days. ${advice}`;
  return { code: "answer-unreadable", message: message.trim(), retry: "never", applied: "no" };
}
