import type { LinksEntry, PlacedEntry } from "./entry.ts";

/** What becomes of the entries of one links file. */
export interface LinksEdits {
  readonly add?: readonly LinksEntry[];
  readonly remove?: readonly PlacedEntry[];
  /** An entry keeps its place and the comments above it. */
  readonly replace?: readonly { readonly old: PlacedEntry; readonly by: LinksEntry }[];
}

/** No two entries of a file begin at one place. */
export function placeKey({ at }: PlacedEntry): string {
  return `${at.line}:${at.column}`;
}
