import type { PagingShape } from "./definition.ts";
import { valueAt } from "./path.ts";
import type { Told } from "./record.ts";

/** Where a page is: what has to be asked for, and how much came before it. */
export type Place =
  | { readonly kind: "first" }
  | { readonly kind: "page"; readonly page: number; readonly read: number }
  | { readonly kind: "offset"; readonly offset: number }
  | { readonly kind: "cursor"; readonly cursor: string }
  | { readonly kind: "address"; readonly address: string };

export const firstPlace: Place = { kind: "first" };

/** The parameters that ask for a page. A page by its address brings all of its parameters along. */
export function pageParameters(
  place: Place,
  paging: PagingShape,
): Readonly<Record<string, string | number>> {
  if (place.kind === "address" || paging.style === "none") return {};
  const size = paging.sizeParam === null ? {} : { [paging.sizeParam]: paging.size };
  switch (paging.style) {
    case "page":
      return {
        ...size,
        [paging.pageParam]: place.kind === "page" ? place.page : paging.firstPage,
      };
    case "offset":
      return { ...size, [paging.offsetParam]: place.kind === "offset" ? place.offset : 0 };
    case "cursor":
      return { ...size, ...(place.kind === "cursor" && { [paging.cursorParam]: place.cursor }) };
    case "link":
      return size;
  }
}

export interface PageItems {
  readonly items: readonly unknown[];
  /** Null: this was the last page. */
  readonly next: Place | null;
}

/**
 * The items of a page, and where the next one is. A page that does not say what the definition announces is unreadable:
 * to take it for the last would make everything behind it look gone. `link` is the target of the `Link` header.
 */
export function pageOf(
  body: unknown,
  link: string | null,
  place: Place,
  paging: PagingShape,
): Told<PageItems> {
  const items = valueAt(body, paging.items);
  if (!Array.isArray(items)) {
    const where = paging.items === "" ? "as the answer itself" : `in ${paging.items}`;
    return unreadable(`a page came without its list ${where}`);
  }
  switch (paging.style) {
    case "none":
      return last(items);
    case "cursor":
      return byCursor(body, items, paging);
    case "link":
      return byAddress(body, items, link, paging);
    case "page":
    case "offset":
      return counted(body, items, place, paging);
  }
}

function byCursor(body: unknown, items: readonly unknown[], paging: PagingShape): Told<PageItems> {
  const next = nextIn(body, paging);
  if (!next.ok) return next;
  return next.value === null
    ? last(items)
    : { ok: true, value: { items, next: { kind: "cursor", cursor: next.value } } };
}

function byAddress(
  body: unknown,
  items: readonly unknown[],
  link: string | null,
  paging: PagingShape,
): Told<PageItems> {
  if (paging.next === null) {
    return link === null
      ? last(items)
      : { ok: true, value: { items, next: { kind: "address", address: link } } };
  }
  const next = nextIn(body, paging);
  if (!next.ok) return next;
  return next.value === null
    ? last(items)
    : { ok: true, value: { items, next: { kind: "address", address: next.value } } };
}

function nextIn(body: unknown, { next, nextOmittedAtEnd }: PagingShape): Told<string | null> {
  const told = valueAt(body, next ?? "");
  if (told === null || told === "" || (told === undefined && nextOmittedAtEnd)) {
    return { ok: true, value: null };
  }
  if (typeof told === "string") return { ok: true, value: told };
  if (Number.isSafeInteger(told)) return { ok: true, value: String(told) };
  return unreadable(`a page does not say in ${next} where the next one is`);
}

function counted(
  body: unknown,
  items: readonly unknown[],
  place: Place,
  paging: PagingShape,
): Told<PageItems> {
  const before = place.kind === "page" ? place.read : place.kind === "offset" ? place.offset : 0;
  const read = before + items.length;
  const more = moreAfter(body, items.length, read, paging);
  if (!more.ok) return more;
  if (!more.value) return last(items);
  if (items.length === 0) return unreadable("a page came empty though more were announced");
  const page = place.kind === "page" ? place.page : paging.firstPage;
  const next: Place =
    paging.style === "page"
      ? { kind: "page", page: page + 1, read }
      : { kind: "offset", offset: read };
  return { ok: true, value: { items, next } };
}

/** What came is counted, and not what was asked for: a system may give fewer records a page than it is asked for. */
function moreAfter(
  body: unknown,
  came: number,
  read: number,
  { more, total, size, shortPageIsLast }: PagingShape,
): Told<boolean> {
  if (more !== null) {
    const told = valueAt(body, more);
    if (typeof told === "boolean") return { ok: true, value: told };
    return unreadable(`a page does not say in ${more} whether there is more`);
  }
  if (total !== null) {
    const told = valueAt(body, total);
    if (Number.isSafeInteger(told)) return { ok: true, value: read < Number(told) };
    return unreadable(`a page does not say in ${total} how many records there are`);
  }
  return { ok: true, value: shortPageIsLast ? came >= size : came > 0 };
}

function last(items: readonly unknown[]): Told<PageItems> {
  return { ok: true, value: { items, next: null } };
}

function unreadable(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
