/**
 * A place in a file that a person edits. Line and column count from 1; the path is relative to the project. Columns
 * count UTF-16 units, as editors and language servers do: an emoji is two.
 */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `file:line:column`, which editors and terminals turn into a link. */
export function placeText(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}
