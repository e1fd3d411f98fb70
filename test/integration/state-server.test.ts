import { spawnSync } from "node:child_process";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenResult } from "../../engine/state/open-result.ts";
import { openStore } from "../../engine/state/open-store.ts";
import { StateError } from "../../engine/state/state-error.ts";
import { LeaseLostError, type StateStore } from "../../engine/state/store.ts";
import { contents, intent, link, take } from "../conformance/store-samples.ts";
import { ask, createDatabase, type TestDatabase } from "../support/postgres.ts";

/* What can be wrong with a PostgreSQL server, and what several processes do with one. */

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await database.drop();
});

/** The clock of this process is years away from the server's, which must not matter. */
const clock = { now: () => new Date("1999-01-01T00:00:00Z"), sleep: async () => {} };

function open(state = database.url): Promise<OpenResult> {
  return openStore({
    state,
    clock,
    process: { pid: process.pid, host: "test", command: "syncctl apply" },
  });
}

async function opened(state = database.url): Promise<StateStore> {
  const result = await open(state);
  if (!result.ok) throw new Error(result.message);
  return result.store;
}

async function refusal(
  state: string,
): Promise<{ readonly code: string; readonly message: string }> {
  const result = await open(state);
  if (!result.ok) return result;
  await result.store.close();
  throw new Error("It could be opened.");
}

function edited(edit: (url: URL) => void, from = database.url): string {
  const url = new URL(from);
  edit(url);
  return url.href;
}

describe("a server that cannot be used", () => {
  test("a wrong password is refused, and no message shows it", async () => {
    const url = edited((one) => {
      one.password = "hunter2";
    });
    const { code, message } = await refusal(url);
    expect(code).toBe("state-access-refused");
    expect(message).toContain(`user ${new URL(url).username}`);
    expect(message).not.toContain("hunter2");
  });

  test("a database that is not there", async () => {
    const url = edited((one) => {
      one.pathname = "/nowhere";
    });
    expect(await refusal(url)).toMatchObject({
      code: "state-database-missing",
      message: expect.stringContaining("nowhere"),
    });
  });

  test("a port where nobody listens", async () => {
    const url = edited((one) => {
      one.port = "1";
    });
    const { code, message } = await refusal(url);
    expect(code).toBe("state-unreachable");
    expect(message).toContain("ECONNREFUSED");
    expect(message).not.toContain(decodeURIComponent(new URL(database.url).password));
  });

  test("a URL that is none", async () => {
    for (const url of ["postgres://sync:pa ss@host:port/db", "postgres://sync:100%pa ss@host/db"]) {
      const { code, message } = await refusal(url);
      expect(code).toBe("state-address-invalid");
      expect(message).not.toContain("pa ss");
    }
    expect(await refusal(`${database.url}?schema=public`)).toMatchObject({
      code: "state-address-invalid",
    });
  });

  test("a database that cannot hold every character", async () => {
    const latin = await createDatabase("encoding 'LATIN1' locale 'C'");
    expect(await refusal(latin.url)).toMatchObject({ code: "state-database-unfit" });
    await latin.drop();
  });

  test("a database that must not be written", async () => {
    const frozen = await createDatabase();
    const name = new URL(frozen.url).pathname.slice(1);
    await ask(frozen.url, `alter database ${name} set default_transaction_read_only = on`);
    expect(await refusal(frozen.url)).toMatchObject({ code: "state-unwritable" });
    await frozen.drop();
  });

  test("tables of a newer version are not touched", async () => {
    const newer = await createDatabase();
    await (await opened(newer.url)).close();
    await ask(newer.url, "insert into syncctl.migrations (name) values ('9999_flying')");
    expect(await refusal(newer.url)).toMatchObject({
      code: "state-newer",
      message: expect.stringContaining("9999_flying"),
    });
    await newer.drop();
  });

  test("a user without rights, until an administrator makes the schema for it", async () => {
    const shared = await createDatabase();
    const name = new URL(shared.url).pathname.slice(1);
    const url = edited((one) => {
      one.username = `clerk_${name}`;
      one.password = "clerk";
    }, shared.url);
    await ask(shared.url, `create role clerk_${name} login password 'clerk'`);
    expect(await refusal(url)).toMatchObject({ code: "state-access-refused" });

    await ask(shared.url, `create schema syncctl authorization clerk_${name}`);
    const store = await opened(url);
    expect(await store.addLink(link("1"))).toBe(true);
    await store.close();
    await shared.drop();
    await ask(database.url, `drop role clerk_${name}`);
  });
});

describe("a server that goes away", () => {
  test("is expected trouble with a message, in the middle of a run as at its start", async () => {
    const { host, close, url } = await startRelay(database.url);
    const store = await opened(url);
    await store.pastReadings();
    await close();
    const failed = store.addLink(link("1"));
    await expect(failed).rejects.toBeInstanceOf(StateError);
    await expect(failed).rejects.toMatchObject({
      code: "state-unreachable",
      message: expect.stringContaining(host),
    });
    await store.close();
  });
});

describe("several processes", () => {
  test("that open a new database at once make its tables once", async () => {
    const fresh = await createDatabase();
    const stores = await Promise.all(Array.from({ length: 6 }, () => opened(fresh.url)));
    await stores[0]?.addLink(link("1"));
    for (const store of stores) expect((await contents(store)).links).toEqual(["1 -> t-1"]);
    await Promise.all(stores.map((store) => store.close()));
    await fresh.drop();
  });

  test("share leases, whose time is the server's", async () => {
    const [first, second] = [await opened(), await opened()];
    const lost = await take(first, "shared", "first");
    expect(await second.acquireLease("shared", "second", 60_000)).toMatchObject({
      ok: false,
      holder: "first",
    });

    await ask(database.url, "update syncctl.leases set until = now() where name = 'shared'");
    const lease = await take(second, "shared", "second");

    await expect(first.begin([lost], [intent("1")])).rejects.toThrow(LeaseLostError);
    await second.begin([lease], [intent("1")]);
    expect((await contents(first)).intents).toEqual(["change-1"]);
    await Promise.all([first.close(), second.close()]);
  });

  test("cannot take a lease over while its holder writes under it", async () => {
    const [first, second] = [await opened(), await opened()];
    const lease = await take(first, "contended", "first");
    const writes = Promise.allSettled(
      Array.from({ length: 20 }, (_, number) =>
        first.begin([lease], [intent(`${number}`, { mapping: "contended" })]),
      ),
    );
    await ask(database.url, "update syncctl.leases set until = now() where name = 'contended'");
    await take(second, "contended", "second");
    const before = await contents(second, "contended");
    const written = (await writes).filter((one) => one.status === "fulfilled").length;
    const after = await contents(second, "contended");
    expect(after).toEqual(before);
    expect(after.intents).toHaveLength(written);
    await Promise.all([first.close(), second.close()]);
  });
});

test("opening a server loads nothing of PGlite", () => {
  const script = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    const { openStore } = await import(${JSON.stringify(join(import.meta.dirname, "../../engine/state/open-store.ts"))});
    const clock = { now: () => new Date(0), sleep: async () => {} };
    const self = { pid: process.pid, host: "host", command: "syncctl plan" };
    const result = await openStore({ state: ${JSON.stringify(database.url)}, clock, process: self });
    await result.store.close();
    console.log(JSON.stringify(loaded));
  `;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
  });
  const loaded: readonly string[] = JSON.parse(stdout);
  expect(loaded.filter((url) => url.includes("/postgres/src/"))).not.toEqual([]);
  expect(loaded.filter((url) => /pglite|drizzle-orm/.test(url))).toEqual([]);
});

/** Stands between a store and its server, and can be taken away. */
async function startRelay(
  to: string,
): Promise<{ readonly url: string; readonly host: string; close(): Promise<void> }> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  const relay: Server = createServer((socket) => {
    const server = connect(Number(port), hostname);
    for (const end of [socket, server]) {
      sockets.add(end);
      end.on("error", () => end.destroy());
    }
    socket.pipe(server).pipe(socket);
  });
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  const address = relay.address();
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  const url = edited((one) => {
    one.hostname = "127.0.0.1";
    one.port = String(address.port);
  }, to);
  return {
    url,
    host: `127.0.0.1:${address.port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => relay.close(resolve));
    },
  };
}
