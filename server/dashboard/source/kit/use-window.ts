import type { RefObject } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { offsetsOf, type Range, rangeBetween } from "./virtual.ts";

/** Parts that are drawn above and below the window, so that quick scrolling shows no gap and Tab finds the next one. */
const around = 12;

/** So many are printed; a longer list has a download. */
const printedMax = 2_000;

/** Lists that are not longer are drawn whole: find on page works, and nothing has to be measured. */
const wholeMax = 80;

export interface Shown extends Range {
  /** Heights of what is not drawn, pixels. */
  readonly above: number;
  readonly below: number;
  /** For paper, on which nothing can be scrolled or read later. */
  readonly isPrinting: boolean;
}

/**
 * Which of many rows have to be drawn. Rows carry `data-index`, are children of the body, and may have any height: those
 * that were drawn are measured, the others are taken to have the estimate.
 */
export function useWindow(
  body: RefObject<HTMLElement | null>,
  count: number,
  estimate: number,
  /** Another list than before, whose heights are other ones. */
  listKey: unknown,
): Shown {
  const heights = useRef<{ key: unknown; of: number[] }>({ key: listKey, of: [] });
  if (heights.current.key !== listKey) heights.current = { key: listKey, of: [] };
  const [, draw] = useState(0);
  const [range, setRange] = useState<Range>({ from: 0, to: Math.min(count, wholeMax) });
  const isPrinting = usePrinting();
  const isWhole = count <= wholeMax;
  const offsets = offsetsOf(count, (index) => heights.current.of[index] ?? estimate);
  const newest = useRef(offsets);
  newest.current = offsets;

  const look = useCallback(() => {
    const place = body.current?.getBoundingClientRect();
    if (place === undefined) return;
    const next = rangeBetween(newest.current, -place.top, innerHeight - place.top, around);
    setRange((before) => (before.from === next.from && before.to === next.to ? before : next));
  }, [body]);
  const forget = useCallback(() => {
    heights.current = { key: heights.current.key, of: [] };
  }, []);
  useScrolling(isWhole, look, forget);

  useLayoutEffect(() => {
    if (isWhole || isPrinting || body.current === null) return undefined;
    const isNew = measured(body.current, heights.current.of);
    // In the next frame and not at once: heights that depend on each other must never keep the page from answering.
    const frame = requestAnimationFrame(() => {
      if (isNew) draw((turn) => turn + 1);
      else look();
    });
    return () => cancelAnimationFrame(frame);
  });

  if (isWhole || isPrinting) {
    return { from: 0, to: Math.min(count, printedMax), above: 0, below: 0, isPrinting };
  }
  const to = Math.min(range.to, count);
  const from = Math.min(range.from, to);
  const end = offsets[count] ?? 0;
  return { from, to, above: offsets[from] ?? 0, below: end - (offsets[to] ?? 0), isPrinting };
}

/** Looks again when the page is scrolled or the window has another size, at most once a frame. */
function useScrolling(isWhole: boolean, look: () => void, forget: () => void): void {
  useEffect(() => {
    if (isWhole) return undefined;
    let frame = 0;
    const later = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(look);
    };
    const resized = () => {
      // Narrower rows are higher: all have to be measured again.
      forget();
      later();
    };
    look();
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", resized);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener("scroll", later);
      removeEventListener("resize", resized);
    };
  }, [isWhole, look, forget]);
}

function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => setPrinting(true);
    const afterwards = () => setPrinting(false);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", afterwards);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", afterwards);
    };
  }, []);
  return isPrinting;
}

/** Differences of a height that are not worth drawing again, pixels. */
const roundingMax = 1;

/** Writes down the heights of the rows that are drawn. True if one is not as it was thought to be. */
function measured(body: HTMLElement, heights: number[]): boolean {
  let isNew = false;
  for (const row of body.children) {
    if (!(row instanceof HTMLElement)) continue;
    const index = Number(row.dataset["index"] ?? Number.NaN);
    if (Number.isNaN(index)) continue;
    const height = row.getBoundingClientRect().height;
    if (Math.abs((heights[index] ?? Number.NaN) - height) < roundingMax) continue;
    heights[index] = height;
    isNew = true;
  }
  return isNew;
}
