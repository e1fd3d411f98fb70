/** A case is tried at most so many times while it is made small. */
const triesMax = 300;

/**
 * The smallest part of a list that can be found without which `holds` is no longer true: ever smaller pieces are left
 * out, as long as nothing changes without them. The whole list holds.
 */
export async function minimise<Item>(
  items: readonly Item[],
  holds: (items: readonly Item[]) => Promise<boolean>,
): Promise<readonly Item[]> {
  let kept = items;
  let tries = 0;
  for (let size = kept.length; size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < kept.length; ) {
      const without = [...kept.slice(0, start), ...kept.slice(start + size)];
      tries += 1;
      if (tries > triesMax) return kept;
      if (await holds(without)) kept = without;
      else start += size;
    }
  }
  return kept;
}
