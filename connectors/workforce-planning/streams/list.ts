import type { Call, ReadEvent, Stream, StreamRecord } from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import type { StreamSchema } from "../../../engine/connector/schema.ts";
import type { ListName } from "../api.ts";
import type { Company } from "../company.ts";
import { recordsFromWire } from "../convert.ts";
import { problemOf, unreadableAnswer } from "../problem.ts";
import type { Converted } from "../wire.ts";

/** One of the lists that come whole in one answer, and that people only refer to. */
export interface ListSource {
  readonly schema: StreamSchema;
  readonly list: ListName;
  readonly fromWire: (wire: unknown) => Converted;
}

export type List =
  | { readonly ok: true; readonly records: readonly StreamRecord[] }
  | { readonly ok: false; readonly problem: Problem };

export function listStream(company: Company, source: ListSource): Stream {
  return {
    schema: source.schema,
    readLagMs: company.readLagMs,
    async *read(call): AsyncIterable<ReadEvent> {
      const list = await readList(company, source, call);
      if (!list.ok) return yield { kind: "stopped", problem: list.problem };
      if (list.records.length > 0) yield { kind: "records", records: list.records };
      yield { kind: "end" };
    },
  };
}

export async function readList(
  company: Company,
  { schema, list, fromWire }: ListSource,
  { signal }: Call,
): Promise<List> {
  const request = company.api.list(list);
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return { ok: false, problem: problemOf(result) };
  const { answer } = result;
  const unreadable = (what: string): List => ({
    ok: false,
    problem: unreadableAnswer(company, request, answer, what),
  });
  if (!Array.isArray(answer.body)) return unreadable(`not with a list of ${schema.noun.many}`);
  const read = recordsFromWire(answer.body, fromWire);
  if (!read.ok) return unreadable(read.reason);
  const byId = new Map(read.records.map((record) => [record.id, record]));
  return { ok: true, records: [...byId.values()] };
}
