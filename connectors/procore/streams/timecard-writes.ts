import type {
  Call,
  CreateItem,
  UpdateItem,
  WriteResult,
} from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import type { Fields } from "../../../engine/value/value.ts";
import { createTimecards, updateTimecard } from "../api-time.ts";
import type { Company } from "../company.ts";
import { type Converted, type Row, withoutNulls } from "../convert.ts";
import { timecardWire } from "../convert-timecard.ts";
import {
  bulkPermission,
  creationProblem,
  problemOf,
  refusedHere,
  timecardPermission,
  unreadableAnswer,
} from "../problem.ts";
import { pairTimecards } from "./timecard-pairs.ts";
import { shownTimecard } from "./timecard-reads.ts";
import { neverEmpty } from "./timecard-schema.ts";

/** An entry on its way, with its place among the results. */
interface Entry {
  readonly index: number;
  readonly fields: Fields;
  readonly row: Row;
}

/**
 * One call for each project, all or nothing (documented). It is the only call that takes a work classification. A call
 * that is refused stored nothing, and its answer is not described to tell whose values were wrong: its entries are sent
 * again in halves, until each that is refused has a reason of its own and the others are stored.
 */
export async function createManyTimecards(
  company: Company,
  items: readonly CreateItem[],
  call: Call,
): Promise<readonly WriteResult[]> {
  const results: WriteResult[] = [];
  const entries: Entry[] = [];
  for (const [index, { fields }] of items.entries()) {
    const row = newEntry(fields);
    if (row.ok) entries.push({ index, fields, row: row.value });
    else results[index] = failed(refusedHere(row.wrong));
  }
  for (const group of Map.groupBy(entries, ({ row }) => row["project_id"]).values()) {
    await createGroup(company, group, call, results);
  }
  return results;
}

async function createGroup(
  company: Company,
  group: readonly Entry[],
  call: Call,
  results: WriteResult[],
): Promise<void> {
  const project = String(group[0]?.row["project_id"]);
  const request = createTimecards(
    project,
    group.map(({ row }) => row),
  );
  const result = await company.client.send({ ...request, signal: call.signal });
  if (!result.ok) {
    const problem = creationProblem(result, bulkPermission);
    const isRefused = problem.code === "rejected" || problem.code === "already-exists";
    if (isRefused && group.length > 1) {
      const middle = Math.ceil(group.length / 2);
      await createGroup(company, group.slice(0, middle), call, results);
      return createGroup(company, group.slice(middle), call, results);
    }
    for (const { index } of group) results[index] = failed(problem);
    return;
  }
  const sent = group.map(({ fields }) => fields);
  const made = pairTimecards(sent, result.answer.body);
  for (const [place, { index }] of group.entries()) {
    const record = made.ok ? made.value[place] : undefined;
    const wrong = made.ok ? "it does not tell what became of each entry" : made.wrong;
    results[index] = record
      ? { status: "applied", record }
      : failed(unreadableAnswer(company, request, result.answer, wrong));
  }
}

function newEntry(fields: Fields): Converted<Row> {
  const missing = neverEmpty.find((name) => (fields[name] ?? null) === null);
  if (missing !== undefined) {
    return { ok: false, wrong: `${missing} is missing, which every timecard entry has` };
  }
  return timecardWire(withoutNulls(fields));
}

/** The day goes along every time, because Procore asks for it (documented). */
export async function updateOneTimecard(
  company: Company,
  { record, patch }: UpdateItem,
  { signal }: Call,
): Promise<WriteResult> {
  const emptied = neverEmpty.find((name) => patch[name] === null);
  if (emptied !== undefined) {
    const wrong = `${emptied} cannot be emptied, because every timecard entry has one`;
    return failed(refusedHere(wrong));
  }
  const wire = timecardWire({ date: record.fields["date"] ?? null, ...patch });
  if (!wire.ok) return failed(refusedHere(wire.wrong));
  const project = Number(record.fields["project_id"]);
  const request = updateTimecard(company.id, record.id, project, wire.value);
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return failed(problemOf(result, timecardPermission));
  const changed = shownTimecard(result.answer.body) ?? {
    ok: false,
    wrong: "the entry is deleted",
  };
  if (!changed.ok) {
    return failed(unreadableAnswer(company, request, result.answer, changed.wrong));
  }
  const { id, fields } = changed.value;
  // What is not told is taken to be what was sent.
  return { status: "applied", record: { id, fields: { ...patch, ...fields } } };
}

function failed(problem: Problem): WriteResult {
  return { status: "failed", problem };
}
