import { isObject, unreadable } from "./wire.ts";

export type Page =
  | {
      readonly ok: true;
      readonly records: readonly unknown[];
      /** `perhaps`: a full page without an envelope does not tell whether it was the last. */
      readonly more: "yes" | "no" | "perhaps";
    }
  | { readonly ok: false; readonly reason: string };

/** Documented: fixed, and the same for every company. */
const pageSize = 400;

/**
 * A page of people or projects, which comes in an envelope or as a bare list: the two published descriptions differ. A
 * bare list of another length than a full page is taken as complete. `many` is what the records are called.
 */
export function pageFromWire(body: unknown, page: number, many: string): Page {
  if (Array.isArray(body)) {
    return { ok: true, records: body, more: body.length === pageSize ? "perhaps" : "no" };
  }
  const { data, possible_pages: pages, current_page: current } = isObject(body) ? body : {};
  if (!Array.isArray(data) || typeof pages !== "number") {
    return unreadable(`a page of ${many} came neither as a list nor with data and possible_pages`);
  }
  if (current !== undefined && current !== page) {
    return unreadable(`page ${page} of the ${many} was asked for and another one came`);
  }
  const more = page + 1 < pages;
  if (more && data.length === 0) {
    return unreadable(`page ${page} of the ${many} came empty though more were announced`);
  }
  return { ok: true, records: data, more: more ? "yes" : "no" };
}
