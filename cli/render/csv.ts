import { visible } from "./visible.ts";

/** One line by RFC 4180: quoted where needed, ended with CR LF. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/**
 * Spreadsheets run a cell that begins like a formula, and names come from outside systems: such a cell gets an
 * apostrophe in front, which spreadsheets take as "this is text".
 */
function csvCell(text: string): string {
  const plain = visible(text);
  const harmless = /^\s*[=+\-@＝＋－＠]/.test(plain) || /^[\t\r]/.test(text) ? `'${plain}` : plain;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
