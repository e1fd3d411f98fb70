import type { FastifyReply, FastifyRequest } from "fastify";
import { badRequest } from "./answers.ts";

/** Rows a page when the request does not say. Procore's samples have it; in general it is not documented. */
const pageLengthDefault = 100;

export interface ListingOptions {
  /** More rows than this are not given, whatever is asked for. */
  readonly pageLengthMax: number;
  /** Some lists are known to send no `Link`. */
  readonly linkHeader: boolean;
  /** Rows a page, whatever is asked for. Absent: as the request says, or 100. */
  readonly pageLength?: number;
}

export type Query = Readonly<Record<string, string>>;

/**
 * The query of a list; null, and answered with 400, when it holds a parameter that this list does not have. Of a
 * parameter whose name ends in brackets the values that it was repeated with stand in one text, with commas between them.
 */
export function readQuery(
  request: FastifyRequest,
  reply: FastifyReply,
  known: readonly string[],
): Query | null {
  const query = Object.entries(request.query as Readonly<Record<string, unknown>>).map(
    ([name, value]) =>
      [name, name.endsWith("[]") && Array.isArray(value) ? value.join() : value] as const,
  );
  const wrong = query.find(([name, value]) => typeof value !== "string" || !known.includes(name));
  if (!wrong) return Object.fromEntries(query) as Query;
  badRequest(reply, `The parameter ${wrong[0]} is not known here`);
  return null;
}

/** Answers one page, with the headers by which the others are found (documented). */
export function sendPage<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  records: readonly T[],
  options: ListingOptions & { readonly rowOf: (record: T) => unknown },
): FastifyReply {
  const query = request.query as Query;
  const page = countOf(query["page"], 1);
  const asked = countOf(query["per_page"], pageLengthDefault);
  if (page === null || asked === null) {
    return badRequest(reply, "page and per_page must be whole numbers above zero");
  }
  const length = options.pageLength ?? Math.min(asked, options.pageLengthMax);
  reply.header("total", String(records.length)).header("per-page", String(length));
  const link = linkHeader(request, page, Math.max(1, Math.ceil(records.length / length)));
  if (options.linkHeader && link !== "") reply.header("link", link);
  return reply.send(records.slice((page - 1) * length, page * length).map(options.rowOf));
}

function countOf(text: string | undefined, otherwise: number): number | null {
  if (text === undefined) return otherwise;
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

/** `first` is missing on the first page, `prev` on the second as well, `next` on the last (documented). */
function linkHeader(request: FastifyRequest, page: number, last: number): string {
  const links: readonly (readonly [string, number, boolean])[] = [
    ["first", 1, page > 1],
    ["prev", page - 1, page > 2],
    ["next", page + 1, page < last],
    ["last", last, true],
  ];
  return links
    .filter(([, , isThere]) => isThere)
    .map(([relation, number]) => `<${pageUrl(request, number)}>; rel="${relation}"`)
    .join(", ");
}

function pageUrl(request: FastifyRequest, page: number): string {
  const url = new URL(request.url, `http://${request.headers.host}`);
  url.searchParams.set("page", String(page));
  return url.href;
}
