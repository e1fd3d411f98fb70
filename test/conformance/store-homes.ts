import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import postgres from "postgres";
import { overPGlite, sql } from "#drizzle";
import { systemClock } from "../../engine/run/clock.ts";
import { memoryState } from "../../engine/state/memory-state.ts";
import { openState } from "../../engine/state/open-state.ts";
import { startFolder } from "../../engine/state/postgres/empty-folder.ts";
import { migrate } from "../../engine/state/postgres/migrate.ts";
import { postgresState } from "../../engine/state/postgres/postgres-state.ts";
import { folderQueue } from "../../engine/state/postgres/queue-folder.ts";
import type { State } from "../../engine/state/state.ts";
import { createDatabase } from "../support/postgres.ts";
import { morning } from "./store-samples.ts";

/* The three homes of a state, as the suites need them. */

export interface StoreHome {
  /** A state with nothing in it. */
  empty(): Promise<State>;
  /** Lets so much time pass, as far as leases can tell. */
  pass(milliseconds: number): Promise<void>;
  /** Closes the state and opens what it left. Absent where nothing is left. */
  reopen?(state: State): Promise<State>;
  /** Closes everything. */
  stop(): Promise<void>;
}

/** In an order in which nothing is left that refers to what is removed. */
const tables = [
  ...["links", "intents", "readings", "run_entries", "runs", "leases", "bindings"],
  ...["requests", "plans", "overrides", "slots", "switches", "sessions", "tokens", "notifications"],
];

export async function memoryHome(): Promise<StoreHome> {
  let now = morning.getTime();
  const clock = { now: () => new Date(now), sleep: async () => {} };
  return {
    empty: async () => memoryState(clock),
    pass: async (milliseconds) => {
      now += milliseconds;
    },
    stop: async () => {},
  };
}

/**
 * The tables in PGlite. One instance serves all tests, since each takes half a second to open; what `openState` adds to
 * it, the lock and the dump, is tested in test/integration/state-folder.test.ts.
 */
export async function pgliteHome(): Promise<StoreHome> {
  const parent = mkdtempSync(join(tmpdir(), "syncctl-state-"));
  const folder = join(parent, "state");
  let now = morning.getTime();
  startFolder(folder);
  let client = await PGlite.create({ dataDir: folder });

  async function open(): Promise<State> {
    const database = await overPGlite(client);
    await migrate(database);
    return postgresState({
      database,
      now: () => sql`${new Date(now).toISOString()}::timestamptz`,
      beforeWrite: () => {},
      explain: ({ code, message }) => new Error(`${code}: ${message}`),
      afterRun: async () => {},
      pause: async () => {},
      queueDatabase: () => folderQueue(client, () => {}),
      close: () => client.close(),
    });
  }

  let state = await open();
  return {
    empty: async () => {
      // Much faster than truncating: PGlite makes a new file for every table and index that is truncated.
      await client.exec(tables.map((table) => `delete from syncctl.${table};`).join(""));
      return state;
    },
    pass: async (milliseconds) => {
      now += milliseconds;
    },
    reopen: async (closing) => {
      await closing.close();
      client = await PGlite.create({ dataDir: folder });
      state = await open();
      return state;
    },
    stop: async () => {
      await state.close();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

export async function postgresHome(): Promise<StoreHome> {
  const database = await createDatabase();
  const client = postgres(database.url, { max: 1, onnotice: () => {} });
  let state = await open(database.url);
  return {
    empty: async () => {
      for (const table of tables) await client`delete from syncctl.${client(table)}`;
      return state;
    },
    // The server's clock cannot be turned; that everything ends sooner comes to the same.
    pass: async (milliseconds) => {
      await client`update syncctl.leases set until = until - make_interval(secs => ${milliseconds / 1000})`;
    },
    reopen: async (closing) => {
      await closing.close();
      state = await open(database.url);
      return state;
    },
    stop: async () => {
      await state.close();
      await client.end();
      await database.drop();
    },
  };
}

async function open(url: string): Promise<State> {
  const result = await openState({
    state: url,
    clock: systemClock,
    process: { pid: process.pid, host: "test", command: "vitest" },
  });
  if (!result.ok) throw new Error(result.message);
  return result.state;
}
