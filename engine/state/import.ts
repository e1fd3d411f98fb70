import { checkCopy, parsed } from "./check-copy.ts";
import type { CopyHeader } from "./export.ts";
import { type Refusal, refuse } from "./open-result.ts";
import { requireWorkspaceName } from "./state.ts";
import { type RowBatch, type StateCopy, workspaceText } from "./state-copy.ts";

export interface ImportOptions {
  /** Begins to read the lines of a copy; asked for more than once. */
  lines(): AsyncIterable<string>;
  /** Brings in only this one of the copy. */
  readonly workspace?: string;
  /** The name that it has from now on. */
  readonly as?: string;
  /** Called after each batch. */
  progress?(done: number, of: number): void;
}

export type ImportResult =
  | {
      readonly ok: true;
      readonly header: CopyHeader;
      /** Under the names that they have now. */
      readonly workspaces: readonly string[];
      /** Rows that were stored, by table. */
      readonly rows: Readonly<Record<string, number>>;
    }
  | Refusal;

/** Brings a copy in, all of it or nothing. It is read through once before anything is stored. */
export async function importState(copy: StateCopy, options: ImportOptions): Promise<ImportResult> {
  const checked = await checkCopy(options.lines(), copy.levels);
  if (!checked.ok) return checked;
  const { header } = checked;
  const which = chosen(header, options);
  if (!which.ok) return which;
  const { from, to } = which;
  const rows: Record<string, number> = {};
  const of = Object.values(header.rows).reduce((sum, each) => sum + each, 0);

  async function* batches(): AsyncGenerator<RowBatch> {
    let done = 0;
    for (const table of Object.keys(rows)) delete rows[table];
    for await (const batch of rowsOf(options.lines())) {
      done += batch.rows.length;
      const taken = from === undefined ? batch : ofWorkspace(batch, from, to ?? from);
      if (taken.rows.length > 0) {
        yield taken;
        rows[taken.table] = (rows[taken.table] ?? 0) + taken.rows.length;
      }
      options.progress?.(done, of);
    }
  }

  const stored = await copy.import(batches, to === undefined ? {} : { workspace: to });
  const workspaces = to === undefined ? header.workspaces : [to];
  return stored.ok ? { ok: true, header, workspaces, rows } : stored;
}

type Chosen =
  /** Without names: everything. */
  { readonly ok: true; readonly from?: string; readonly to?: string } | Refusal;

function chosen(header: CopyHeader, { workspace, as }: ImportOptions): Chosen {
  const names = header.workspaces.map((name) => (name === "" ? "-" : name)).join(", ");
  if (workspace !== undefined && !header.workspaces.includes(workspace)) {
    const message = `The file holds nothing of ${workspaceText(workspace)}; it holds: ${names || "nothing"}.`;
    return refuse("state-workspace-empty", message);
  }
  // A copy of one workspace is no copy of the whole: it goes beside what others have.
  const from = workspace ?? header.workspace;
  if (from !== undefined) return { ok: true, from, to: requireWorkspaceName(as ?? from) };
  if (as === undefined) return { ok: true };
  const [only, ...others] = header.workspaces;
  if (only !== undefined && others.length === 0) {
    return { ok: true, from: only, to: requireWorkspaceName(as) };
  }
  const message = `The file holds several workspaces (${names}). Say which one with \`--workspace\`.`;
  return refuse("state-workspace-unclear", message);
}

/** The rows of one workspace, under its new name. What belongs to none stays behind. */
function ofWorkspace(batch: RowBatch, from: string, to: string): RowBatch {
  const place = batch.columns.indexOf("workspace");
  const rows = batch.rows
    .filter((row) => place >= 0 && row[place] === from)
    .map((row) => (from === to ? row : row.with(place, to)));
  return { ...batch, rows };
}

/** Rows stored at a time, and the length of their text, which plans can make long. */
const batchRowsMax = 1_000;
const batchCharactersMax = 8 * 1024 * 1024;

/** Of a copy that was checked. */
async function* rowsOf(lines: AsyncIterable<string>): AsyncGenerator<RowBatch> {
  let table: Omit<RowBatch, "rows"> | undefined;
  let rows: unknown[][] = [];
  let characters = 0;
  for await (const line of lines) {
    const isRow = line.startsWith("[");
    const isFull = rows.length === batchRowsMax || characters > batchCharactersMax;
    if (table && rows.length > 0 && (!isRow || isFull)) {
      yield { ...table, rows };
      rows = [];
      characters = 0;
    }
    if (isRow) {
      rows.push(JSON.parse(line));
      characters += line.length;
    } else {
      table = tableOf(line) ?? table;
    }
  }
}

function tableOf(line: string): Omit<RowBatch, "rows"> | undefined {
  const told = parsed(line);
  if (typeof told?.["table"] !== "string" || !Array.isArray(told["columns"])) return undefined;
  return { table: told["table"], columns: told["columns"].map(String) };
}
