/** A range of times, as filters have it. Milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Both ends must be there (observed). */
export function parseSpan(text: string): Span | null {
  const [from = Number.NaN, to = Number.NaN, ...more] = text.split("...").map(Date.parse);
  return Number.isNaN(from + to) || more.length > 0 ? null : { from, to };
}

/** Both ends belong to it (assumed). */
export function isWithin(time: number, { from, to }: Span): boolean {
  return time >= from && time <= to;
}
