import type { Options, PostgresType, Row, Sql } from "postgres";
import type { QueueDatabase } from "../queue-database.ts";

/*
 * The queue of a server. It has connections of its own: drizzle takes the parsers of times away from the ones that it
 * uses, a queue that looks for work every second shall not wait behind a run, and listening takes a connection anyway.
 */

/** Looking for work, settling it, and a transaction of the queue's own. Listening comes on top. */
const queueConnectionsMax = 3;

/** A text for a JSON column is JSON already. */
const json: PostgresType = {
  to: 114,
  from: [114, 3802],
  serialize: (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value)),
  parse: (text: string): unknown => JSON.parse(text),
};

export const queueOptions = {
  max: queueConnectionsMax,
  types: { json },
} satisfies Options<Record<string, PostgresType>>;

export interface ServerQueue {
  database(): QueueDatabase;
  close(timeoutSeconds: number): Promise<void>;
}

/** Connects when the queue is asked for the first time, which a command never does. */
export function serverQueue(connect: () => Sql): ServerQueue {
  let client: Sql | undefined;
  return {
    database: () => {
      client ??= connect();
      return over(client);
    },
    close: async (timeout) => {
      await client?.end({ timeout });
    },
  };
}

function over(client: Sql): QueueDatabase {
  return {
    kind: "postgres",
    executeSql: async (text, values = []) => {
      if (values.length === 0) return { rows: await runAll(client, text) };
      // What nobody has said is nothing, as with other drivers.
      const given = values.map((value) => (value === undefined ? null : value));
      return { rows: [...(await client.unsafe(text, given as never[]))] };
    },
    listen: async (channel, onNotification, onReconnect) => {
      const { unlisten } = await client.listen(channel, onNotification, onReconnect);
      return { close: unlisten };
    },
  };
}

/** On one connection from the first statement to the last, because there may be a transaction in them. */
async function runAll(client: Sql, text: string): Promise<Row[]> {
  const connection = await client.reserve();
  try {
    const results: readonly (Row | readonly Row[])[] = await connection.unsafe(text).simple();
    // Of one statement there are its rows, of several there is a list of rows for each.
    return results.flat();
  } catch (error) {
    // Where no transaction is open this does nothing, and where the connection is gone there is nothing to do.
    await connection
      .unsafe("rollback")
      .simple()
      .catch(() => {});
    throw error;
  } finally {
    connection.release();
  }
}
