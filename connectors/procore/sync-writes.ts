import type { Call, StreamRecord, WriteResult } from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import type { Prepared } from "./api.ts";
import type { Company } from "./company.ts";
import type { Converted, Row } from "./convert.ts";
import { problemOf, refusedHere, unreadableAnswer } from "./problem.ts";
import { pairRows, rowProblem, type SyncPurpose, syncAnswer } from "./sync.ts";

/** Many records of one stream, written by one `sync` call. */
export interface SyncBatch {
  /** As they are sent; or why one is not sent. */
  readonly rows: readonly Converted<Row>[];
  readonly purpose: SyncPurpose;
  readonly send: (updates: readonly Row[]) => Prepared;
  /** What an account needs that may not make the call. */
  readonly permission: string;
  /** A record, from a row of the answer. */
  readonly convert: (row: Row) => Converted<StreamRecord>;
}

/** Results in the order of the rows. A row that cannot be sent does not keep the others from being sent. */
export async function writeBySync(
  company: Company,
  batch: SyncBatch,
  call: Call,
): Promise<readonly WriteResult[]> {
  const sendable = batch.rows.flatMap((row) => (row.ok ? [row.value] : []));
  const results = sendable.length === 0 ? [] : await syncRows(company, batch, sendable, call);
  const inOrder = results.values();
  return batch.rows.map((row) => {
    if (!row.ok) return failed(refusedHere(row.wrong));
    const { value } = inOrder.next();
    if (!value) throw new Error("a row that was sent has no result");
    return value;
  });
}

async function syncRows(
  company: Company,
  { purpose, send, permission, convert }: SyncBatch,
  updates: readonly Row[],
  { signal }: Call,
): Promise<readonly WriteResult[]> {
  const request = send(updates);
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) {
    const problem = problemOf(result, permission);
    return updates.map(() => failed(problem));
  }
  const { answer } = result;
  const told = syncAnswer(answer.body);
  if (!told) {
    const what = "the two lists `entities` and `errors` did not come";
    return updates.map(() => failed(unreadableAnswer(company, request, answer, what)));
  }
  const refused = new Set(told.errors);
  return pairRows(updates, [...told.entities, ...told.errors]).map((row) => {
    if (row === null) return failed(unreadableAnswer(company, request, answer, untold));
    if (refused.has(row)) return failed(rowProblem(company.connection, row, purpose));
    const record = convert(row);
    return record.ok
      ? { status: "applied", record: record.value }
      : failed(unreadableAnswer(company, request, answer, record.wrong));
  });
}

const untold = "it says nothing about this record, or nothing that tells it from another";

function failed(problem: Problem): WriteResult {
  return { status: "failed", problem };
}
