import postgres from "postgres";
import { overPostgres, sql } from "#drizzle";
import type { Code } from "../../codes.ts";
import { type OpenStateResult, refuse } from "../open-result.ts";
import { StateError } from "../state-error.ts";
import { type DriverError, driverError, type Home } from "./database.ts";
import { migrate } from "./migrate.ts";
import { postgresState } from "./postgres-state.ts";
import { queueOptions, serverQueue } from "./queue-server.ts";

/** A server that does not answer a knock for so long does not answer at all. */
const connectTimeoutSeconds = 10;

/** A run has one transaction at a time; the others serve the reads of the dashboard. */
const connectionsMax = 4;

/** How long `close` waits for statements that are under way. */
const closeTimeoutSeconds = 1;

const options = {
  connect_timeout: connectTimeoutSeconds,
  onnotice: () => {},
  connection: { application_name: "syncctl", TimeZone: "UTC" },
};

export async function openServer(url: string): Promise<OpenStateResult> {
  const server = parseUrl(url);
  if (server === null) {
    return refuse(
      "state-address-invalid",
      "The postgres:// URL of the state cannot be read. It has the form postgres://user:password@host:5432/database; special characters of a password are written as %40 and the like.",
    );
  }
  const client = postgres(url, {
    ...options,
    max: connectionsMax,
    // Saves a question on every connection; we send arrays of text only.
    fetch_types: false,
  });
  const queue = serverQueue(() => postgres(url, { ...options, ...queueOptions }));
  const close = async () => {
    await Promise.all([
      client.end({ timeout: closeTimeoutSeconds }),
      queue.close(closeTimeoutSeconds),
    ]);
  };
  try {
    const database = await overPostgres(client);
    const migration = await migrate(database);
    if (!migration.ok) {
      await close();
      return migration;
    }
    const home: Home = {
      database,
      now: () => sql`clock_timestamp()`,
      beforeWrite: () => {},
      explain: (error) => explain(server, error),
      afterRun: async () => {},
      pause: async () => {},
      queueDatabase: queue.database,
      close,
    };
    return { ok: true, state: postgresState(home) };
  } catch (error) {
    await close();
    const told = driverError(error);
    const explained = told && explain(server, told);
    if (explained instanceof StateError) return refuse(explained.code, explained.message);
    throw explained ?? error;
  }
}

/** Host, database and user for messages; the password stays behind. Null when it is no URL. */
function parseUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { host, pathname, username, password } = new URL(url);
  if (![username, password].every(canBeDecoded)) return null;
  const database = pathname.slice(1);
  return [
    `the PostgreSQL server ${host || "of this machine"}`,
    ...(database ? [`database ${database}`] : []),
    ...(username ? [`user ${username}`] : []),
  ].join(", ");
}

function canBeDecoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    // A percent sign that nothing, or not UTF-8, follows.
    return false;
  }
}

function explain(server: string, error: DriverError): Error {
  const code = codeOf(error.code);
  const words = error.message.trim() || error.code;
  if (code === null) return new Error(`The state store failed (${error.code}): ${words}`);
  return new StateError(code, `${sentences[code](server)} The answer was: ${words}.`);
}

type ServerCode = Extract<
  Code,
  | "state-unreachable"
  | "state-access-refused"
  | "state-database-missing"
  | "state-unwritable"
  | "state-address-invalid"
>;

const sentences: Readonly<Record<ServerCode, (server: string) => string>> = {
  "state-unreachable": (server) =>
    `The state cannot be reached: ${server}. Check the address and the network, and whether the server runs.`,
  "state-access-refused": (server) =>
    `The state may not be used: ${server}. Check the user and the password of the URL, and whether the user may create tables there.`,
  "state-database-missing": (server) =>
    `The database of the state does not exist: ${server}. Create it with \`createdb\`, or correct the end of the URL.`,
  "state-unwritable": (server) =>
    `The state cannot be written: ${server}. The disk is full or the server is read-only.`,
  "state-address-invalid": (server) =>
    `The server does not know a parameter of the URL of the state: ${server}. Remove what stands after the question mark.`,
};

/** Of SQLSTATE (PostgreSQL manual, appendix A) and the codes of sockets; null for what is our own mistake. */
function codeOf(code: string): ServerCode | null {
  if (["28P01", "28000", "42501"].includes(code)) return "state-access-refused";
  if (code === "3D000") return "state-database-missing";
  if (["53100", "25006"].includes(code)) return "state-unwritable";
  if (["42704", "22023"].includes(code)) return "state-address-invalid";
  if (code.startsWith("08") || code.startsWith("57P") || code === "53300")
    return "state-unreachable";
  // Codes of sockets, of TLS and of the driver are words such as EPIPE; no class of SQLSTATE begins with an E.
  return /^[0-9A-DF-Z][0-9A-Z]{4}$/.test(code) ? null : "state-unreachable";
}
