import type { WantedPair } from "../../engine/links/check-pairs.ts";
import { parseAddress } from "../../engine/value/address.ts";
import { trouble } from "../plan-options.ts";
import { listed } from "../render/words.ts";
import type { Trouble } from "../trouble.ts";
import { type CsvRow, readCsv } from "./csv.ts";

const columns = ["source", "target", "rule", "why", "by"] as const;
type Column = (typeof columns)[number];

/** The pairs of a CSV text with a line of names above them: `source,target`, and perhaps `rule`, `why` and `by`. */
export function pairsOfCsv(text: string, file: string): readonly WantedPair[] | Trouble {
  const read = readCsv(text);
  if (!read.ok) return unreadable(`${file}:${read.line}: ${read.why}`);
  const [head, ...rows] = read.rows;
  if (!head) return unreadable(`${file} is empty.`);
  const names = head.cells.map((cell) => cell.trim().toLowerCase());
  const unknown = names.find((name) => !columns.some((column) => column === name));
  if (unknown !== undefined) {
    return unreadable(`${file}:1: "${unknown}" is not one of ${listed(columns)}.`);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const missing = columns.slice(0, 2).find((column) => !names.includes(column));
  if (twice !== undefined) return unreadable(`${file}:1: ${twice} stands there twice.`);
  if (missing !== undefined) return unreadable(`${file}:1: there is no column ${missing}.`);
  const pairs: WantedPair[] = [];
  for (const row of rows) {
    const pair = pairOf(row, names, file);
    if ("code" in pair) return pair;
    pairs.push(pair);
  }
  return pairs;
}

function pairOf(
  { line, cells }: CsvRow,
  names: readonly string[],
  file: string,
): WantedPair | Trouble {
  if (cells.length !== names.length) {
    const message = `${file}:${line} has ${cells.length} cells, and the first line ${names.length}.`;
    return unreadable(message);
  }
  const cell = (column: Column): string => cells[names.indexOf(column)] ?? "";
  const [source, target] = [cell("source"), cell("target")].map((text) => parseAddress(text));
  if (!source || !target) {
    const text = source ? cell("target") : cell("source");
    const message = `${file}:${line}: "${text}" is not the address of a record.`;
    return trouble("address-unreadable", message);
  }
  const told = (["rule", "why", "by"] as const).flatMap((column) =>
    names.includes(column) && cell(column) !== "" ? [[column, cell(column)]] : [],
  );
  return { records: [source, target], ...Object.fromEntries(told), at: { file, line, column: 1 } };
}

function unreadable(message: string): Trouble {
  return trouble("csv-unreadable", message);
}
