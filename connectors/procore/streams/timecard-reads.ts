import type {
  Call,
  DayWindow,
  GetResult,
  ReadEvent,
  StreamRecord,
} from "../../../engine/connector/connector.ts";
import { onlyOfDays } from "../../http/day-window.ts";
import { timecard, timecards } from "../api-time.ts";
import type { Company } from "../company.ts";
import { type Converted, isRow, type Row, recordOf } from "../convert.ts";
import { flattenTimecard } from "../convert-timecard.ts";
import { problemOf, timecardPermission, unreadableAnswer } from "../problem.ts";
import { readLists } from "../reading.ts";
import { emptyWhenLeftOut, timecardSchema } from "./timecard-schema.ts";

/** Without days, those that Procore gives when it is not asked for any: which they are is not documented. */
export function readTimecards(
  company: Company,
  call: Call,
  window?: DayWindow,
): AsyncIterable<ReadEvent> {
  const request = timecards(company.id, undefined, window);
  const list = { request, convert: listedTimecard, permission: timecardPermission };
  const { connection } = company;
  return onlyOfDays(readLists(company, [list], call), {
    schema: timecardSchema,
    window,
    connection,
  });
}

function listedTimecard(row: Row): Converted<StreamRecord> | null {
  const flat = flattenTimecard(row);
  return flat && recordOf(flat, timecardSchema);
}

/** A deleted entry may still be shown; it is missing all the same. */
export async function getTimecard(company: Company, id: string, call: Call): Promise<GetResult> {
  const request = timecard(company.id, id);
  const result = await company.client.send({ ...request, accept: [404], signal: call.signal });
  if (!result.ok) return { status: "failed", problem: problemOf(result, timecardPermission) };
  const { answer } = result;
  if (answer.status === 404) return { status: "missing" };
  const shown = shownTimecard(answer.body);
  if (shown === null) return { status: "missing" };
  return shown.ok
    ? { status: "found", record: shown.value }
    : { status: "failed", problem: unreadableAnswer(company, request, answer, shown.wrong) };
}

/** From an answer about one entry. Null: it is deleted. */
export function shownTimecard(body: unknown): Converted<StreamRecord> | null {
  if (!isRow(body)) return { ok: false, wrong: "what came is no timecard entry" };
  const flat = flattenTimecard(body);
  return flat && recordOf(flat, timecardSchema, emptyWhenLeftOut);
}
