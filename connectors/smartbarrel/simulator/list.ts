import { instantMs, isDay } from "../../../engine/value/calendar.ts";
import type { ListShape, PagingShape, RestDefinition } from "../../http/rest/definition.ts";
import { withValueAt } from "../../http/rest/path.ts";
import { remembering } from "../../http/simulator/remembering.ts";
import type { Collection, Kept } from "./records.ts";
import { type Judged, type Reasons, refused } from "./refusal.ts";
import { shapeOf } from "./wire.ts";

export type Query = { readonly [key: string]: unknown };

/** Fields that a list can be filtered by, whole values only. */
const filterFields: Readonly<Record<Collection, readonly string[]>> = {
  workers: ["payroll_id", "email", "phone", "status"],
  positions: ["status"],
  projects: ["status"],
  cost_codes: ["status"],
  shifts: ["project_id", "status"],
};

/** A larger page than this is refused. */
const pageSizeMax = 500;

/** What a query lets through, so that the pages behind the first one do not filter and sort the whole list again. */
const selected = remembering<Kept, readonly Kept[]>();

export interface Asked {
  readonly name: Collection;
  readonly query: Query;
  /** The project in the address of the list, if one is. */
  readonly project: string | undefined;
}

/** The records that every parameter lets through, in the order of their last change. */
export function filtered(
  records: readonly Kept[],
  { name, query, project }: Asked,
  definition: RestDefinition,
): Judged<readonly Kept[]> {
  const shape = shapeOf(definition, name);
  const paging = pagingIn(definition, shape.list);
  const reasons: Record<string, Reasons[string]> = {};
  const tests: ((record: Kept) => boolean)[] = [
    ({ fields }) => project === undefined || fields["project_id"] === project,
  ];
  const filters = Object.entries(query).filter(
    ([key, value]) => !(pageKeys(paging).includes(key) || isConstant(shape.list, key, value)),
  );
  for (const [key, value] of filters) {
    const test = filterOf(name, key, String(value), definition);
    if (test === null) reasons[key] = ["is not a filter, or not such a value"];
    else tests.push(test);
  }
  if (Object.keys(reasons).length > 0) {
    return refused("validation_failed", "Some parameters are not valid.", reasons);
  }
  const value = selected(records, JSON.stringify([project, filters]), () =>
    records
      .filter((record) => tests.every((test) => test(record)))
      .toSorted((a, b) => a.updatedAt - b.updatedAt || (a.id < b.id ? -1 : 1)),
  );
  return { ok: true, value };
}

function isConstant({ query }: ListShape, key: string, value: unknown): boolean {
  return Object.hasOwn(query, key) && String(query[key]) === String(value);
}

function filterOf(
  name: Collection,
  key: string,
  value: string,
  definition: RestDefinition,
): ((record: Kept) => boolean) | null {
  const { list, fields, values } = shapeOf(definition, name);
  if (key === list.since) {
    const since = instantMs(value);
    return since === null ? null : ({ updatedAt }) => updatedAt >= since;
  }
  if (key === list.window?.from || key === list.window?.to) {
    if (!isDay(value)) return null;
    const isFrom = key === list.window?.from;
    const dayOf = (record: Kept) => String(record.fields["date"]);
    return (record) => (isFrom ? dayOf(record) >= value : dayOf(record) <= value);
  }
  const field = filterFields[name].find((each) => fields[each] === key);
  if (field === undefined) return null;
  return (record) => {
    const ours = String(record.fields[field] ?? "");
    return [values[field]?.[ours] ?? ours].flat().map(String).includes(value);
  };
}

function pageKeys(paging: PagingShape): readonly string[] {
  const byStyle = {
    page: [paging.pageParam],
    offset: [paging.offsetParam],
    cursor: [paging.cursorParam],
    link: [linkParameter],
    none: [],
  }[paging.style];
  return paging.sizeParam === null || paging.style === "none"
    ? byStyle
    : [...byStyle, paging.sizeParam];
}

export function pagingIn(definition: RestDefinition, list: ListShape): PagingShape {
  return { ...definition.paging, ...list.paging };
}

/** Stands in addresses of next pages only. */
const linkParameter = "from";

export interface ListAnswer {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

interface PageAsked {
  readonly query: Query;
  readonly path: string;
  /** Makes pages smaller than they are asked for. */
  readonly sizeMost: number | null;
  readonly rowOf: (record: Kept) => unknown;
}

/** One page of the list, as the style of paging has it. */
export function listAnswer(
  items: readonly Kept[],
  asked: PageAsked,
  paging: PagingShape,
): Judged<ListAnswer> {
  const size = sizeOf(asked.query, paging, asked.sizeMost);
  const at = startOf(asked.query, paging, size);
  if (size === null || at === null) {
    return refused("validation_failed", "The page is not valid.", {});
  }
  const page = paging.style === "none" ? items : items.slice(at, at + size);
  const end = at + page.length;
  const rows = page.map(asked.rowOf);
  const body = withValueAt(meta(paging, { at, size, end, all: items.length }), paging.items, rows);
  const address = `${asked.path}?${linkParameter}=${end}`;
  const isMore = end < items.length;
  if (paging.style === "cursor" && paging.next !== null) {
    return told(withNext(body, paging, isMore ? cursorOf(end) : null));
  }
  if (paging.style !== "link") return told(body);
  if (paging.next !== null) return told(withNext(body, paging, isMore ? address : null));
  return told(body, isMore ? { link: `<${address}>; rel="next"` } : {});
}

function told(body: unknown, headers: ListAnswer["headers"] = {}): Judged<ListAnswer> {
  return { ok: true, value: { body, headers } };
}

function withNext(body: unknown, paging: PagingShape, next: string | null): unknown {
  if (next === null && paging.nextOmittedAtEnd) return body;
  return withValueAt(body, paging.next ?? "", next);
}

function meta(
  { style, pageParam, sizeParam, more, total }: PagingShape,
  { at, size, end, all }: Readonly<Record<"at" | "size" | "end" | "all", number>>,
): unknown {
  if (style !== "page" && style !== "offset") return {};
  const numbers =
    style === "page" ? { [pageParam]: Math.floor(at / size) + 1, [sizeParam ?? "size"]: size } : {};
  const moreTold = more === null ? numbers : withValueAt(numbers, more, end < all);
  return total === null ? moreTold : withValueAt(moreTold, total, all);
}

function sizeOf(
  query: Query,
  { sizeParam, size }: PagingShape,
  most: number | null,
): number | null {
  const asked = sizeParam === null ? size : Number(query[sizeParam] ?? size);
  if (!Number.isInteger(asked) || asked < 1 || asked > pageSizeMax) return null;
  return Math.min(asked, most ?? asked);
}

function startOf(query: Query, paging: PagingShape, size: number | null): number | null {
  const start = {
    page: () =>
      (Number(query[paging.pageParam] ?? paging.firstPage) - paging.firstPage) * (size ?? 1),
    offset: () => Number(query[paging.offsetParam] ?? 0),
    cursor: () => placeOf(query[paging.cursorParam]),
    link: () => Number(query[linkParameter] ?? 0),
    none: () => 0,
  }[paging.style]();
  return Number.isInteger(start) && start >= 0 ? start : null;
}

/** Opaque, so that nobody counts with it. */
function cursorOf(at: number): string {
  return Buffer.from(`at:${at}`).toString("base64url");
}

function placeOf(cursor: unknown): number {
  if (cursor === undefined) return 0;
  const text = Buffer.from(String(cursor), "base64url").toString();
  return Number(/^at:(\d+)$/.exec(text)?.[1] ?? Number.NaN);
}
