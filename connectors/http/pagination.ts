import type { Call, ReadEvent, StreamRecord } from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import { cancelled } from "./problem.ts";

/** Pages of one reading. At the smallest page we know of, a hundred records, that is a million records. */
const pagesMax = 10_000;

export type PageResult<Cursor> =
  /** `next` is null on the last page. */
  | { readonly ok: true; readonly records: readonly StreamRecord[]; readonly next: Cursor | null }
  | { readonly ok: false; readonly problem: Problem };

export interface PagesOptions<Cursor> {
  /** Where the first page is. A cursor is plain data: a page number, a URL, or both with the list that it belongs to. */
  readonly first: Cursor;
  readonly read: (cursor: Cursor, call: Call) => Promise<PageResult<Cursor>>;
  readonly call: Call;
  /** The name of the connection, for messages. */
  readonly connection: string;
  /** Default 10,000. */
  readonly pagesMax?: number;
}

/**
 * Reads page after page as a reading of the contract. Records that come twice, because a list moved between two pages
 * or because two lists overlap, are delivered once. A page that leads back to an earlier one stops the reading.
 */
export async function* readPages<Cursor>(options: PagesOptions<Cursor>): AsyncGenerator<ReadEvent> {
  const { call, connection, pagesMax: most = pagesMax } = options;
  const seenIds = new Set<string>();
  const seenCursors = new Set<string>();
  let cursor: Cursor | null = options.first;
  while (cursor !== null) {
    if (call.signal.aborted) return yield { kind: "stopped", problem: cancelled() };
    if (seenCursors.size >= most)
      return yield { kind: "stopped", problem: tooMany(connection, most) };
    const place = JSON.stringify(cursor);
    if (seenCursors.has(place)) return yield { kind: "stopped", problem: circular(connection) };
    seenCursors.add(place);
    const page: PageResult<Cursor> = await options.read(cursor, call);
    if (!page.ok) return yield { kind: "stopped", problem: page.problem };
    const records = page.records.filter(({ id }) => !seenIds.has(id) && seenIds.add(id));
    if (records.length > 0) yield { kind: "records", records };
    cursor = page.next;
  }
  yield { kind: "end" };
}

function tooMany(connection: string, most: number): Problem {
  return {
    code: "limit-reached",
    message: `${connection} still has more after ${most} pages, the most that one reading takes (pagesMax).`,
    retry: "never",
    applied: "no",
  };
}

function circular(connection: string): Problem {
  return {
    code: "answer-unreadable",
    message: `The pages of ${connection} lead in a circle, so the reading would never end. Report it with the detail of the stream.`,
    retry: "later",
    applied: "no",
  };
}
