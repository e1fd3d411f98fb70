/** Results of one list that are kept. More than these are not asked for one after the other while a list is read. */
const resultsMax = 20;

export type Remembering<Item, Result> = (
  list: readonly Item[],
  key: string,
  work: () => Result,
) => Result;

/**
 * Remembers what was worked out from a list for as long as the list is the very same one. A page of a large list then
 * costs as much as the page, and not as much as the list: it is filtered and sorted for its first page only. The key says
 * what was worked out. A list that is gone is forgotten.
 */
export function remembering<Item, Result>(): Remembering<Item, Result> {
  const known = new WeakMap<readonly Item[], Map<string, { readonly result: Result }>>();
  return (list, key, work) => {
    const results = known.get(list) ?? new Map<string, { readonly result: Result }>();
    const found = results.get(key);
    if (found) return found.result;
    const result = work();
    if (results.size >= resultsMax) results.clear();
    known.set(list, results.set(key, { result }));
    return result;
  };
}
