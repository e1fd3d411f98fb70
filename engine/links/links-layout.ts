import { entryKinds, type LinksEntry, type PlacedEntry } from "./entry.ts";

/*
 * Which lines of a links file belong to what, so that an edit touches no other line. Line numbers count from 0 here; an
 * end is the number of the line behind the last.
 */

export interface EntryLines {
  readonly entry: PlacedEntry;
  /** The first line, comments right above included. */
  readonly start: number;
  /** The line of the dash. */
  readonly first: number;
  readonly end: number;
}

export interface SectionLines {
  readonly kind: LinksEntry["kind"];
  /** The line of `link:`, `apart:` or `ignore:`. */
  readonly key: number;
  /** Spaces before the dashes. */
  readonly indent: number;
  /** In the order of the file. */
  readonly entries: readonly EntryLines[];
}

export interface Layout {
  /** The lines of the text, each without its line feed. */
  readonly lines: readonly string[];
  readonly sections: readonly SectionLines[];
}

/** Null where a list or the file itself stands in brackets, or where a section is written in another unusual way. */
export function layoutOf(text: string, entries: readonly PlacedEntry[]): Layout | null {
  const lines = text.split("\n");
  if (!lines.some((line) => line.startsWith("mapping:"))) return null;
  if (lines.some((line) => /^\.\.\.\s*$/.test(line))) return null;
  const sections: SectionLines[] = [];
  for (const kind of entryKinds) {
    const own = entries.filter((entry) => entry.kind === kind);
    const key = lines.findIndex((line) => new RegExp(`^["']?${kind}["']?\\s*:`).test(line));
    if (key === -1 && own.length === 0) continue;
    if (!/^[a-z]+:\s*(?:#.*)?$/.test(lines[key] ?? "") || own.length === 0) return null;
    const section = sectionLines(lines, { kind, key, own });
    if (!section) return null;
    sections.push(section);
  }
  return { lines, sections };
}

function sectionLines(
  lines: readonly string[],
  { kind, key, own }: { kind: LinksEntry["kind"]; key: number; own: readonly PlacedEntry[] },
): SectionLines | null {
  const dashes = own.map(({ at }) =>
    /^( *)- +$/.exec(lines[at.line - 1]?.slice(0, at.column - 1) ?? ""),
  );
  const indent = dashes[0]?.[1]?.length;
  if (indent === undefined || dashes.some((dash) => dash?.[1]?.length !== indent)) return null;
  const entries: EntryLines[] = [];
  let before = key + 1;
  for (const entry of own) {
    const first = entry.at.line - 1;
    const end = endOf(lines, first, indent);
    entries.push({ entry, start: startOf(lines, first, before), first, end });
    before = end;
  }
  return { kind, key, indent, entries };
}

/** Comments right above an entry are about it. */
function startOf(lines: readonly string[], first: number, before: number): number {
  let start = first;
  while (start > before && /^\s*#/.test(lines[start - 1] ?? "")) start -= 1;
  return start;
}

/**
 * What is indented further than the dash belongs to the entry. A comment as well: within a text of several lines it is
 * part of the text.
 */
function endOf(lines: readonly string[], first: number, indent: number): number {
  const deeper = " ".repeat(indent + 1);
  let end = first + 1;
  for (let line = end; line < lines.length; line += 1) {
    const written = lines[line] ?? "";
    if (written.startsWith(deeper) && written.trim() !== "") end = line + 1;
    else if (!/^\s*(?:#.*)?$/.test(written)) break;
  }
  return end;
}
