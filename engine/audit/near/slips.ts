/** One slip of the hand: two neighbours swapped, one sign taken for another, one left out. */
export type Slip = "swapped" | "differs" | "missing";

/** By which slip one text becomes the other; null when they are equal, or further apart than one slip. */
export function slipBetween(a: string, b: string): Slip | null {
  const gap = a.length - b.length;
  if (gap > 1 || gap < -1) return null;
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (gap === 1) return sameFrom(a, at + 1, b, at) ? "missing" : null;
  if (gap === -1) return sameFrom(b, at + 1, a, at) ? "missing" : null;
  if (at === a.length) return null;
  if (sameFrom(a, at + 1, b, at + 1)) return "differs";
  const crossed =
    a.charCodeAt(at) === b.charCodeAt(at + 1) && a.charCodeAt(at + 1) === b.charCodeAt(at);
  return crossed && sameFrom(a, at + 2, b, at + 2) ? "swapped" : null;
}

/** Whether the two texts end alike. Compared sign by sign, because this runs for millions of pairs. */
function sameFrom(a: string, fromA: number, b: string, fromB: number): boolean {
  if (a.length - fromA !== b.length - fromB) return false;
  for (let step = 0; fromA + step < a.length; step += 1) {
    if (a.charCodeAt(fromA + step) !== b.charCodeAt(fromB + step)) return false;
  }
  return true;
}

/** What happened, in words: "two digits are swapped". */
export function slipText(slip: Slip, sign: "letter" | "digit" | "sign"): string {
  switch (slip) {
    case "swapped":
      return `two ${sign}s are swapped`;
    case "differs":
      return `one ${sign} differs`;
    case "missing":
      return `one ${sign} is missing`;
  }
}
