import type { Call, GetResult, ReadEvent, StreamRecord } from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import type { HttpAnswer } from "../http/http.ts";
import { nextLink } from "../http/link-header.ts";
import { type PageResult, readPages } from "../http/pagination.ts";
import type { Prepared } from "./api.ts";
import type { Company } from "./company.ts";
import { type Converted, isRow, type Row } from "./convert.ts";
import { problemOf, readPermission, unreadableAnswer } from "./problem.ts";

/** A list that belongs to a stream: its first page, and what a row of it is. */
export interface ListReading {
  readonly request: Prepared;
  /** Null: the row is no record of this stream. */
  readonly convert: (row: Row) => Converted<StreamRecord> | null;
  /** What to do about it if the list may not be read. Absent: what the Directory takes. */
  readonly permission?: string;
}

/**
 * How often a list is read before we say that it cannot be read whole. Lists are no snapshot: when a record leaves
 * while we read, the rows behind it move up, and one of them slips between two pages. It shows in the `Total` header:
 * the number changes from page to page, or is not that of the rows that came.
 */
const passesMax = 3;

/** Which list, for which time, and which page of it: a number, or the address that the page before it named. */
interface Cursor {
  readonly list: number;
  readonly pass: number;
  readonly page: number | string;
}

/**
 * Reads the lists one after the other. With active before inactive, somebody who is deactivated meanwhile is in both,
 * and is delivered once. (Somebody who is reactivated in these seconds is in neither.)
 */
export function readLists(
  company: Company,
  lists: readonly ListReading[],
  call: Call,
): AsyncGenerator<ReadEvent> {
  let pass = newPass();

  async function read(cursor: Cursor): Promise<PageResult<Cursor>> {
    const list = lists[cursor.list];
    if (!list) throw new Error(`there is no list number ${cursor.list}`);
    if (cursor.page === 1) pass = newPass();
    const page = await readPage(company, list, cursor.page, call);
    if (!page.ok) return page;
    for (const id of page.ids) pass.seen.add(id);
    if (page.total !== null) pass.totals.add(page.total);
    const { records, next } = page;
    if (next !== null) return { ok: true, records, next: { ...cursor, page: next } };
    const whole = isWhole(pass);
    if (!whole && cursor.pass === passesMax)
      return { ok: false, problem: incomplete(list.request, pass) };
    const after = whole
      ? { list: cursor.list + 1, pass: 1, page: 1 }
      : { list: cursor.list, pass: cursor.pass + 1, page: 1 };
    return { ok: true, records, next: after.list < lists.length ? after : null };
  }

  const first: Cursor = { list: 0, pass: 1, page: 1 };
  return readPages({ first, read, call, connection: company.connection });
}

/** What one pass over a list has come by. */
interface Pass {
  readonly seen: Set<unknown>;
  /** What the pages said is the number of rows of the whole list. Empty: nothing. */
  readonly totals: Set<number>;
}

function newPass(): Pass {
  return { seen: new Set(), totals: new Set() };
}

/** Where no page says how long the list is, its end has to be believed. */
function isWhole({ seen, totals }: Pass): boolean {
  const [total = 0, ...others] = totals;
  return others.length === 0 && seen.size >= total;
}

/** Looks for a record until it comes by. Only lists that were read to their end prove it missing. */
export async function findInLists(
  company: Company,
  lists: readonly ListReading[],
  isMeant: (record: StreamRecord) => boolean,
  call: Call,
): Promise<GetResult> {
  for await (const event of readLists(company, lists, call)) {
    if (event.kind === "stopped") return { status: "failed", problem: event.problem };
    const record = event.kind === "records" ? event.records.find(isMeant) : undefined;
    if (record) return { status: "found", record };
  }
  return { status: "missing" };
}

type Page =
  | {
      readonly ok: true;
      readonly records: readonly StreamRecord[];
      /** Of every row, also of those that are no records of the stream. */
      readonly ids: readonly unknown[];
      readonly next: Cursor["page"] | null;
      /** How many rows the whole list has; null when the answer does not say. */
      readonly total: number | null;
    }
  | { readonly ok: false; readonly problem: Problem };

async function readPage(
  company: Company,
  { request: first, convert, permission = readPermission }: ListReading,
  page: Cursor["page"],
  { signal }: Call,
): Promise<Page> {
  const request = pageRequest(first, page);
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return { ok: false, problem: problemOf(result, permission) };
  const { answer } = result;
  const rows = convertRows(answer.body, convert);
  if (!rows.ok)
    return { ok: false, problem: unreadableAnswer(company, request, answer, rows.wrong) };
  const next = nextPage(company, { request, page, answer, rows: rows.value.ids.length });
  if (!next.ok) return next;
  const total = wholeNumber(answer.headers["total"]);
  return { ok: true, ...rows.value, next: next.page, total };
}

function pageRequest(first: Prepared, page: Cursor["page"]): Prepared {
  if (page === 1) return first;
  const { query, ...request } = first;
  return typeof page === "string"
    ? { ...request, path: page }
    : { ...request, query: { ...query, page } };
}

function convertRows(
  body: unknown,
  convert: ListReading["convert"],
): Converted<{ readonly records: readonly StreamRecord[]; readonly ids: readonly unknown[] }> {
  if (!Array.isArray(body)) return { ok: false, wrong: "what came is no list" };
  const records: StreamRecord[] = [];
  for (const row of body) {
    if (!isRow(row)) return { ok: false, wrong: "what came is no list of records" };
    const converted = convert(row);
    if (converted === null) continue;
    if (!converted.ok) return converted;
    records.push(converted.value);
  }
  return { ok: true, value: { records, ids: body.filter(isRow).map((row) => row["id"]) } };
}

interface PageRead {
  readonly request: Prepared;
  readonly page: Cursor["page"];
  readonly answer: HttpAnswer;
  readonly rows: number;
}

type NextPage =
  | { readonly ok: true; readonly page: Cursor["page"] | null }
  | { readonly ok: false; readonly problem: Problem };

/**
 * The next page is the one that the `Link` header names, because its address carries the filters (documented). Where
 * no such header comes at all (observed for some lists), a full page means that there may be another one. An empty
 * page is the end, whatever it names.
 */
function nextPage(company: Company, { request, page, answer, rows }: PageRead): NextPage {
  if (rows === 0) return { ok: true, page: null };
  if (answer.headers["link"] !== undefined) {
    const link = nextLink({ connection: company.connection, request }, answer, company.baseUrl);
    return link.ok ? { ok: true, page: link.next } : link;
  }
  const asked = request.query?.["per_page"];
  const pageLength = wholeNumber(answer.headers["per-page"]) ?? Number(asked);
  const mayGoOn = typeof page === "number" && asked !== undefined && rows >= pageLength;
  return { ok: true, page: mayGoOn ? page + 1 : null };
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

function incomplete({ template }: Prepared, { seen, totals }: Pass): Problem {
  const said = [...totals].join(" and ");
  return {
    code: "answer-unreadable",
    message: `The list says that it has ${said} records and delivered ${seen.size}, and reading it ${passesMax} times did not help. It is probably being edited; run again later.`,
    retry: "later",
    applied: "no",
    detail: `GET ${template}`,
  };
}
