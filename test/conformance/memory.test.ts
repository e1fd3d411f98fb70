import { memoryConnector } from "../../connectors/memory/connector.ts";
import { createMemoryWorld, type MemoryWorld } from "../../connectors/memory/world.ts";
import type { StreamRecord } from "../../engine/connector/connector.ts";
import type { StreamSchema } from "../../engine/connector/schema.ts";
import { type FakeClock, fakeClock } from "../support/http-clock.ts";
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
  },
};

describeConnector("memory", harness);
