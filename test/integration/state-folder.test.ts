import { spawnSync } from "node:child_process";
import fs, {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { OpenResult } from "../../engine/state/open-result.ts";
import { openStore } from "../../engine/state/open-store.ts";
import { StateError } from "../../engine/state/state-error.ts";
import type { StateStore } from "../../engine/state/store.ts";
import { contents, link, minutesAfter, morning, run } from "../conformance/store-samples.ts";

/* What stands around PGlite: the folder, what can be wrong with it, and the dump beside it. */

let parent = "";
let folder = "";
let now = morning.getTime();

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "syncctl's folder "));
  folder = join(parent, "state");
  now = morning.getTime();
});

afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

function open(state = folder): Promise<OpenResult> {
  return openStore({
    state,
    clock: { now: () => new Date(now), sleep: async () => {} },
    process: { pid: process.pid, host: hostname(), command: "syncctl apply" },
  });
}

async function opened(state = folder): Promise<StateStore> {
  const result = await open(state);
  if (!result.ok) throw new Error(result.message);
  return result.store;
}

async function refusal(
  state = folder,
): Promise<{ readonly code: string; readonly message: string }> {
  const result = await open(state);
  if (!result.ok) return result;
  await result.store.close();
  throw new Error("It could be opened.");
}

describe("the dump beside the folder", () => {
  const dump = () => `${folder}.dump.tar.gz`;

  test("is made when something was stored, no more often than every ten minutes", async () => {
    const made = () => statSync(dump()).mtime;

    const store = await opened();
    async function finishRunAt(minutes: number): Promise<void> {
      now = minutesAfter(minutes).getTime();
      await store.startRun(run(`run-${minutes}`));
      await store.finishRun(`run-${minutes}`, { status: "applied", finishedAt: new Date(now) });
    }

    await finishRunAt(0);
    await finishRunAt(9.9);
    expect(made()).toEqual(morning);
    await finishRunAt(10);
    expect(made()).toEqual(minutesAfter(10));
    expect(statSync(`${folder}.dump.previous.tar.gz`).mtime).toEqual(morning);

    now = minutesAfter(60).getTime();
    await store.load("people");
    await store.close();
    expect(made()).toEqual(minutesAfter(10));
  });

  test("takes the place of a folder that is damaged, as the message says", async () => {
    const store = await opened();
    await store.addLink(link("1"));
    await store.close();
    writeFileSync(join(folder, "global", "pg_control"), "struck by lightning");

    const { code, message } = await refusal();
    expect(code).toBe("state-damaged");
    const [, commands = ""] = /`(mv .*?)`/.exec(message) ?? [];
    expect(spawnSync("sh", ["-c", commands]).status).toBe(0);

    const restored = await opened();
    expect(await contents(restored)).toEqual({ links: ["1 -> t-1"], intents: [] });
    await restored.close();
  });
});

describe("a disk that is nearly full", () => {
  /** What every question about free space is answered from now on. */
  function pretendFree(megabytes: number): () => void {
    const real = fs.statfsSync;
    const answer = { ...real(parent), bsize: 1024 * 1024, bavail: megabytes };
    fs.statfsSync = (() => answer) as unknown as typeof real;
    syncBuiltinESMExports();
    return () => {
      fs.statfsSync = real;
      syncBuiltinESMExports();
    };
  }

  test("is not written on, and what is there can be read", async () => {
    const store = await opened();
    await store.addLink(link("1"));
    const undo = pretendFree(99);
    try {
      const write = store.addLink(link("2"));
      await expect(write).rejects.toBeInstanceOf(StateError);
      await expect(write).rejects.toMatchObject({
        code: "state-unwritable",
        message: expect.stringContaining("99 MB are free"),
      });
      expect((await contents(store)).links).toEqual(["1 -> t-1"]);
      // The dump has no room either, which must be said; the folder is closed all the same.
      await expect(store.close()).rejects.toMatchObject({ code: "state-unwritable" });
      expect(await refusal()).toMatchObject({ code: "state-unwritable" });
      expect(readdirSync(parent)).toEqual(["state"]);
    } finally {
      undo();
    }
    const again = await opened();
    await again.addLink(link("2"));
    expect((await contents(again)).links).toEqual(["1 -> t-1", "2 -> t-2"]);
    await again.close();
  });
});

describe("a folder that cannot be used", () => {
  test("one with something else in it is left alone", async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "thesis.txt"), "years of work");
    expect(await refusal()).toMatchObject({
      code: "state-foreign",
      message: expect.stringContaining("thesis.txt"),
    });
    expect(readdirSync(folder)).toEqual(["thesis.txt"]);
    expect(readdirSync(parent)).toEqual(["state"]);
  });

  test("one of another PostgreSQL is older or newer than we can read", async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "PG_VERSION"), "99\n");
    expect(await refusal()).toMatchObject({ code: "state-newer" });
    writeFileSync(join(folder, "PG_VERSION"), "9\n");
    expect(await refusal()).toMatchObject({ code: "state-foreign" });
  });

  test("one with the tables of a newer version is not touched", async () => {
    await (await opened()).close();
    const client = await PGlite.create({ dataDir: folder });
    await client.exec("insert into syncctl.migrations (name) values ('9999_flying')");
    await client.close();
    expect(await refusal()).toMatchObject({
      code: "state-newer",
      message: expect.stringContaining("9999_flying"),
    });
    expect(existsSync(`${folder}.lock`)).toBe(false);
  });

  test("a file is none", async () => {
    writeFileSync(folder, "a file");
    expect(await refusal()).toMatchObject({ code: "state-unwritable" });
    expect(await refusal(join(folder, "deeper"))).toMatchObject({ code: "state-unwritable" });
  });

  test("one that we may not write in", async () => {
    chmodSync(parent, 0o555);
    // Root may write anywhere, so that for the time of the call we are somebody else.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(await refusal()).toMatchObject({
        code: "state-unwritable",
        message: expect.stringContaining("EACCES"),
      });
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(parent, 0o755);
    }
  });

  test.each(["", "mysql://root@localhost/x", "memory://"])("%j is no place", async (state) => {
    expect(await refusal(state)).toMatchObject({ code: "state-address-invalid" });
  });
});

test("what is stored is for its owner alone", async () => {
  const store = await opened();
  await store.addLink(link("1"));
  await store.close();
  for (const path of [folder, `${folder}.dump.tar.gz`]) expect(statSync(path).mode & 0o077).toBe(0);
});

test("an installation without its bundle says how to complete it", () => {
  const root = join(import.meta.dirname, "..", "..");
  const copy = join(parent, "copy");
  cpSync(join(root, "engine"), join(copy, "engine"), {
    recursive: true,
    filter: (path) => !path.endsWith(join("postgres", "build")),
  });
  cpSync(join(root, "package.json"), join(copy, "package.json"));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const script = `
    import { openStore } from ${JSON.stringify(join(copy, "engine/state/open-store.ts"))};
    const clock = { now: () => new Date(0), sleep: async () => {} };
    const self = { pid: process.pid, host: "host", command: "syncctl plan" };
    console.log(JSON.stringify(await openStore({ state: "unused", clock, process: self })));
  `;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
  });
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    code: "installation-incomplete",
    message: expect.stringContaining("npm run prepare"),
  });
});

test("a folder that is there already and empty is a good place, and so is one whose parents are missing", async () => {
  mkdirSync(folder);
  const store = await opened();
  await store.close();
  expect(readFileSync(join(folder, "PG_VERSION"), "utf8").trim()).toBe("18");
  const deep = await opened(join(parent, "new", "and", "deep"));
  await deep.close();
  expect(readdirSync(join(parent, "new", "and"))).toEqual(["deep"]);
});

test("the lease of a run that ended without releasing it does not outlive the folder being open", async () => {
  const killed = await opened();
  expect(await killed.acquireLease("mapping:people", "cli (run 1)", 60_000)).toMatchObject({
    ok: true,
  });
  await killed.close();
  const next = await opened();
  const lease = await next.acquireLease("mapping:people", "cli (run 2)", 60_000);
  expect(lease).toMatchObject({ ok: true, lease: { holder: "cli (run 2)", token: 2 } });
  await next.close();
});
