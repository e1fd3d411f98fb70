import type { Refusal } from "./open-result.ts";

/*
 * The whole state as plain rows, of all workspaces or of one: what a backup is made of, and the way from one home to another.
 * A row is a JSON array in the order of its table's columns. `export.ts` and `import.ts` make a file of it.
 *
 * Two things stay behind. Sessions, because a browser signs in again. The tables of the queue, because they belong to a
 * library and hold nothing of their own: the service fills the queue from the requests that are open.
 */

export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

interface CopyContents {
  /** Name of the newest migration that the tables have. */
  readonly level: string;
  /** Those that have anything, in the order of their names; the empty text is the one without a name. */
  readonly workspaces: readonly string[];
  readonly tables: readonly CopiedTable[];
}

export interface CopySink {
  /** Called once, before any row. */
  begin(contents: CopyContents): Promise<void>;
  rows(table: CopiedTable, rows: readonly string[]): Promise<void>;
}

export interface RowBatch {
  readonly table: string;
  readonly columns: readonly string[];
  /** One array for each row. */
  readonly rows: readonly (readonly unknown[])[];
}

export interface StateCopy {
  /** Names of the migrations that this version knows, in their order. */
  readonly levels: readonly string[];
  /** Everything as it was at one moment, in batches. Without `workspace`: of all of them, with what belongs to none. */
  export(
    sink: CopySink,
    options: { readonly workspace?: string },
  ): Promise<{ readonly ok: true } | Refusal>;
  /**
   * Stores rows in one transaction: all or nothing. `batches` may be asked for more than once. Refused unless the state is
   * empty or, with `workspace`, has nothing of that one; then every batch must be of that workspace.
   */
  import(
    batches: () => AsyncIterable<RowBatch>,
    options: { readonly workspace?: string },
  ): Promise<{ readonly ok: true } | Refusal>;
}

/** As messages name it. */
export function workspaceText(name: string): string {
  return name === "" ? "the workspace without a name" : `the workspace ${name}`;
}
