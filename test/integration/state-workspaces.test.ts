import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../engine/run/clock.ts";
import { type OpenStateOptions, openState } from "../../engine/state/open-state.ts";
import { openStore } from "../../engine/state/open-store.ts";
import { startFolder } from "../../engine/state/postgres/empty-folder.ts";
import type { State } from "../../engine/state/state.ts";
import type { StateStore } from "../../engine/state/store.ts";
import {
  binding,
  contents,
  entry,
  intent,
  link,
  morning,
  run,
} from "../conformance/store-samples.ts";
import { ask, createDatabase } from "../support/postgres.ts";

/* What a state of one project becomes when it is opened for many, and how several workspaces share one home. */

let parent = "";
let folder = "";

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "syncctl-workspaces-"));
  folder = join(parent, "state");
});

afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

const options = (state: string): OpenStateOptions => ({
  state,
  clock: systemClock,
  process: { pid: process.pid, host: hostname(), command: "syncctl serve" },
});

async function opened(state: string): Promise<State> {
  const result = await openState(options(state));
  if (!result.ok) throw new Error(result.message);
  return result.state;
}

async function store(state: string, workspace?: string): Promise<StateStore> {
  const result = await openStore({ ...options(state), ...(workspace && { workspace }) });
  if (!result.ok) throw new Error(result.message);
  return result.store;
}

/** The tables as they were before there were workspaces, with one row in each of them. */
function olderTables(): string {
  const migrations = join(import.meta.dirname, "../../engine/state/postgres/migrations");
  const names = readdirSync(migrations)
    .filter((name) => /^000[0-2]_.*\.sql$/.test(name))
    .sort();
  const made = names.map((name) => readFileSync(join(migrations, name), "utf8"));
  const applied = names.map((name) => `('${name.replace(".sql", "")}')`);
  const address = "'wfp', 'people', '1', 'procore', 'users'";
  const fields = `'{"first_name":"Ilse"}'`;
  const at = `'${morning.toISOString()}'`;
  const accounts = JSON.stringify(binding("people", { procore: "4242" }).accounts);
  return `
    ${made.join(";\n")};
    insert into syncctl.migrations (name) values ${applied.join(", ")};
    insert into syncctl.links values
      ('people', 'users', ${address}, 't-1', 'matched', ${fields}, 'digest-1', ${at});
    insert into syncctl.intents values
      ('change-1', 'run-1', 'create', 'people', 'users', ${address}, null, ${fields}, ${at});
    insert into syncctl.readings values ('wfp', 'people', 3, ${at});
    insert into syncctl.runs values ('run-1', default, 'plan-of-run-1', 'plan-digest', 'sync',
      '["people"]', 'configuration-digest', ${at}, 'cli', 'running', null, null);
    insert into syncctl.run_entries values ('run-1', 0, 'people', 'users', 'wfp', 'people', '0',
      null, null, null, 'Person 0', 'create', 'applied', null, '',
      '[{"field":"first_name","after":"Ilse","why":"new"}]');
    insert into syncctl.leases values ('mapping:people', '', 7, '-infinity');
    insert into syncctl.bindings values ('people', '${accounts}', 'wfp/people', ${at});
  `;
}

async function expectAllThere(state: State): Promise<void> {
  const own = state.workspace("");
  const create = intent("1");
  expect(await own.load("people")).toEqual({
    links: [link("1", { baseline: { first_name: "Ilse" } })],
    intents: [create],
  });
  expect(await own.pastReadings()).toEqual([
    { connection: "wfp", stream: "people", records: 3, at: morning },
  ]);
  expect(await own.runs(10)).toEqual([
    { ...run("run-1"), status: "running", counts: { applied: 1 } },
  ]);
  expect(await own.entries("run-1", { from: 0, limit: 10 })).toEqual([entry(0)]);
  expect(await own.startRun(run("run-2", { planId: "plan-of-run-1" }))).toBe(false);
  expect(await own.acquireLease("mapping:people", "cli", 60_000)).toMatchObject({
    lease: { token: 8 },
  });
  expect(await own.bindings()).toEqual([binding("people", { procore: "4242" })]);
  expect(await contents(state.workspace("harbour"))).toEqual({ links: [], intents: [] });
  expect(await state.service.requests({ limit: 10 })).toEqual([]);
}

describe("a state from before there were workspaces is that of the one without a name", () => {
  test("in a folder", async () => {
    startFolder(folder);
    const client = await PGlite.create({ dataDir: folder });
    await client.exec(`drop schema syncctl cascade; ${olderTables()}`);
    await client.close();
    const state = await opened(folder);
    await expectAllThere(state);
    await state.close();
  });

  test("on a server", async () => {
    const database = await createDatabase();
    await ask(database.url, olderTables());
    const state = await opened(database.url);
    await expectAllThere(state);
    await state.close();
    await database.drop();
  });
});

describe("one folder, several workspaces", () => {
  test("is locked once, and free when the state is closed", async () => {
    const state = await opened(folder);
    const stores = ["harbour", "quarry", ""].map((name) => state.workspace(name));
    for (const one of stores) expect(await one.addLink(link("1"))).toBe(true);
    await stores[0]?.close();
    expect(await openStore(options(folder))).toMatchObject({ ok: false, code: "state-locked" });
    await state.close();

    const alone = await store(folder, "quarry");
    expect((await contents(alone)).links).toEqual(["1 -> t-1"]);
    expect(await alone.addLink(link("2"))).toBe(true);
    await alone.close();
    const unnamed = await store(folder);
    expect((await contents(unnamed)).links).toEqual(["1 -> t-1"]);
    await unnamed.close();
  });

  test("what is no name of a workspace opens nothing", async () => {
    const wrong = openStore({ ...options(folder), workspace: "a b" });
    await expect(wrong).rejects.toThrow("is not the name of a workspace");
    expect(readdirSync(parent)).toEqual([]);
  });
});
