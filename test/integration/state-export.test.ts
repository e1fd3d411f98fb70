import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getTableColumns } from "#drizzle";
import { checkCopy } from "../../engine/state/check-copy.ts";
import { memoryState } from "../../engine/state/memory-state.ts";
import { tablesToCopy } from "../../engine/state/postgres/export-tables.ts";
import * as schema from "../../engine/state/postgres/schema.ts";
import * as serviceSchema from "../../engine/state/postgres/service/schema.ts";
import type { State } from "../../engine/state/state.ts";
import type { MappingState, StateStore } from "../../engine/state/store.ts";
import { session } from "../conformance/service-store-samples.ts";
import { pgliteHome, postgresHome, type StoreHome } from "../conformance/store-homes.ts";
import { contents, entry, link, morning, run, take } from "../conformance/store-samples.ts";
import { copyOf, exported, fill, hostile, imported, linesOf } from "../support/state-copies.ts";

/* A copy of the state as lines: what goes into it, what comes out again, and what is refused. */

let folder: StoreHome;
let server: StoreHome;
let inFolder: State;
let onServer: State;

beforeAll(async () => {
  [folder, server] = await Promise.all([pgliteHome(), postgresHome()]);
});

beforeEach(async () => {
  inFolder = await folder.empty();
  onServer = await server.empty();
});

afterAll(async () => {
  await Promise.all([folder.stop(), server.stop()]);
});

describe("from a folder to a server and back", () => {
  test("the same comes out again, byte by byte", async () => {
    await fill(inFolder);
    const first = await exported(inFolder);
    expect(await imported(onServer, first)).toMatchObject({ ok: true });
    const second = await exported(onServer);
    expect(second).toBe(first);
    await folder.empty();
    expect(await imported(inFolder, second)).toMatchObject({ ok: true });
    expect(await exported(inFolder)).toBe(first);
  });

  test("what the stores answer is the same", async () => {
    await fill(inFolder);
    expect(await imported(onServer, await exported(inFolder))).toMatchObject({ ok: true });
    const answers = async (state: State) => {
      const own = state.workspace("harbour");
      return {
        state: await inOrder(own),
        readings: await own.pastReadings(),
        runs: await own.runs(10),
        entries: await own.entries("run-a", { from: 0, limit: 10 }),
        bindings: await own.bindings(),
        requests: await state.service.requests({ limit: 10 }),
        plan: await state.service.plan({ workspace: "harbour", planId: "plan-1" }),
        overrides: await state.service.overrides(),
        switches: await state.service.switches(),
        slots: await state.service.slots(),
        tokens: await state.service.tokens(),
        token: await state.service.tokenByHash("hash-1"),
        notified: await state.service.notified("harbour", "people"),
      };
    };
    const told = await answers(onServer);
    expect(told).toEqual(await answers(inFolder));
    expect(told.runs.map(({ runId }) => runId)).toEqual(["run-c", "run-a", "run-b"]);
    expect(told.overrides.map(({ value }) => value)).toEqual([null, [hostile, 1], "12", false]);
    expect(told.token?.name).toBe("Token token-1");
  });

  test("sessions stay behind, and tokens of leases go on growing from where they were", async () => {
    await fill(inFolder);
    const store = inFolder.workspace("harbour");
    const lease = await take(store, "mapping:people");
    await store.releaseLease(lease);
    const again = await take(store, "mapping:people");
    expect(again.token).toBe(lease.token + 1);
    await imported(onServer, await exported(inFolder));
    expect(await onServer.service.sessionByHash("session-hash-1")).toBeNull();
    // Whoever held it, holds it in the other home.
    const there = await take(onServer.workspace("harbour"), "mapping:people", "another");
    expect(there.token).toBe(again.token + 1);
  });

  test("more rows than go at a time come in the right order", async () => {
    const store = inFolder.workspace("harbour");
    await store.addLinks(Array.from({ length: 2_345 }, (_, number) => link(`p${number}`)));
    await store.startRun(run("run-1"));
    const entries = Array.from({ length: 1_000 }, (_, number) => entry(number));
    await store.addEntries("run-1", entries);
    const text = await exported(inFolder);
    expect(await imported(onServer, text)).toMatchObject({
      ok: true,
      workspaces: ["harbour"],
      rows: { links: 2_345, runs: 1, run_entries: 1_000 },
    });
    expect(await exported(onServer)).toBe(text);
  });

  test("an empty state has a copy, too", async () => {
    const text = await exported(inFolder);
    expect(await imported(onServer, text)).toMatchObject({ ok: true, rows: {} });
  });

  test("what is written while a copy is taken is not in it", async () => {
    const store = onServer.workspace("");
    await store.addLink(link("1"));
    let rows = 0;
    await copyOf(onServer).export(
      {
        begin: async () => {
          await store.addLink(link("2"));
          await store.addLink(link("0"));
        },
        rows: async (_, more) => {
          rows += more.length;
        },
      },
      {},
    );
    expect(rows).toBe(1);
    expect((await contents(store)).links).toHaveLength(3);
  });
});

describe("one workspace", () => {
  test("goes beside others, and takes along nothing of them", async () => {
    await fill(inFolder);
    await onServer.workspace("quarry").addLink(link("9"));
    const text = await exported(inFolder, "harbour");
    expect(await imported(onServer, text)).toMatchObject({ ok: true, workspaces: ["harbour"] });
    expect((await contents(onServer.workspace("harbour"))).links).toHaveLength(2);
    expect((await contents(onServer.workspace(""))).links).toEqual([]);
    expect((await contents(onServer.workspace("quarry"))).links).toEqual(["9 -> t-9"]);
    expect(await onServer.service.tokens()).toEqual([]);
    expect(await exported(onServer, "harbour")).toBe(text);
  });

  test("can be taken out of a copy of all, and can get another name", async () => {
    await fill(inFolder);
    const text = await exported(inFolder);
    const options = { workspace: "", as: "northridge" };
    expect(await imported(onServer, text, options)).toMatchObject({
      ok: true,
      workspaces: ["northridge"],
    });
    const there = await inOrder(onServer.workspace("northridge"));
    expect(there).toEqual(await inOrder(inFolder.workspace("")));
    expect(await onServer.service.tokens()).toEqual([]);
  });

  test("is not guessed", async () => {
    await fill(inFolder);
    const text = await exported(inFolder);
    expect(await imported(onServer, text, { as: "northridge" })).toMatchObject({
      ok: false,
      code: "state-workspace-unclear",
      message: expect.stringContaining("(-, harbour)"),
    });
    expect(await imported(onServer, text, { workspace: "quarry" })).toMatchObject({
      ok: false,
      code: "state-workspace-empty",
      message: expect.stringContaining("it holds: -, harbour"),
    });
    await expect(exported(inFolder, "quarry")).rejects.toThrow("There are: -, harbour.");
  });

  test("its requests are in the state once, whatever it is called", async () => {
    await fill(inFolder);
    const text = await exported(inFolder, "harbour");
    expect(await imported(inFolder, text, { as: "copy" })).toMatchObject({
      ok: false,
      code: "state-not-empty",
      message: expect.stringContaining("the same requests already, in the workspace harbour"),
    });
    expect(await contents(inFolder.workspace("copy"))).toEqual({ links: [], intents: [] });
  });
});

describe("nothing is stored", () => {
  test.each([
    ["a link", (state: State) => state.workspace("").addLink(link("1"))],
    ["a run", (state: State) => state.workspace("harbour").startRun(run("run-1"))],
    [
      "a switch",
      (state: State) =>
        state.service.setSwitch({
          workspace: "a",
          mapping: "people",
          isOn: true,
          by: "ilse",
          at: morning,
        }),
    ],
  ])("where there is %s already", async (_, add) => {
    await fill(inFolder);
    await add(onServer);
    const before = await exported(onServer);
    expect(await imported(onServer, await exported(inFolder))).toMatchObject({
      ok: false,
      code: "state-not-empty",
    });
    expect(await exported(onServer)).toBe(before);
  });

  test("of a copy that was cut off, wherever that was", async () => {
    await fill(inFolder);
    const lines = (await exported(inFolder)).split("\n");
    for (let kept = 1; kept < lines.length - 1; kept += 1) {
      const text = `${lines.slice(0, kept).join("\n")}\n`;
      expect(await checkCopy(linesOf(text), copyOf(inFolder).levels)).toMatchObject({
        ok: false,
        code: "state-file-damaged",
      });
    }
    expect(await imported(onServer, `${lines.slice(0, -3).join("\n")}\n`)).toMatchObject({
      code: "state-file-damaged",
    });
    expect(await imported(onServer, "")).toMatchObject({ code: "state-file-foreign" });
  });

  test("of a copy that was altered", async () => {
    await fill(inFolder);
    const text = await exported(inFolder);
    for (const altered of [
      text.replace("t-1", "t-2"),
      text.replace(/\n\[.*/, ""),
      `${text}\n`,
      `${text}[1]\n`,
    ]) {
      expect(altered).not.toBe(text);
      expect(await imported(onServer, altered)).toMatchObject({
        ok: false,
        code: "state-file-damaged",
      });
    }
  });

  test("of what is no copy, or one of a newer version", async () => {
    const text = await exported(inFolder);
    expect(await imported(onServer, `{"format":"other"}\n`)).toMatchObject({
      code: "state-file-foreign",
    });
    for (const newer of [
      text.replace('"version":1', '"version":2'),
      text.replace(/"level":"\w+"/, '"level":"9999_flying"'),
    ]) {
      expect(await imported(onServer, newer)).toMatchObject({
        ok: false,
        code: "state-file-newer",
      });
    }
  });

  test("of a copy with a table that there never was", async () => {
    const text = await exported(inFolder);
    const [header = ""] = text.split("\n");
    const lines = [header, '{"table":"flights","columns":["number"]}', "[1]"];
    expect(await imported(onServer, sealed(lines))).toMatchObject({
      ok: false,
      code: "state-file-damaged",
      message: expect.stringContaining("flights (number)"),
    });
  });

  test("when it fails in the middle", async () => {
    await fill(inFolder);
    const text = await exported(inFolder);
    const lines = text.split("\n").slice(0, -2);
    const first = lines.find((line) => line.startsWith("[")) ?? "";
    lines.splice(lines.indexOf(first), 0, first);
    await expect(imported(onServer, sealed(lines))).rejects.toThrow("23505");
    expect(await contents(onServer.workspace(""))).toEqual({ links: [], intents: [] });
  });
});

/** Links come in any order. */
async function inOrder(store: StateStore): Promise<MappingState> {
  const { links, intents } = await store.load("people");
  return { links: links.toSorted((a, b) => (a.source.id < b.source.id ? -1 : 1)), intents };
}

/** With an end that fits. */
function sealed(lines: readonly string[]): string {
  const text = lines.map((line) => `${line}\n`).join("");
  const sha256 = createHash("sha256").update(text).digest("hex");
  const rows = lines.filter((line) => line.startsWith("[")).length;
  return `${text}${JSON.stringify({ end: true, rows, sha256 })}\n`;
}

test("every table is in a copy, or stays behind for a reason", () => {
  // The migrations are those of the version; a browser signs in again.
  const behind = [schema.migrations, serviceSchema.sessions];
  const copied = tablesToCopy.map(({ table }) => table);
  const all = { ...schema, ...serviceSchema };
  expect(
    Object.entries(all)
      .filter(([, one]) => typeof one === "object")
      .filter(([, one]) => ![...copied, ...behind].some((each) => each === one))
      .map(([name]) => name),
  ).toEqual([]);
  // And every column, but those that another home gives anew.
  const left = tablesToCopy.flatMap(({ name, table, columns }) =>
    Object.values(getTableColumns(table))
      .filter((column) => !columns.includes(column))
      .map((column) => `${name}.${column.name}`),
  );
  expect(left).toEqual(["runs.position", "leases.holder", "leases.until"]);
});

test("a copy of an older version is brought in", async () => {
  // As the version wrote it that had copies first. Every later one must be able to take it.
  const lines = [
    '{"format":"syncctl-state","version":1,"syncctl":"0.3.0","level":"0004_service","exportedAt":"2026-03-02T06:00:00.000Z","workspaces":["harbour"],"rows":{"links":1,"tokens":1}}',
    '{"table":"links","columns":["workspace","mapping","rule","source_connection","source_stream","source_id","target_connection","target_stream","target_id","origin","baseline","rule_digest","written_at"]}',
    '["harbour", "people", "users", "wfp", "people", "1", "procore", "users", "t-1", "matched", {"first_name":"Ilse","is_active":true,"job_title":null}, "digest-1", "2026-03-02T06:00:00+00:00"]',
    '{"table":"tokens","columns":["id","hash","name","role","workspaces","created_at","created_by","last_used_at","expires_at","revoked_at"]}',
    '["token-1", "hash-1", "Token token-1", "operator", null, "2026-03-02T06:00:00+00:00", "ilse", null, null, null]',
    '{"end":true,"rows":2,"sha256":"2777efdd8b7f8aa1fb421ef82735f671d534a8dffbedeeb0d37635eba5d3b413"}',
  ];
  const text = `${lines.join("\n")}\n`;
  expect(await imported(onServer, text)).toMatchObject({ ok: true, rows: { links: 1, tokens: 1 } });
  expect((await onServer.workspace("harbour").load("people")).links).toEqual([link("1")]);
  await onServer.service.addSession(session("session-1"), "hash of a session");
});

test("a state in memory has no copy", () => {
  const clock = { now: () => morning, sleep: async () => {} };
  expect(memoryState(clock).copy()).toBeNull();
});
