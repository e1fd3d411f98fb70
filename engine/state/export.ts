import { createHash, type Hash } from "node:crypto";
import type { Refusal } from "./open-result.ts";
import type { CopiedTable, StateCopy } from "./state-copy.ts";

/*
 * A copy of the state as lines of text: the form is the same wherever the state is kept.
 *
 *     {"format":"syncctl-state","version":1,"syncctl":"…","level":"…","exportedAt":"…","workspaces":[…],"rows":{"links":2}}
 *     {"table":"links","columns":["mapping","rule",…]}
 *     ["people","users",…]
 *     ["people","users",…]
 *     {"end":true,"rows":2,"sha256":"…"}
 *
 * The last line tells a copy that is whole from one that was cut off, and its digest is taken over all lines before it.
 */

export const copyFormat = "syncctl-state";
export const copyVersion = 1;

export interface CopyHeader {
  readonly format: typeof copyFormat;
  readonly version: number;
  /** The version of syncctl that wrote it. */
  readonly syncctl: string;
  /** Name of the newest migration of the state that it was taken from. */
  readonly level: string;
  readonly exportedAt: string;
  /** Absent: a copy of everything. */
  readonly workspace?: string;
  /** Those that have anything. */
  readonly workspaces: readonly string[];
  /** By table. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface CopyEnd {
  readonly end: true;
  readonly rows: number;
  readonly sha256: string;
}

export interface ExportOptions {
  /** Only what belongs to this one. */
  readonly workspace?: string;
  readonly syncctl: string;
  readonly now: Date;
  /** Takes text, whole lines of it, and resolves when there may be more. */
  write(text: string): Promise<void>;
  /** Called after each batch. */
  progress?(done: number, of: number): void;
}

export type ExportResult = { readonly ok: true; readonly header: CopyHeader } | Refusal;

/** Writes the state as lines, in one consistent read. What `write` throws ends it. */
export async function exportState(copy: StateCopy, options: ExportOptions): Promise<ExportResult> {
  const { workspace, write } = options;
  const hash = createHash("sha256");
  let header: CopyHeader | undefined;
  let table: CopiedTable | undefined;
  let done = 0;
  let of = 0;
  async function send(lines: readonly string[]): Promise<void> {
    await write(hashed(hash, lines));
  }
  const exported = await copy.export(
    {
      begin: async ({ level, workspaces, tables }) => {
        of = tables.reduce((sum, { rows }) => sum + rows, 0);
        header = {
          format: copyFormat,
          version: copyVersion,
          syncctl: options.syncctl,
          level,
          exportedAt: options.now.toISOString(),
          ...(workspace === undefined ? {} : { workspace }),
          workspaces,
          rows: Object.fromEntries(tables.map(({ name, rows }) => [name, rows])),
        };
        await send([JSON.stringify(header)]);
      },
      rows: async (next, rows) => {
        const head = JSON.stringify({ table: next.name, columns: next.columns });
        await send(next === table ? rows : [head, ...rows]);
        table = next;
        done += rows.length;
        options.progress?.(done, of);
      },
    },
    workspace === undefined ? {} : { workspace },
  );
  if (!exported.ok) return exported;
  if (header === undefined) throw new Error("A copy was made that never began.");
  const end: CopyEnd = { end: true, rows: done, sha256: hash.digest("hex") };
  await write(`${JSON.stringify(end)}\n`);
  return { ok: true, header };
}

function hashed(hash: Hash, lines: readonly string[]): string {
  const text = lines.map((line) => `${line}\n`).join("");
  hash.update(text, "utf8");
  return text;
}
