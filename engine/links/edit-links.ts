import { editDocument } from "./edit-document.ts";
import { editLines } from "./edit-lines.ts";
import { entryText, type PlacedEntry } from "./entry.ts";
import { type LinksEdits, placeKey } from "./links-edits.ts";
import { layoutOf } from "./links-layout.ts";
import { parseLinks } from "./read-links-file.ts";

/**
 * The text of a links file with these edits. Every other line stays as it is, with its comments; comments right above
 * an entry go with it. Only in a file whose lists stand in brackets, spaces may change elsewhere.
 *
 * `file` is its name; the text must be that of a file without errors.
 */
export function editLinks(text: string, file: string, edits: LinksEdits): string {
  const entries = entriesOf(text, file);
  const layout = layoutOf(text, entries);
  const edited = layout ? editLines(layout, edits) : editDocument(text, entries, edits);
  verify(entriesOf(edited, file), entries, edits);
  return edited;
}

function entriesOf(text: string, file: string): readonly PlacedEntry[] {
  const { links, diagnostics } = parseLinks(text, file);
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (!links || error) throw new Error(`no links file without errors: ${error?.message}`);
  return links.entries;
}

/** What a person has decided must not be lost by an edit: the file is read again, and has to say what was meant. */
function verify(
  found: readonly PlacedEntry[],
  before: readonly PlacedEntry[],
  { add = [], remove = [], replace = [] }: LinksEdits,
): void {
  const gone = new Set([...remove, ...replace.map(({ old }) => old)].map(placeKey));
  const meant = [
    ...before.filter((entry) => !gone.has(placeKey(entry))),
    ...replace.map(({ by }) => by),
    ...add,
  ];
  const [is, should] = [found, meant].map((entries) => entries.map(entryText).sort().join("\n"));
  if (is !== should) throw new Error("the edited links file would not say what was meant");
}
