import { mkdtempSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../engine/run/clock.ts";
import { memoryState } from "../../engine/state/memory-state.ts";
import { openState } from "../../engine/state/open-state.ts";
import type { QueueDatabase } from "../../engine/state/queue-database.ts";
import type { State } from "../../engine/state/state.ts";
import { link } from "../conformance/store-samples.ts";
import { createDatabase, type TestDatabase } from "../support/postgres.ts";

/* What a queue library is given to keep its own tables in the database of the state. */

let parent = "";
let database: TestDatabase | undefined;

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), "syncctl-queue-"));
  database = await createDatabase();
});

afterAll(async () => {
  await database?.drop();
  rmSync(parent, { recursive: true, force: true });
});

const homes: readonly [name: QueueDatabase["kind"], address: () => string | undefined][] = [
  ["pglite", () => join(parent, "state")],
  ["postgres", () => database?.url],
];

describe.each(homes)("the queue's database in %s", (kind, address) => {
  let state: State;
  let queue: QueueDatabase;

  beforeAll(async () => {
    const opened = await openState({
      state: address() ?? "",
      clock: systemClock,
      process: { pid: process.pid, host: hostname(), command: "syncctl serve" },
    });
    if (!opened.ok) throw new Error(opened.message);
    state = opened.state;
    const given = state.queueDatabase();
    if (given === null) throw new Error("There is no database.");
    queue = given;
    await queue.executeSql("create table public.orders (name text primary key, data json)");
  });

  afterAll(async () => {
    await state.close();
  });

  test("is of that kind", () => {
    expect(queue.kind).toBe(kind);
  });

  test("values come back as they are, and JSON that is text already is not quoted again", async () => {
    const at = new Date("2026-03-02T06:00:00.123Z");
    const { rows } = await queue.executeSql(
      `select $1::text as name, $2::json as given, $3::jsonb as made, $4::timestamptz as at,
        $5::int as number, $6::boolean as flag, $7::text as nothing, $8::text as untold,
        $9::text[] as names, $10::int4 = any($11::int[]) as found`,
      [
        "Ilse",
        '{"a":[1,"x"]}',
        { b: null },
        at,
        7,
        true,
        null,
        undefined,
        ["plain", 'with "quotes", {braces}'],
        3,
        [1, 2, 3],
      ],
    );
    expect(rows).toEqual([
      {
        name: "Ilse",
        given: { a: [1, "x"] },
        made: { b: null },
        at,
        number: 7,
        flag: true,
        nothing: null,
        untold: null,
        names: ["plain", 'with "quotes", {braces}'],
        found: true,
      },
    ]);
  });

  test("a whole transaction can be one text, and the rows of all its statements come back", async () => {
    const { rows } = await queue.executeSql(`
      BEGIN;
      SET LOCAL lock_timeout = 30000;
      insert into public.orders (name) values ('first') returning name;
      insert into public.orders (name) values ('second'), ('third') returning name;
      COMMIT;
    `);
    expect(rows).toEqual([{ name: "first" }, { name: "second" }, { name: "third" }]);
  });

  test("a transaction that fails leaves nothing, and hinders nobody", async () => {
    const broken = `
      BEGIN;
      insert into public.orders (name) values ('lost');
      select 1 / 0;
      COMMIT;
    `;
    const store = state.workspace("harbour");
    const results = await Promise.allSettled([
      queue.executeSql(broken),
      store.addLink(link("1")),
      queue.executeSql("select name from public.orders where name = $1", ["lost"]),
      queue.executeSql(broken),
      store.addLink(link("2")),
      queue.executeSql("select 1 as one; select 2 as two"),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      "rejected",
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    expect(results[2]).toMatchObject({ value: { rows: [] } });
    expect(results[5]).toMatchObject({ value: { rows: [{ one: 1 }, { two: 2 }] } });
    expect((await store.load("people")).links).toHaveLength(2);
    await expect(queue.executeSql(broken)).rejects.toMatchObject({ code: "22012" });
  });

  test("a statement with values that fails tells its code, and the next one works", async () => {
    const add = () => queue.executeSql("insert into public.orders values ($1)", ["once"]);
    await add();
    await expect(add()).rejects.toMatchObject({ code: "23505" });
    expect((await queue.executeSql("select $1::int as one", [1])).rows).toEqual([{ one: 1 }]);
  });

  test("what is told on a channel is heard until listening ends", async () => {
    const heard: string[] = [];
    let begun = 0;
    let wake = (): void => {};
    const next = () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      });
    const hear = (payload: string) => {
      heard.push(payload);
      wake();
    };
    const listening = await queue.listen("orders.Ready", hear, () => {
      begun += 1;
    });
    const first = next();
    await queue.executeSql("select pg_notify($1, $2)", ["orders.Ready", "people"]);
    await first;
    expect([begun, heard]).toEqual([1, ["people"]]);

    await listening.close();
    const again = await queue.listen(
      "orders.Ready",
      (payload) => hear(`again ${payload}`),
      () => {},
    );
    const second = next();
    await queue.executeSql(`select pg_notify('orders.Ready', 'projects')`);
    await second;
    expect(heard).toEqual(["people", "again projects"]);
    await again.close();
  });
});

test("in memory there is none", () => {
  expect(memoryState(systemClock).queueDatabase()).toBeNull();
});
