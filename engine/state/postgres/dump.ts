import { existsSync, renameSync, statSync, utimesSync, writeFileSync } from "node:fs";
import type { PGlite } from "@electric-sql/pglite";
import type { Clock } from "../../connector/connector.ts";
import { diskTrouble } from "./disk-space.ts";

/*
 * PGlite never asks the disk to make its writes durable: a process that dies loses nothing, a power cut can lose the
 * folder. So a dump of it lies beside it: a tar file of the folder, compressed, and the one before it.
 */

/** A dump takes about a second; a series of commands shall not pay for it each time. */
const dumpAgeMinMs = 10 * 60_000;

export interface Dump {
  /** Makes a new one when something was stored since the last one and the last one is old enough. */
  refresh(): Promise<void>;
}

export function dumpPath(folder: string): string {
  return `${folder}.dump.tar.gz`;
}

export async function keepDump(client: PGlite, folder: string, clock: Clock): Promise<Dump> {
  let dumped = await nextTransaction(client);

  return {
    refresh: async () => {
      if ((await nextTransaction(client)) === dumped) return;
      if (!isDue(dumpPath(folder), clock.now())) return;
      const full = diskTrouble(folder);
      if (full !== null) throw new Error(full);
      // PGlite has nobody who clears away old versions of rows in the background.
      await client.exec("vacuum (analyze)");
      const next = await nextTransaction(client);
      const dump = await client.dumpDataDir("gzip");
      store(dumpPath(folder), new Uint8Array(await dump.arrayBuffer()), clock.now());
      dumped = next;
    },
  };
}

/** Moves on with every transaction that writes, and with no other. */
async function nextTransaction(client: PGlite): Promise<string> {
  const result = await client.query<{ next: string }>(
    "select pg_snapshot_xmax(pg_current_snapshot())::text as next",
  );
  return result.rows[0]?.next ?? "";
}

function isDue(path: string, now: Date): boolean {
  return !existsSync(path) || now.getTime() - statSync(path).mtimeMs >= dumpAgeMinMs;
}

/** Whenever the power fails, there is a whole dump under one of the names. */
function store(path: string, bytes: Uint8Array, at: Date): void {
  const draft = `${path}.new`;
  writeFileSync(draft, bytes, { flush: true, mode: 0o600 });
  utimesSync(draft, at, at);
  if (existsSync(path)) renameSync(path, path.replace(/\.tar\.gz$/, ".previous.tar.gz"));
  renameSync(draft, path);
}
