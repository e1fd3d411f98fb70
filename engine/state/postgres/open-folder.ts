import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { overPGlite, sql } from "#drizzle";
import type { Clock } from "../../connector/connector.ts";
import { errnoOf } from "../errno.ts";
import { lockFolder, type ProcessInfo } from "../folder-lock.ts";
import { type OpenStateResult, type Refusal, refuse } from "../open-result.ts";
import { StateError } from "../state-error.ts";
import type { Home } from "./database.ts";
import { diskTrouble } from "./disk-space.ts";
import { type Dump, dumpPath, keepDump } from "./dump.ts";
import { startFolder } from "./empty-folder.ts";
import { DamagedError, explainOpening, explainStatement } from "./folder-trouble.ts";
import { endLeases } from "./leases.ts";
import { migrate } from "./migrate.ts";
import { postgresState } from "./postgres-state.ts";
import { folderQueue } from "./queue-folder.ts";

export interface FolderOptions {
  /** Absolute. */
  readonly folder: string;
  readonly clock: Clock;
  readonly process: ProcessInfo;
}

/** The version of PostgreSQL that PGlite is made of; a folder belongs to one. */
const postgresVersion = 18;

/** The write-ahead log is part of every dump, so it stays small; the usual limit is 1 GB. */
const startParams = [
  ...PGlite.defaultStartParams,
  ...["-c", "max_wal_size=64MB", "-c", "min_wal_size=32MB"],
];

export async function openFolder(options: FolderOptions): Promise<OpenStateResult> {
  const { folder } = options;
  let release = (): void => {};
  try {
    const lock = lockFolder(folder, options.process, options.clock.now());
    if (!lock.ok) return lock;
    release = lock.release;
    const full = diskTrouble(folder);
    const refusal = full === null ? makeReady(folder) : refuse("state-unwritable", full);
    const opened = refusal ?? (await openLocked(options, release));
    if (!opened.ok) release();
    return opened;
  } catch (error) {
    release();
    const refusal = explainOpening(folder, error);
    if (refusal === null) throw error;
    return refusal;
  }
}

/** Starts a new folder, or says what is wrong with the one that is there. */
function makeReady(folder: string): Refusal | null {
  const names = namesIn(folder);
  if (names.length === 0) {
    startFolder(folder);
    return null;
  }
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  if (!names.includes("PG_VERSION")) {
    return refuse(
      "state-foreign",
      `The folder ${folder} holds something else (${names[0]}, for one). Name a new or an empty folder as \`state\`.`,
    );
  }
  const version = readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
  if (version === String(postgresVersion)) return null;
  if (Number(version) > postgresVersion) {
    return refuse(
      "state-newer",
      `The state folder ${folder} was made by a newer version of syncctl (PostgreSQL ${version}; this one has ${postgresVersion}). Use that version; nothing was changed.`,
    );
  }
  return refuse(
    "state-foreign",
    `The folder ${folder} is a database of PostgreSQL ${version.slice(0, 10)} and cannot be used by this version of syncctl, which has ${postgresVersion}. Name a new or an empty folder as \`state\`.`,
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return [];
    throw error;
  }
}

async function openLocked(
  { folder, clock }: FolderOptions,
  release: () => void,
): Promise<OpenStateResult> {
  const client = await startPGlite(folder);
  try {
    const database = await overPGlite(client);
    const migration = await migrate(database);
    if (!migration.ok) {
      await client.close();
      return migration;
    }
    // The folder is ours alone, so that the lease of a run that was killed need not run out first.
    await endLeases(database);
    const dump = await keepDump(client, folder, clock);
    const beforeWrite = () => {
      const full = diskTrouble(folder);
      if (full !== null) throw new StateError("state-unwritable", full);
    };
    const home: Home = {
      database,
      now: () => sql`${clock.now().toISOString()}::timestamptz`,
      beforeWrite,
      explain: (error) => explainStatement(folder, error),
      // The run is stored. A dump that cannot be written is tried again, and told of, by close.
      afterRun: () => dump.refresh().catch(() => {}),
      pause: () => clock.sleep(0),
      queueDatabase: () => folderQueue(client, beforeWrite),
      close: closer(folder, client, dump, release),
    };
    return { ok: true, state: postgresState(home) };
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function startPGlite(folder: string): Promise<PGlite> {
  try {
    return await PGlite.create({ dataDir: folder, startParams });
  } catch (error) {
    throw new DamagedError(error instanceof Error ? error.message : String(error));
  }
}

/** May be called twice, as when a signal comes while a command is closing. */
function closer(
  folder: string,
  client: PGlite,
  dump: Dump,
  release: () => void,
): () => Promise<void> {
  let closed: Promise<void> | null = null;
  async function close(): Promise<void> {
    try {
      await dump.refresh();
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      throw new StateError(
        "state-unwritable",
        `The state is stored, but its dump ${dumpPath(folder)} could not be written: ${words}.`,
      );
    } finally {
      await client.close().finally(release);
    }
  }
  return () => {
    closed ??= close();
    return closed;
  };
}
