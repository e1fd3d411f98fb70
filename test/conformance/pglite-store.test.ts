import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { overPGlite, sql } from "#drizzle";
import { startFolder } from "../../engine/state/postgres/empty-folder.ts";
import { migrate } from "../../engine/state/postgres/migrate.ts";
import { postgresStore } from "../../engine/state/postgres/postgres-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import { morning } from "./store-samples.ts";
import { describeStore } from "./store-suite.ts";

/*
 * The tables in PGlite. One instance serves all tests, since each takes half a second to open; what `openStore` adds to
 * it, the lock and the dump, is tested in test/integration/state-folder.test.ts.
 */
describeStore("the state in PGlite", async () => {
  const parent = mkdtempSync(join(tmpdir(), "syncctl-state-"));
  const folder = join(parent, "state");
  let now = morning.getTime();
  startFolder(folder);
  let client = await PGlite.create({ dataDir: folder });

  async function open(): Promise<StateStore> {
    const database = await overPGlite(client);
    await migrate(database);
    return postgresStore({
      database,
      now: () => sql`${new Date(now).toISOString()}::timestamptz`,
      beforeWrite: () => {},
      explain: ({ code, message }) => new Error(`${code}: ${message}`),
      afterRun: async () => {},
      close: () => client.close(),
    });
  }

  let store = await open();
  return {
    empty: async () => {
      // Much faster than truncating: PGlite makes a new file for every table and index that is truncated.
      await client.exec(
        ["links", "intents", "readings", "run_entries", "runs", "leases", "bindings"]
          .map((table) => `delete from syncctl.${table};`)
          .join(""),
      );
      return store;
    },
    pass: async (milliseconds) => {
      now += milliseconds;
    },
    reopen: async (closing) => {
      await closing.close();
      client = await PGlite.create({ dataDir: folder });
      store = await open();
      return store;
    },
    stop: async () => {
      await store.close();
      rmSync(parent, { recursive: true, force: true });
    },
  };
});
