import type { Call, ReadEvent, StreamRecord } from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import { type PageResult, readPages } from "../../http/pagination.ts";
import type { Company } from "../company.ts";
import { personFromWire } from "../convert.ts";
import { type Page, pageFromWire } from "../page.ts";
import { problemOf, unreadableAnswer } from "../problem.ts";
import type { JobTitleTexts } from "./job-title-texts.ts";

/**
 * Reads page after page, once. Pages are cut anew for every call and no total is told: when somebody is deleted
 * meanwhile, a person behind them can slip between two pages. Whoever takes a person for gone asks for that person
 * (`get`) first, which costs as much as there are people missing, and not a second reading of everybody.
 */
export async function* readPeople(
  company: Company,
  titles: JobTitleTexts,
  call: Call,
): AsyncIterable<ReadEvent> {
  const problem = await titles.refresh(call);
  if (problem) return yield { kind: "stopped", problem };
  const seen = new Set<string>();

  async function read(page: number): Promise<PageResult<number>> {
    const answer = await readPage(company, titles, page, call);
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
      /** The problem that it is if a page that is not the last holds nobody but those of earlier pages. */
      readonly repeats: () => Problem;
    }
  | { readonly ok: false; readonly problem: Problem };

async function readPage(
  company: Company,
  titles: JobTitleTexts,
  number: number,
  call: Call,
): Promise<ReadPage> {
  const request = company.api.people(number);
  const result = await company.client.send({ ...request, signal: call.signal });
  if (!result.ok) return { ok: false, problem: problemOf(result) };
  const unreadable = (what: string) => unreadableAnswer(company, request, result.answer, what);
  const page = pageFromWire(result.answer.body, number);
  if (!page.ok) return { ok: false, problem: unreadable(page.reason) };
  const records: StreamRecord[] = [];
  for (const wire of page.people) {
    const person = personFromWire(wire);
    if (!person.ok) return { ok: false, problem: unreadable(person.reason) };
    records.push(person.record);
  }
  const joined = await titles.join(records, call);
  if (!joined.ok) return joined;
  const repeats = () => unreadable(`page ${number} of the people repeats an earlier one`);
  return { ok: true, records: joined.records, more: page.more, repeats };
}
