import postgres from "postgres";
import { systemClock } from "../../engine/run/clock.ts";
import { openStore } from "../../engine/state/open-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import { createDatabase } from "../support/postgres.ts";
import { describeStore } from "./store-suite.ts";

describeStore("the state on a PostgreSQL server", async () => {
  const database = await createDatabase();
  const client = postgres(database.url, { max: 1, onnotice: () => {} });
  let store = await open(database.url);
  return {
    empty: async () => {
      for (const table of [
        "links",
        "intents",
        "readings",
        "run_entries",
        "runs",
        "leases",
        "bindings",
      ]) {
        await client`delete from syncctl.${client(table)}`;
      }
      return store;
    },
    // The server's clock cannot be turned; that everything ends sooner comes to the same.
    pass: async (milliseconds) => {
      await client`update syncctl.leases set until = until - make_interval(secs => ${milliseconds / 1000})`;
    },
    reopen: async (closing) => {
      await closing.close();
      store = await open(database.url);
      return store;
    },
    stop: async () => {
      await store.close();
      await client.end();
      await database.drop();
    },
  };
});

async function open(url: string): Promise<StateStore> {
  const result = await openStore({
    state: url,
    clock: systemClock,
    process: { pid: process.pid, host: "test", command: "vitest" },
  });
  if (!result.ok) throw new Error(result.message);
  return result.store;
}
