import { accessSync, constants, readdirSync, readFileSync, statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { overPGlite, sql } from "#drizzle";
import type { Clock } from "../../connector/connector.ts";
import { errnoOf } from "../errno.ts";
import { lockFolder, type ProcessInfo } from "../folder-lock.ts";
import { type OpenResult, type Refusal, refuse } from "../open-result.ts";
import { StateError } from "../state-error.ts";
import { type DriverError, driverError, type Home } from "./database.ts";
import { type Dump, dumpPath, keepDump } from "./dump.ts";
import { startFolder } from "./empty-folder.ts";
import { migrate } from "./migrate.ts";
import { postgresStore } from "./postgres-store.ts";

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

/** With less than this free, whatever went wrong, the disk is what must be seen to first. */
const freeBytesMin = 1024 * 1024;

export async function openFolder(options: FolderOptions): Promise<OpenResult> {
  const { folder } = options;
  let release = (): void => {};
  try {
    const lock = lockFolder(folder, options.process, options.clock.now());
    if (!lock.ok) return lock;
    release = lock.release;
    const opened = makeReady(folder) ?? (await openLocked(options, release));
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
): Promise<OpenResult> {
  const client = await startPGlite(folder);
  try {
    const database = await overPGlite(client);
    const migration = await migrate(database);
    if (!migration.ok) {
      await client.close();
      return migration;
    }
    const dump = await keepDump(client, folder, clock);
    const home: Home = {
      database,
      now: () => sql`${clock.now().toISOString()}::timestamptz`,
      explain: (error) => explain(folder, error),
      // The run is stored. A dump that cannot be written is tried again, and told of, by close.
      afterRun: () => dump.refresh().catch(() => {}),
      close: closer(folder, client, dump, release),
    };
    return { ok: true, store: postgresStore(home) };
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** PGlite says no more of a folder that it cannot read than that it failed. */
class DamagedError extends Error {}

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
      await client.close();
      release();
    }
  }
  return () => {
    closed ??= close();
    return closed;
  };
}

function explain(folder: string, error: DriverError): Error {
  if (error.code === "53100" || diskIsFull(folder)) {
    return new StateError("state-unwritable", `The disk of the state folder ${folder} is full.`);
  }
  return new Error(`The state store failed (${error.code}): ${error.message}`);
}

/** Null when it is a mistake of our own. */
function explainOpening(folder: string, error: unknown): Refusal | null {
  const words = error instanceof Error ? error.message : String(error);
  const errno = errnoOf(error);
  if (errno === "ENOSPC" || errno === "EDQUOT" || diskIsFull(folder)) {
    return refuse(
      "state-unwritable",
      `The disk of the state folder ${folder} is full. Make room, or name another folder.`,
    );
  }
  if (["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "EXDEV", "EBUSY"].includes(errno)) {
    return refuse(
      "state-unwritable",
      `The state folder ${folder} cannot be written (${words}). syncctl writes in the folder and beside it, for its lock and its dump: give the user who runs syncctl the right to both, and where a volume is mounted name a folder inside the volume.`,
    );
  }
  if (!(error instanceof DamagedError) && driverError(error) === null) return null;
  const [place, damaged, dump] = [folder, `${folder}.damaged`, dumpPath(folder)].map(shellText);
  return refuse(
    "state-damaged",
    `The state folder ${folder} cannot be opened (${words}). Put the dump in its place: \`mv ${place} ${damaged} && mkdir -m 700 ${place} && tar -xzf ${dump} -C ${place}\`. What was linked after the dump was made (\`ls -l ${dump}\` says when) has to be linked again: run \`syncctl link\` before \`syncctl apply\`.`,
  );
}

/** As one word for a shell. */
function shellText(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function diskIsFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(folder));
    return bavail * bsize < freeBytesMin;
  } catch {
    // The parent is not there either; then it is not the disk that is full.
    return false;
  }
}
