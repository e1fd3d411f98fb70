import type { StreamRecord } from "../../../engine/connector/connector.ts";
import { equalValues } from "../../../engine/value/equal.ts";
import type { Fields } from "../../../engine/value/value.ts";
import { type Converted, isRow, recordOf } from "../convert.ts";
import { flattenTimecard } from "../convert-timecard.ts";
import { timecardSchema } from "./timecard-schema.ts";

/** What an entry is known again by when Procore has changed something else of it. */
const identity: readonly string[] = [
  "party_id",
  "date",
  "time_in",
  "time_out",
  "cost_code_id",
  "sub_job_id",
  "origin_data",
];

/**
 * The new entry for each of those that were sent, in their order. Nothing is said about the order of the answer, so that
 * entries are known again by what they hold; those that hold the same may be taken one for the other.
 */
export function pairTimecards(
  sent: readonly Fields[],
  body: unknown,
): Converted<readonly StreamRecord[]> {
  const rows = isRow(body) ? body["timecard_entries"] : undefined;
  if (!Array.isArray(rows)) return { ok: false, wrong: "the list of new entries did not come" };
  const open: StreamRecord[] = [];
  for (const row of rows) {
    const flat = isRow(row) ? flattenTimecard(row) : null;
    const record = flat && recordOf(flat, timecardSchema);
    if (!record) return { ok: false, wrong: "what came is no list of entries" };
    if (!record.ok) return record;
    open.push(record.value);
  }
  const paired: (StreamRecord | undefined)[] = sent.map(() => undefined);
  for (const names of [Object.keys(timecardSchema.fields), identity]) {
    for (const [index, fields] of sent.entries()) {
      if (paired[index]) continue;
      const place = open.findIndex((record) => agree(record.fields, fields, names));
      if (place >= 0) paired[index] = open.splice(place, 1)[0];
    }
  }
  const whole = paired.filter((record) => record !== undefined);
  return whole.length === sent.length
    ? { ok: true, value: whole }
    : { ok: false, wrong: "some of the entries that were sent are not among the new ones" };
}

/** Whether what is told of these fields is what was sent. */
function agree(told: Fields, sent: Fields, names: readonly string[]): boolean {
  return names.every((name) => {
    const held = told[name];
    const wanted = sent[name] ?? null;
    const type = timecardSchema.fields[name]?.type ?? "text";
    if (held === undefined || wanted === null) return true;
    return equalValues(type, held, wanted, { phoneCountry: "US" });
  });
}
