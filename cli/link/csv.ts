/*
 * A small strict reader of CSV (RFC 4180): cells in quotes may hold the separator, quotes written twice, and line
 * breaks. Spreadsheets of some countries separate by semicolons; the first line tells.
 */

export interface CsvRow {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type CsvResult =
  | { readonly ok: true; readonly rows: readonly CsvRow[] }
  | { readonly ok: false; readonly line: number; readonly why: string };

/** The rows of a text; empty lines are passed over. */
export function readCsv(text: string): CsvResult {
  const plain = text.replace(/^\ufeff/, "");
  const head = plain.split(/\r?\n/, 1)[0] ?? "";
  const separator = head.includes(";") && !head.includes(",") ? ";" : ",";
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let [line, rowLine] = [1, 1];
  for (let at = 0; at < plain.length; ) {
    const cell = cellAt(plain, at, separator);
    if ("why" in cell) return { ok: false, line, why: cell.why };
    cells.push(cell.text);
    line += cell.lines;
    at = cell.end;
    if (plain[at] === separator && at < plain.length) {
      at += 1;
      if (at < plain.length) continue;
      cells.push("");
    } else {
      at += plain[at] === "\r" ? 2 : 1;
    }
    if (cells.length > 1 || cells[0] !== "") rows.push({ line: rowLine, cells });
    cells = [];
    line += 1;
    rowLine = line;
  }
  return { ok: true, rows };
}

type Cell =
  /** `end`: of the separator or the line break behind it. `lines`: breaks within it. */
  | { readonly text: string; readonly end: number; readonly lines: number }
  | { readonly why: string };

function cellAt(text: string, start: number, separator: string): Cell {
  if (text[start] !== '"') {
    let end = start;
    while (end < text.length && !isEnd(text, end, separator)) end += 1;
    const cell = text.slice(start, end);
    return cell.includes('"')
      ? { why: "A quote stands within a text that does not begin with one." }
      : { text: cell.trim(), end, lines: 0 };
  }
  let cell = "";
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== '"') cell += text[at];
    else if (text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (at + 1 === text.length || isEnd(text, at + 1, separator)) {
      return { text: cell, end: at + 1, lines: cell.split("\n").length - 1 };
    } else return { why: "Behind a closing quote stands something else than a separator." };
  }
  return { why: "A quote is never closed." };
}

function isEnd(text: string, at: number, separator: string): boolean {
  return text[at] === separator || text[at] === "\n" || text.startsWith("\r\n", at);
}
