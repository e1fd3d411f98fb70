import type { PGlite } from "@electric-sql/pglite";
import type { QueueDatabase } from "../queue-database.ts";

/**
 * The queue of an embedded database. There is one connection for everybody, so that a transaction of the queue is run as
 * one of PGlite's own: nothing else comes in between, and what fails is rolled back before the next statement.
 */
export function folderQueue(client: PGlite, beforeWrite: () => void): QueueDatabase {
  return {
    kind: "pglite",
    executeSql: async (text, values = []) => {
      beforeWrite();
      if (values.length > 0) {
        return client.query<Record<string, unknown>>(text, [...values]);
      }
      // A second BEGIN does nothing, and neither does a second COMMIT.
      const results = /^\s*begin\b/i.test(text)
        ? await client.transaction((tx) => tx.exec(text))
        : await client.exec(text);
      return { rows: results.flatMap((result) => result.rows) };
    },
    listen: async (channel, onNotification, onReconnect) => {
      // PGlite puts the name into its statements as it stands; the function that it gives to end this forgets the quotes.
      const name = `"${channel}"`;
      await client.listen(name, onNotification);
      onReconnect();
      return { close: () => client.unlisten(name, onNotification) };
    },
  };
}
