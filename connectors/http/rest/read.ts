import type { Call, ReadEvent, StreamRecord } from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import { onlyOfDays } from "../day-window.ts";
import type { HttpAnswer } from "../http.ts";
import { nextLink } from "../link-header.ts";
import { type PageResult, readPages } from "../pagination.ts";
import { listCall, type Prepared, pagingOf } from "./calls.ts";
import type { Limits } from "./definition.ts";
import { firstPlace, type PageItems, type Place, pageOf } from "./page.ts";
import { problemOf, unreadableAnswer } from "./problem.ts";
import { idOfItem, type Parameters, type RestForm, recordsOfItem, type Told } from "./record.ts";
import type { RestSystem } from "./system.ts";

/** A stream as it is read: its form, and that of the stream under whose records it stands. */
export interface Readable {
  readonly form: RestForm;
  readonly parents?: { readonly form: RestForm; readonly parameter: string };
}

/** Where a reading is: in which of the parents, and on which page there. */
interface Cursor {
  readonly parent: number;
  readonly place: Place;
}

/**
 * Reads every list of the stream, page after page. Without limits that is everything. With a window it is what belongs to
 * these days, also where the definition has no parameters for days and everything has to be read for it.
 */
export function readStream(
  system: RestSystem,
  readable: Readable,
  call: Call,
  limits: Limits = {},
): AsyncIterable<ReadEvent> {
  return onlyOfDays(readPagesOf(system, readable, call, limits), {
    schema: readable.form.kind.schema,
    window: limits.window,
    connection: system.connection,
    advice: "Correct the path of that field in the connection's `definition`.",
  });
}

/** What the system gives when it is asked with these limits. */
async function* readPagesOf(
  system: RestSystem,
  { form, parents }: Readable,
  call: Call,
  limits: Limits,
): AsyncGenerator<ReadEvent> {
  const found = parents ? await parametersOf(system, parents, call) : oneList;
  if (!found.ok) return yield { kind: "stopped", problem: found.problem };
  const lists = found.lists;
  if (lists.length === 0) return yield { kind: "end" };
  const seen = new Map<string, number>();

  async function read({ parent, place }: Cursor): Promise<PageResult<Cursor>> {
    const parameters = lists[parent] ?? {};
    const page = await readPage(system, form, { place, parameters, limits }, call);
    if (!page.ok) return unapplied(page.problem);
    const stray = strayIn(page, seen, parent, form);
    if (stray !== null) return unapplied(page.unreadable(stray));
    for (const id of page.ids) seen.set(id, parent);
    if (page.next !== null) return { ...page, next: { parent, place: page.next } };
    const isLast = parent + 1 >= lists.length;
    return { ...page, next: isLast ? null : { parent: parent + 1, place: firstPlace } };
  }

  const first: Cursor = { parent: 0, place: firstPlace };
  yield* readPages<Cursor>({ first, read, call, connection: system.connection });
}

/** A list that is asked for by POST looks like a write to the client, and changes nothing all the same. */
function unapplied(problem: Problem): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { ...problem, applied: "no" } };
}

const oneList: Lists = { ok: true, lists: [{}] };

type Lists =
  | { readonly ok: true; readonly lists: readonly Parameters[] }
  | { readonly ok: false; readonly problem: Problem };

/** The ids of the stream above, as parameters of the addresses of the lists. */
async function parametersOf(
  system: RestSystem,
  { form, parameter }: NonNullable<Readable["parents"]>,
  call: Call,
): Promise<Lists> {
  const lists: Parameters[] = [];
  for await (const event of readStream(system, { form }, call)) {
    if (event.kind === "stopped") return { ok: false, problem: event.problem };
    if (event.kind === "records")
      lists.push(...event.records.map(({ id }) => ({ [parameter]: id })));
  }
  return { ok: true, lists };
}

/**
 * Why a page cannot be what it seems. One that is not the last and repeats what came before shows that the system does
 * not know the parameter of the page. One id in the lists of two parents would be one record of two.
 */
function strayIn(
  { ids, next }: { readonly ids: readonly string[]; readonly next: Place | null },
  seen: ReadonlyMap<string, number>,
  parent: number,
  { kind }: RestForm,
): string | null {
  const shared = ids.find((id) => seen.has(id) && seen.get(id) !== parent);
  if (shared !== undefined) return `${shared} stands in the lists of two ${kind.under?.stream}`;
  if (next === null || ids.length === 0 || ids.some((id) => !seen.has(id))) return null;
  return `a page of the ${kind.schema.noun.many} repeats an earlier one`;
}

type ReadPage =
  | {
      readonly ok: true;
      /** Of the items of the list. */
      readonly ids: readonly string[];
      readonly records: readonly StreamRecord[];
      readonly next: Place | null;
      readonly unreadable: (what: string) => Problem;
    }
  | { readonly ok: false; readonly problem: Problem };

async function readPage(
  system: RestSystem,
  form: RestForm,
  at: { readonly place: Place; readonly parameters: Parameters; readonly limits: Limits },
  { signal }: Call,
): Promise<ReadPage> {
  const request = listCall(system.definition, form.shape, at);
  const result = await system.client.send({ ...request, signal });
  if (!result.ok) return { ok: false, problem: problemOf(system, request, result) };
  const { answer } = result;
  const unreadable = (what: string) => unreadableAnswer(system, request, answer, what);
  const page = pageIn(system, request, answer, { form, place: at.place });
  if (!page.ok) return page;
  const read = recordsOfItems(page.page.items, form, at.parameters);
  if (!read.ok) return { ok: false, problem: unreadable(read.reason) };
  return { ok: true, ...read.value, next: page.page.next, unreadable };
}

type Page =
  | { readonly ok: true; readonly page: PageItems }
  | { readonly ok: false; readonly problem: Problem };

function pageIn(
  system: RestSystem,
  request: Prepared,
  answer: HttpAnswer,
  { form, place }: { readonly form: RestForm; readonly place: Place },
): Page {
  const paging = pagingOf(system.definition, form.shape.list);
  const context = { connection: system.connection, request };
  const link =
    paging.style === "link" && paging.next === null
      ? nextLink(context, answer, system.baseUrl)
      : { ok: true as const, next: null };
  if (!link.ok) return link;
  const page = pageOf(answer.body, link.next, place, paging);
  if (!page.ok)
    return { ok: false, problem: unreadableAnswer(system, request, answer, page.reason) };
  return { ok: true, page: resolved(page.value, system.baseUrl) };
}

/** An address in a body may leave out the host. Where it leads to another one, the client sends nothing. */
function resolved({ items, next }: PageItems, baseUrl: string): PageItems {
  if (next?.kind !== "address") return { items, next };
  const origin = URL.parse(baseUrl.trim())?.origin;
  const address = URL.parse(next.address, origin)?.href ?? next.address;
  return { items, next: { kind: "address", address } };
}

function recordsOfItems(
  items: readonly unknown[],
  form: RestForm,
  parameters: Parameters,
): Told<{ readonly ids: readonly string[]; readonly records: readonly StreamRecord[] }> {
  const ids: string[] = [];
  const records: StreamRecord[] = [];
  for (const item of items) {
    const id = idOfItem(item, form);
    if (!id.ok) return id;
    const told = recordsOfItem(item, form, parameters);
    if (!told.ok) return told;
    ids.push(id.value);
    records.push(...told.value);
  }
  return { ok: true, value: { ids, records } };
}
