/*
 * 32 bits for a text, as keys of the search. Two texts with one number make the search look at a pair for nothing; no
 * pair is missed by it, and nothing is decided by the number.
 */

const start = 0x811c9dc5;
const prime = 0x01000193;

/** Of a text, or of a text without the sign at one place. */
export function hashText(text: string, without = -1): number {
  let hash = start;
  for (let at = 0; at < text.length; at += 1) {
    if (at !== without) hash = Math.imul(hash ^ text.charCodeAt(at), prime);
  }
  return hash >>> 0;
}

/** Of two numbers in this order. */
export function hashPair(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b);
  hash = Math.imul((hash ^ (hash >>> 13)) + b, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
