import {
  createMemoryWorld,
  type MemoryAbility,
  type MemoryWorld,
} from "../../connectors/memory/world.ts";
import type { StreamRecord } from "../../engine/connector/connector.ts";
import type { FieldSchema, FieldType, StreamSchema } from "../../engine/connector/schema.ts";
import type { Fields } from "../../engine/value/value.ts";

/*
 * A building site in memory: workers with their shifts on one side; people and the time cards that belong to them on the
 * other. Shifts and cards are read by days. Crews and teams are there for references that lead further.
 */

function field(type: FieldType, more: Partial<FieldSchema> = {}): FieldSchema {
  return { type, access: "write", about: "For tests.", ...more };
}

function schema(
  [stream, one]: readonly [stream: string, one: string],
  fields: StreamSchema["fields"],
  more: Partial<StreamSchema> = {},
): StreamSchema {
  const noun = { one, many: stream };
  return { stream, noun, about: "For tests.", label: ["name"], fields, ...more };
}

const named = { name: field("text"), number: field("text"), active: field("boolean") };
const byDay = { label: ["project", "date"], window: { field: "date" } };

export interface TimeclockOptions {
  readonly workers?: readonly StreamRecord[];
  readonly people?: readonly StreamRecord[];
  readonly shifts?: readonly StreamRecord[];
  readonly cards?: readonly StreamRecord[];
  readonly crews?: readonly StreamRecord[];
  readonly teams?: readonly StreamRecord[];
  /** Streams that cannot be asked for one record. */
  readonly withoutGet?: readonly string[];
  /** Whether the origin of a card can be asked for. */
  readonly origin?: boolean;
  /** Most cards that one call makes. Default 3. */
  readonly cardsPerCall?: number;
  /** How far people and cards lag behind when they are listed. */
  readonly lagMs?: number;
  readonly now?: () => number;
}

const schemas = {
  workers: schema(["workers", "worker"], {
    ...named,
    crew: field("reference", { references: "crews" }),
  }),
  people: schema(["people", "person"], {
    ...named,
    team: field("reference", { references: "teams" }),
  }),
  shifts: schema(
    ["shifts", "shift"],
    {
      worker: field("reference", { references: "workers" }),
      project: field("text"),
      date: field("date"),
      hours: field("decimal"),
      state: field("choice", { choices: ["open", "approved", "deleted"] }),
    },
    byDay,
  ),
  cards: schema(
    ["cards", "card"],
    {
      person: field("reference", { references: "people", required: true }),
      project: field("text", { required: true }),
      date: field("date", { required: true }),
      hours: field("decimal"),
      mark: field("text"),
    },
    byDay,
  ),
  crews: schema(["crews", "crew"], { name: field("text") }),
  teams: schema(["teams", "team"], { name: field("text") }),
} as const;

type StreamName = keyof typeof schemas;

export function timeclockWorld(options: TimeclockOptions = {}): MemoryWorld {
  const lagged = { lagMs: options.lagMs ?? 0 };
  const stream = (name: StreamName, abilities: readonly MemoryAbility[]) => {
    const get = options.withoutGet?.includes(name) ? [] : (["get"] as const);
    const records = options[name] ?? [];
    return { schema: schemas[name], records, pageSize: 2, abilities: [...abilities, ...get] };
  };
  const alike = { create: options.cardsPerCall ?? 3, alike: "project" };
  const origin = options.origin ? (["findByOrigin"] as const) : [];
  return createMemoryWorld({
    ...(options.now ? { now: options.now } : {}),
    streams: {
      workers: stream("workers", ["create", "update"]),
      people: { ...stream("people", ["create", "update", "remove"]), ...lagged },
      shifts: stream("shifts", []),
      cards: {
        ...stream("cards", ["create", "createMany", "update", "remove", ...origin]),
        schema: { ...schemas.cards, batchMax: alike },
        ...lagged,
      },
      crews: stream("crews", []),
      teams: stream("teams", ["create", "update"]),
    },
  });
}

export function worker(id: string, fields: Fields): StreamRecord {
  return { id, fields: { name: null, number: null, active: true, crew: null, ...fields } };
}

export function onePerson(id: string, fields: Fields): StreamRecord {
  return { id, fields: { name: null, number: null, active: true, team: null, ...fields } };
}

export function shift(id: string, fields: Fields): StreamRecord {
  return {
    id,
    fields: { worker: null, project: "north", date: null, hours: 8, state: "open", ...fields },
  };
}

export function card(id: string, fields: Fields): StreamRecord {
  return {
    id,
    fields: { person: null, project: "north", date: null, hours: 8, mark: null, ...fields },
  };
}
