import { expect, test } from "vitest";
import { memoryConnector } from "../../connectors/memory/connector.ts";
import { createMemoryWorld, type MemoryWorld } from "../../connectors/memory/world.ts";
import type { StreamRecord } from "../../engine/connector/connector.ts";
import type { StreamSchema } from "../../engine/connector/schema.ts";
import { type FakeClock, fakeClock, fakeDeps } from "../support/http-clock.ts";
import { type ConformanceHarness, describeConnector } from "./connector-suite.ts";

const token = "token-of-the-memory-world";

const crews: StreamSchema = {
  stream: "crews",
  noun: { one: "crew", many: "crews" },
  about: "People who work together. The system lets nobody change them.",
  label: ["name"],
  fields: { name: { type: "text", access: "read", about: "What it is called." } },
};

const people: StreamSchema = {
  stream: "people",
  noun: { one: "person", many: "people" },
  about: "Everybody who works here.",
  label: ["first_name", "last_name"],
  batchMax: { create: 10, update: 10 },
  fields: {
    first_name: { type: "text", access: "write", required: true, about: "The first name." },
    last_name: { type: "text", access: "write", required: true, about: "The last name." },
    email: { type: "email", access: "write", about: "No two people share one." },
    phone: { type: "phone", access: "write", about: "A phone." },
    status: { type: "choice", access: "write", choices: ["active", "inactive"], about: "Is here." },
    hired_on: { type: "date", access: "create", about: "The first day." },
    hours: { type: "decimal", access: "read", about: "Hours of this week." },
    crew: { type: "reference", references: "crews", access: "write", about: "The crew." },
  },
};

const hours: StreamSchema = {
  stream: "hours",
  noun: { one: "day's work", many: "days' work" },
  about: "What people have worked on one day. One call takes what belongs to one crew.",
  label: ["day", "worked"],
  batchMax: { create: 5, alike: "crew" },
  window: { field: "day" },
  fields: {
    crew: {
      type: "reference",
      references: "crews",
      access: "create",
      required: true,
      about: "The crew.",
    },
    day: { type: "date", access: "write", required: true, about: "The day." },
    worked: { type: "decimal", access: "write", about: "How many hours." },
  },
};

function work(id: string, day: string | null): StreamRecord {
  return { id, fields: { crew: "c1", day, worked: 8 } };
}

const ana: StreamRecord = {
  id: "1",
  fields: {
    first_name: "Ana",
    last_name: "Silva",
    email: "ana@north.example",
    phone: "(206) 555-0142",
    status: "active",
    hired_on: "2024-02-29",
    hours: 37.5,
    crew: "c1",
  },
};

const bo: StreamRecord = {
  id: "2",
  fields: { ...ana.fields, first_name: "Bo", email: "bo@north.example", status: "inactive" },
};

const cy: StreamRecord = {
  id: "3",
  fields: { ...ana.fields, first_name: "Cy", email: null, hours: null, crew: null },
};

function startWorld(clock: FakeClock): MemoryWorld {
  const names = ["North", "South", "West"];
  return createMemoryWorld({
    token,
    now: clock.millis,
    streams: {
      crews: {
        schema: crews,
        abilities: ["get"],
        records: names.map((name, index) => ({ id: `c${index + 1}`, fields: { name } })),
        pageSize: 2,
      },
      people: {
        schema: people,
        records: [ana, bo, cy],
        pageSize: 2,
        lagMs: 5_000,
        unique: ["email"],
      },
      hours: {
        schema: hours,
        records: [
          work("h1", "2026-03-30"),
          work("h2", "2026-03-31"),
          work("h3", "2026-04-01"),
          work("h4", "2026-04-01"),
        ],
        pageSize: 2,
      },
    },
  });
}

const harness: ConformanceHarness = {
  definition: memoryConnector(startWorld(fakeClock())),
  async start(clock) {
    const world = startWorld(clock);
    return {
      secrets: [token],
      connect: (deps) => memoryConnector(world).connect({ auth: { token } }, deps),
      ids: (stream) =>
        world
          .stream(stream)
          .records()
          .map(({ id }) => id),
      cutReading: (stream) =>
        world.fail({ stream, call: "read", after: 1, times: Infinity, kind: "lose-answer" }),
      loseAnswer: (stream, call) => world.fail({ stream, call, kind: "lose-answer" }),
      refuseCredentials: () => world.changeToken("another"),
      close: () => Promise.resolve(),
    };
  },
  samples: {
    crews: { missingId: "c9" },
    people: {
      missingId: "9",
      create: {
        fields: [
          { first_name: "Dee", last_name: "Ortiz", email: "dee@north.example", crew: "c2" },
          {
            first_name: "Eli",
            last_name: "Park",
            phone: "+1 206 555 0199",
            hired_on: "2026-01-05",
          },
        ],
        invalid: { first_name: "Flo", last_name: "Quist", email: "no address" },
      },
      update: {
        id: "1",
        patch: { last_name: "Souza", status: "inactive", crew: "c3" },
        invalid: { email: "bo@north.example" },
        emptied: "phone",
      },
      remove: { id: "2" },
    },
    hours: {
      missingId: "h9",
      create: {
        fields: [
          { crew: "c1", day: "2026-04-02", worked: 7.5 },
          { crew: "c1", day: "2026-04-02" },
        ],
        invalid: { crew: "c1", day: "April" },
      },
      update: { id: "h1", patch: { worked: 6 }, invalid: { day: null }, emptied: "worked" },
      remove: { id: "h2" },
    },
  },
};

describeConnector("memory", harness);

const call = { signal: new AbortController().signal };

test("what a schema wants apart is not made together, and a stream without days is not read by them", async () => {
  const world = startWorld(fakeClock());
  const { streams } = memoryConnector(world).connect({ auth: { token } }, fakeDeps());
  const items = ["c1", "c2"].map((crew) => ({
    fields: { crew, day: "2026-04-02" },
    originId: `crews/${crew}`,
  }));
  await expect(streams["hours"]?.createMany?.(items, call)).rejects.toThrow("one value of crew");
  expect(world.stream("hours").records()).toHaveLength(4);
  const days = { from: "2026-04-01", to: "2026-04-02" };
  expect(() => streams["crews"]?.read(call, days)).toThrow("crews cannot be read by days");
});

test("what has no day belongs to none", async () => {
  const world = startWorld(fakeClock());
  world.stream("hours").put(work("h5", null));
  const { streams } = memoryConnector(world).connect({ auth: { token } }, fakeDeps());
  const ids: string[] = [];
  for await (const event of streams["hours"]?.read(call, {
    from: "0001-01-01",
    to: "9999-12-31",
  }) ?? []) {
    if (event.kind === "records") ids.push(...event.records.map(({ id }) => id));
  }
  expect(ids).toEqual(["h1", "h2", "h3", "h4"]);
});
