import type { Place } from "../config/place.ts";
import { addressText, type RecordAddress } from "../value/address.ts";
import { canonicalJson } from "../value/canonical-json.ts";
import type { Fields } from "../value/value.ts";
import type { LinkDecision } from "./decision.ts";

/** One entry of a links file, as it is written: the pair in its order, and the rule only if it is named. */
export interface LinksEntry {
  readonly kind: LinkDecision["kind"];
  /** Two for `link` and `apart`, one for `ignore`. */
  readonly records: readonly [RecordAddress, ...RecordAddress[]];
  readonly name?: string;
  readonly why?: string;
  readonly by?: string;
  /** A day: `2026-11-21`. */
  readonly on?: string;
  readonly rule?: string;
  readonly baseline?: Fields;
}

export interface PlacedEntry extends LinksEntry {
  /** Where the entry begins, behind its dash. */
  readonly at: Place;
}

export interface LinksFile {
  /** Path from the folder of the project. */
  readonly file: string;
  /** Empty when the file does not say. */
  readonly mapping: string;
  readonly mappingAt: Place;
  readonly entries: readonly PlacedEntry[];
}

/** Kinds in the order in which a file has them. */
export const entryKinds: readonly LinksEntry["kind"][] = ["link", "apart", "ignore"];

/** The addresses of an entry, for messages: `a = b`, or `a`. */
export function recordsText({ records }: Pick<LinksEntry, "records">): string {
  return records.map(addressText).join(" = ");
}

/** The order in which syncctl writes entries. */
export function compareEntries(one: LinksEntry, other: LinksEntry): number {
  const [a, b] = [sortKey(one), sortKey(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function sortKey({ records, rule }: LinksEntry): string {
  return [...records.map(addressText), rule ?? ""].join("\n");
}

/** Two entries with equal text say the same, to the letter. An empty baseline is as good as none. */
export function entryText(entry: LinksEntry): string {
  const { kind, records, name, why, by, on, rule, baseline = {} } = entry;
  const agreed = Object.keys(baseline).length > 0 ? canonicalJson(baseline) : null;
  return JSON.stringify([kind, records.map(addressText), name, why, by, on, rule, agreed]);
}
