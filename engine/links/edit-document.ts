import { type Document, isSeq, parseDocument } from "yaml";
import { addressText } from "../value/address.ts";
import { entryKinds, type LinksEntry, type PlacedEntry } from "./entry.ts";
import { type LinksEdits, placeKey } from "./links-edits.ts";

/**
 * The text with the edits, for a file whose lists stand in brackets. Comments stay with what they are about; spaces may
 * change. Entries that are added come last.
 */
export function editDocument(
  text: string,
  entries: readonly PlacedEntry[],
  edits: LinksEdits,
): string {
  const document = parseDocument(text, { stringKeys: true });
  for (const kind of entryKinds) {
    const own = entries.filter((entry) => entry.kind === kind);
    editSection(document, kind, own, edits);
    const added = (edits.add ?? []).filter((entry) => entry.kind === kind);
    for (const entry of added) addEntry(document, entry);
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function editSection(
  document: Document,
  kind: LinksEntry["kind"],
  own: readonly PlacedEntry[],
  { remove = [], replace = [] }: LinksEdits,
): void {
  const removed = new Set(remove.map(placeKey));
  const replaced = new Map(replace.map(({ old, by }) => [placeKey(old), by]));
  // From the end, so that the numbers of those that are still to come stay.
  for (const [index, entry] of [...own.entries()].reverse()) {
    const by = replaced.get(placeKey(entry));
    if (by) document.setIn([kind, index], document.createNode(plain(by)));
    if (removed.has(placeKey(entry))) document.deleteIn([kind, index]);
  }
  const list = document.get(kind, true);
  if (isSeq(list) && list.items.length === 0) document.delete(kind);
}

function addEntry(document: Document, entry: LinksEntry): void {
  const list = document.get(entry.kind, true);
  if (isSeq(list)) list.add(document.createNode(plain(entry)));
  else document.set(entry.kind, document.createNode([plain(entry)]));
}

function plain({ kind, records, rule, name, why, by, on, baseline }: LinksEntry): object {
  const addresses = records.map(addressText);
  const who = kind === "ignore" ? { record: addresses[0] } : { pair: addresses };
  const told = Object.entries({ rule, name, why, by, on, baseline });
  return { ...who, ...Object.fromEntries(told.filter(([, value]) => value !== undefined)) };
}
