import { addressText } from "../value/address.ts";
import type { Value } from "../value/value.ts";
import { compareEntries, entryKinds, type LinksEntry } from "./entry.ts";

/*
 * Entries as syncctl writes them: one key a line, which people can read, git can merge, and `plain-form.ts` reads back
 * fast.
 */

/** The name of the schema that stands beside the links files. */
export const linksSchemaFile = "links.schema.json";

/** Texts that need no quotes, and that nobody could take for something else. */
const plainText = /^\p{L}(?:[\p{L}\p{N} .,;!?()/&+=@%_'-]*[\p{L}\p{N}.!?)'])?$/u;
const plainAddress = /^[A-Za-z][\w./@+=-]*$/;
const reserved = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** Characters that JSON leaves as they are, and that a file of ours may not hold or that nobody sees. */
const unseen = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** The lines of an entry, without their ends. */
export function entryLines(entry: LinksEntry): readonly string[] {
  const { kind, records, name, why, by, on, rule, baseline } = entry;
  const addresses = records.map((record) => addressWord(addressText(record)));
  const texts = Object.entries({ rule, name, why, by, on }).flatMap(([key, text]) =>
    text === undefined ? [] : [`    ${key}: ${textWord(text)}`],
  );
  return [
    kind === "ignore" ? `  - record: ${addresses.join()}` : `  - pair: [${addresses.join(", ")}]`,
    ...texts,
    ...baselineLines(baseline),
  ];
}

/** A whole file. Nothing but its head when there are no entries. */
export function linksFileText(mapping: string, entries: readonly LinksEntry[]): string {
  const sections = entryKinds.flatMap((kind) => {
    const own = entries.filter((entry) => entry.kind === kind).sort(compareEntries);
    return own.length === 0 ? [] : [`${kind}:`, ...own.flatMap(entryLines)];
  });
  return [
    `# yaml-language-server: $schema=./${linksSchemaFile}`,
    `# What people have decided about the records of the mapping ${mapping}.`,
    "version: 1",
    `mapping: ${mapping}`,
    ...sections,
    "",
  ].join("\n");
}

function baselineLines(baseline: LinksEntry["baseline"]): readonly string[] {
  if (!baseline) return [];
  const fields = Object.entries(baseline).sort(([a], [b]) => (a < b ? -1 : 1));
  // Nothing agreed upon is what an entry without a baseline says too.
  if (fields.length === 0) return [];
  const lines = fields.map(([field, value]) => `      ${fieldWord(field)}: ${valueWord(value)}`);
  return ["    baseline:", ...lines];
}

function fieldWord(field: string): string {
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(field) && !reserved.test(field) ? field : quoted(field);
}

function addressWord(text: string): string {
  return plainAddress.test(text) ? text : quoted(text);
}

function textWord(text: string): string {
  const plain = (plainText.test(text) && !reserved.test(text)) || day.test(text);
  return plain ? text : quoted(text);
}

function valueWord(value: Value): string {
  return typeof value === "string" ? textWord(value) : jsonText(value);
}

/** JSON is YAML: what stands in double quotes means the same in both. */
function quoted(text: string): string {
  return jsonText(text);
}

function jsonText(value: Value): string {
  return JSON.stringify(value).replace(
    unseen,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
