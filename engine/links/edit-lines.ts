import { compareEntries, entryKinds, type LinksEntry } from "./entry.ts";
import { entryLines } from "./entry-lines.ts";
import { type LinksEdits, placeKey } from "./links-edits.ts";
import type { EntryLines, Layout, SectionLines } from "./links-layout.ts";

/** Lines that take the place of others: `end` is the line behind the last that goes; equal to `start`, none goes. */
interface Patch {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** The text with the edits, every other line untouched. */
export function editLines({ lines, sections }: Layout, edits: LinksEdits): string {
  const added = (kind: LinksEntry["kind"]) =>
    (edits.add ?? []).filter((entry) => entry.kind === kind).sort(compareEntries);
  const missing = entryKinds.filter((kind) => !sections.some((section) => section.kind === kind));
  // New sections come last, because they go behind what is put at the end of an old one.
  return patched(lines, [
    ...sections.flatMap((section) => sectionPatches(section, added(section.kind), edits)),
    ...missing.flatMap((kind) => newSection(lines, kind, added(kind))),
  ]);
}

function sectionPatches(
  section: SectionLines,
  added: readonly LinksEntry[],
  { remove = [], replace = [] }: LinksEdits,
): readonly Patch[] {
  const removed = new Set(remove.map(placeKey));
  const replaced = new Map(replace.map(({ old, by }) => [placeKey(old), by]));
  const goes = section.entries.filter(({ entry }) => removed.has(placeKey(entry)));
  const whole = added.length === 0 && goes.length === section.entries.length;
  return [
    ...(whole ? [{ start: section.key, end: section.key + 1, lines: [] }] : []),
    ...goes.map(({ start, end }) => ({ start, end, lines: [] })),
    ...section.entries.flatMap(({ entry, first, end }) => {
      const by = replaced.get(placeKey(entry));
      return by ? [{ start: first, end, lines: indented(by, section.indent) }] : [];
    }),
    ...insertions(section, added),
  ];
}

/** Into their places where the entries stand in order, else at the end. */
function insertions(
  { entries, indent }: SectionLines,
  added: readonly LinksEntry[],
): readonly Patch[] {
  const ordered = entries.every((one, index) => {
    const next = entries[index + 1];
    return !next || compareEntries(one.entry, next.entry) <= 0;
  });
  let passed = ordered ? 0 : entries.length;
  return added.map((entry) => {
    while (passed < entries.length && isBefore(entries[passed], entry)) passed += 1;
    const at = passed === 0 ? entries[0]?.start : entries[passed - 1]?.end;
    return { start: at ?? 0, end: at ?? 0, lines: indented(entry, indent) };
  });
}

function isBefore(one: EntryLines | undefined, entry: LinksEntry): boolean {
  return one !== undefined && compareEntries(one.entry, entry) <= 0;
}

/** Behind everything that is there. */
function newSection(
  lines: readonly string[],
  kind: LinksEntry["kind"],
  added: readonly LinksEntry[],
): readonly Patch[] {
  if (added.length === 0) return [];
  const end = lines.findLastIndex((line) => line.trim() !== "") + 1;
  return [{ start: end, end, lines: [`${kind}:`, ...added.flatMap(entryLines)] }];
}

function indented(entry: LinksEntry, indent: number): readonly string[] {
  return entryLines(entry).map((line) => `${" ".repeat(indent)}${line.slice(2)}`);
}

function patched(unfinished: readonly string[], patches: readonly Patch[]): string {
  const ending = unfinished[0]?.endsWith("\r") ? "\r" : "";
  const last = unfinished.at(-1) ?? "";
  // The last line of a file ends too, even where its author has left that out.
  const lines = last === "" ? unfinished : [...unfinished.slice(0, -1), `${last}${ending}`, ""];
  const edited: string[] = [];
  let next = 0;
  // What is put before a line comes before what takes its place; otherwise the order is that in which they were made.
  for (const { start, end, lines: made } of patches.toSorted(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    for (; next < start; next += 1) edited.push(lines[next] ?? "");
    edited.push(...made.map((line) => `${line}${ending}`));
    next = Math.max(next, end);
  }
  edited.push(...lines.slice(next));
  return edited.join("\n");
}
