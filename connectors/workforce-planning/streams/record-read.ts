import type { Call, ReadEvent, StreamRecord } from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import { type PageResult, readPages } from "../../http/pagination.ts";
import type { Company } from "../company.ts";
import { type Page, pageFromWire } from "../page.ts";
import { problemOf, unreadableAnswer } from "../problem.ts";
import type { RecordKind } from "./record-kind.ts";

/**
 * Reads page after page, once. Pages are cut anew for every call and no total is told: when a record is deleted
 * meanwhile, one behind it can slip between two pages. Whoever takes a record for gone asks for it (`get`) first, which
 * costs as much as there are records missing, and not a second reading of them all.
 */
export async function* readRecords(
  company: Company,
  kind: RecordKind,
  call: Call,
): AsyncIterable<ReadEvent> {
  const problem = await kind.referred.refresh(call);
  if (problem) return yield { kind: "stopped", problem };
  const seen = new Set<string>();

  async function read(page: number): Promise<PageResult<number>> {
    const answer = await readPage(company, kind, page, call);
    if (!answer.ok) return answer;
    const { records, more } = answer;
    const moved = records.some(({ id }) => !seen.has(id));
    for (const { id } of records) seen.add(id);
    if (more === "yes" && !moved) return { ok: false, problem: answer.repeats() };
    return { ok: true, records, next: more !== "no" && moved ? page + 1 : null };
  }

  yield* readPages({ first: 0, read, call, connection: company.connection });
}

type ReadPage =
  | {
      readonly ok: true;
      readonly records: readonly StreamRecord[];
      readonly more: Extract<Page, { ok: true }>["more"];
      /** The problem that it is if a page that is not the last holds nothing but records of earlier pages. */
      readonly repeats: () => Problem;
    }
  | { readonly ok: false; readonly problem: Problem };

async function readPage(
  company: Company,
  kind: RecordKind,
  number: number,
  call: Call,
): Promise<ReadPage> {
  const { many } = kind.schema.noun;
  const request = kind.calls.page(number);
  const result = await company.client.send({ ...request, signal: call.signal });
  if (!result.ok) return { ok: false, problem: problemOf(result) };
  const unreadable = (what: string) => unreadableAnswer(company, request, result.answer, what);
  const page = pageFromWire(result.answer.body, number, many);
  if (!page.ok) return { ok: false, problem: unreadable(page.reason) };
  const read = await kind.read(page.records, call);
  if (!read.ok) return { ok: false, problem: unreadable(read.reason) };
  if (read.trouble) return { ok: false, problem: read.trouble };
  const repeats = () => unreadable(`page ${number} of the ${many} repeats an earlier one`);
  return { ok: true, records: read.records, more: page.more, repeats };
}
