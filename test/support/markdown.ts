import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./source-tree.ts";

/* What the tests of the documentation look at: headings, tables, fenced blocks and links of a page. */

interface Heading {
  readonly level: number;
  readonly title: string;
  /** As GitHub makes it for links within a page. */
  readonly anchor: string;
}

export interface Table {
  /** The heading above it. */
  readonly title: string;
  readonly columns: readonly string[];
  /** By column. */
  readonly rows: readonly Readonly<Record<string, string>>[];
}

export interface Fence {
  readonly language: string;
  readonly text: string;
  /** The comment on the line above it, without its signs; empty when there is none. */
  readonly note: string;
  /** Counts from 1. */
  readonly line: number;
}

export interface Page {
  readonly path: string;
  readonly text: string;
  readonly headings: readonly Heading[];
  readonly tables: readonly Table[];
  /** Fenced blocks, and notes that stand alone, in their order. */
  readonly fences: readonly Fence[];
  /** Targets of links, as written. */
  readonly links: readonly string[];
}

export function readPage(path: string): Page {
  const text = readFileSync(join(root, path), "utf8");
  const fences: Fence[] = [];
  const headings: Heading[] = [];
  const tables: MutableTable[] = [];
  const prose: string[] = [];
  let note = "";
  let open: { language: string; lines: string[]; line: number } | null = null;
  let table: MutableTable | null = null;
  for (const [index, line] of text.split("\n").entries()) {
    if (open) {
      if (line.trim() !== "```") open.lines.push(line);
      else {
        const { language, lines, line: at } = open;
        fences.push({ language, text: `${lines.join("\n")}\n`, note, line: at });
        [open, note] = [null, ""];
      }
      continue;
    }
    const fence = /^\s*```(\w*)$/.exec(line);
    if (fence) open = { language: fence[1] ?? "", lines: [], line: index + 1 };
    const comment = /^<!--\s*(.*?)\s*-->$/.exec(line);
    if (comment) note = comment[1] ?? "";
    const heading = /^(#+) (.*)$/.exec(line);
    if (heading) {
      const [, signs = "", title = ""] = heading;
      headings.push({ level: signs.length, title, anchor: anchorOf(title) });
    }
    table = nextTable(line, table, headings.at(-1)?.title ?? "", tables);
    prose.push(line);
  }
  const links = [...prose.join("\n").matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return { path, text, headings, tables, fences, links };
}

type MutableTable = { title: string; columns: string[]; rows: Record<string, string>[] };

function nextTable(
  line: string,
  table: MutableTable | null,
  title: string,
  tables: MutableTable[],
): MutableTable | null {
  if (!line.startsWith("|")) return null;
  const cells = cellsOf(line);
  if (table === null) {
    const begun: MutableTable = { title, columns: cells, rows: [] };
    tables.push(begun);
    return begun;
  }
  if (cells.every((cell) => /^-+$/.test(cell))) return table;
  table.rows.push(
    Object.fromEntries(table.columns.map((column, index) => [column, cells[index] ?? ""])),
  );
  return table;
}

/** A bar inside a cell has a backslash before it. */
function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|\s*$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

/** What stands between backticks in a cell. */
export function coded(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
}

/** The one text between backticks that a cell is made of. */
export function code(cell: string): string {
  const [only = "", ...others] = coded(cell);
  if (others.length > 0 || cell !== `\`${only}\``)
    throw new Error(`not one piece of code: ${cell}`);
  return only;
}

/** The tables that have these columns first. */
export function tablesWith(page: Page, ...columns: readonly string[]): readonly Table[] {
  return page.tables.filter((table) =>
    columns.every((column, index) => table.columns[index] === column),
  );
}
