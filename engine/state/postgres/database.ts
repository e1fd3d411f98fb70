import { type Database, DrizzleQueryError, type SQL } from "#drizzle";
import { errnoOf } from "../errno.ts";
import type { QueueDatabase } from "../queue-database.ts";

/** Where the tables are: an embedded PGlite folder or a PostgreSQL server. Everything above this is written once. */
export interface Home {
  readonly database: Database;
  /** The time that the expiry of leases is judged by. */
  readonly now: () => SQL;
  /** Throws where writing now would end badly. */
  readonly beforeWrite: () => void;
  /** What to throw in place of an error of the driver, whose text and properties hold values of records. */
  readonly explain: (error: DriverError) => Error;
  /** Called when a run has ended. */
  readonly afterRun: () => Promise<void>;
  /** Between two batches: a home that works in this process lets the rest of the process have its turn. */
  readonly pause: () => Promise<void>;
  readonly queueDatabase: () => QueueDatabase;
  readonly close: () => Promise<void>;
}

/** What both drivers tell: the SQLSTATE, or the code of a failed connection, and the server's sentence. */
export interface DriverError {
  readonly code: string;
  readonly message: string;
}

/** A database or an open transaction of it, and the workspace whose rows are meant. */
export interface Scope {
  readonly database: Database;
  readonly workspace: string;
}

type Work<T> = (database: Database) => Promise<T>;

/** How often a transaction that collided with another one is tried. Each try sees what the other one stored. */
const triesMax = 3;

/** Serialization failure, deadlock, unique violation. */
const collisions = new Set(["40001", "40P01", "23505"]);

/** Runs one statement, or several that need not agree with each other. */
export async function read<T>(home: Home, work: Work<T>): Promise<T> {
  try {
    return await work(home.database);
  } catch (error) {
    const told = driverError(error);
    throw told === null ? error : home.explain(told);
  }
}

/** All or nothing. The work may use the transaction only: on PGlite the database itself would wait for ever. */
export async function transact<T>(home: Home, work: Work<T>): Promise<T> {
  home.beforeWrite();
  return read(home, async (database) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await database.transaction(work);
      } catch (error) {
        if (tries === triesMax || !collisions.has(driverError(error)?.code ?? "")) throw error;
      }
    }
  });
}

/** Reads of which all see the same moment. */
export async function readTogether<T>(home: Home, work: Work<T>): Promise<T> {
  return read(home, (database) =>
    database.transaction(work, { isolationLevel: "repeatable read", accessMode: "read only" }),
  );
}

/** Null when the error is none of a driver's. */
export function driverError(error: unknown): DriverError | null {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  if (!(cause instanceof Error)) return null;
  const code = errnoOf(cause);
  // Without a code, and not from a statement, it is a mistake of our own.
  if (code === "" && cause === error) return null;
  return { code, message: cause.message };
}
