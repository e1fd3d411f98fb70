/* Which part of a long list stands in the window: pure figures, so that they can be tested. All lengths are pixels. */

/** Where each part begins; one more for where the last one ends. */
export function offsetsOf(count: number, heightAt: (index: number) => number): Float64Array {
  const offsets = new Float64Array(count + 1);
  for (let index = 0; index < count; index += 1) {
    offsets[index + 1] = (offsets[index] ?? 0) + heightAt(index);
  }
  return offsets;
}

/** The part that stands at a height: the first or the last one where it is outside of all. */
function indexAt(offsets: Float64Array, height: number): number {
  let low = 0;
  let high = Math.max(0, offsets.length - 2);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= height) low = middle;
    else high = middle - 1;
  }
  return low;
}

export interface Range {
  readonly from: number;
  /** The first one that is not in it. */
  readonly to: number;
}

/** The parts between two heights, and some on either side. */
export function rangeBetween(
  offsets: Float64Array,
  top: number,
  bottom: number,
  around: number,
): Range {
  const count = offsets.length - 1;
  if (count === 0) return { from: 0, to: 0 };
  return {
    from: Math.max(0, indexAt(offsets, top) - around),
    to: Math.min(count, indexAt(offsets, bottom) + 1 + around),
  };
}
