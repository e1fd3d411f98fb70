import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryConnector } from "../../connectors/memory/connector.ts";
import {
  createMemoryWorld,
  type MemoryAbility,
  type MemoryWorld,
} from "../../connectors/memory/world.ts";
import { loadProject } from "../../engine/config/load-project.ts";
import type { Project } from "../../engine/config/project.ts";
import type { Clock, StreamRecord } from "../../engine/connector/connector.ts";
import type { FieldSchema, FieldType, StreamSchema } from "../../engine/connector/schema.ts";
import type { Engine } from "../../engine/run/engine.ts";
import type { EngineEvent } from "../../engine/run/events.ts";
import { openEngine } from "../../engine/run/open-engine.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import type { Fields } from "../../engine/value/value.ts";

/*
 * An office in memory: people on one side, users and contacts on the other, with the same shape of mapping as the
 * shipped one. Small and fast enough for thousands of random worlds.
 */

export const officeMapping = `
mapping: people
sources:
  people: { connection: office, stream: people }
  users: { connection: office, stream: users }
  contacts: { connection: office, stream: contacts }
systemOfRecord: people
rules:
  contacts:
    direction: people -> contacts
    when: $not(is_user)
    match:
      - { number: number }
    agree: [name]
    fields:
      name: name
      number: number
      title: title
      active: active
      mark: id
    create: { when: active }
    link: { when: active }
    retire: { active: false }
    on: { found: link, left: retire, gone: retire, lost: create }
  users:
    direction: people -> users
    when: is_user
    match:
      - { email: email }
      - { number: number, name: name }
    agree: [name]
    fields:
      name: name
      email: email
      number: number
      title: title
      active: active
      mark: id
      template: { from: "'standard'", set: on-create }
    create: { when: active }
    link: { when: active }
    retire: { active: false }
    on: { found: link, left: retire, gone: retire, lost: create }
limits: { minimum: 3 }
`;

const projectText = `
version: 1
connections:
  office: { connector: memory, auth: { token: memory-token } }
mappings: [people.yaml]
`;

function field(type: FieldType, more: Partial<FieldSchema> = {}): FieldSchema {
  return { type, access: "write", about: "For tests.", ...more };
}

const shared = {
  name: field("text"),
  number: field("text"),
  title: field("text"),
  active: field("boolean"),
};

function schema(
  stream: string,
  one: string,
  fields: StreamSchema["fields"],
  batch: boolean,
): StreamSchema {
  const noun = { one, many: stream };
  const batchMax = batch ? { batchMax: { create: 3, update: 3 } } : {};
  return { stream, noun, about: "For tests.", label: ["name"], fields, ...batchMax };
}

export interface OfficeOptions {
  readonly people?: readonly StreamRecord[];
  readonly users?: readonly StreamRecord[];
  readonly contacts?: readonly StreamRecord[];
  /** Whether users are written in batches, and contacts one by one. */
  readonly batch?: boolean;
  /** Whether the origin of a record can be asked for. */
  readonly origin?: boolean;
  readonly lagMs?: number;
  readonly now?: () => number;
}

export function officeWorld(options: OfficeOptions = {}): MemoryWorld {
  const abilities: readonly MemoryAbility[] = [
    "create",
    "update",
    "createMany",
    "updateMany",
    "get",
    "remove",
    ...(options.origin ? (["findByOrigin"] as const) : []),
  ];
  const lagged = { lagMs: options.lagMs ?? 0, abilities, pageSize: 2 };
  const mark = { mark: field("text") };
  return createMemoryWorld({
    ...(options.now ? { now: options.now } : {}),
    streams: {
      people: {
        schema: schema(
          "people",
          "person",
          { ...shared, email: field("email"), is_user: field("boolean") },
          false,
        ),
        records: options.people ?? [],
        pageSize: 2,
      },
      users: {
        schema: schema(
          "users",
          "user",
          {
            ...shared,
            ...mark,
            email: field("email", { required: true }),
            template: field("text", { access: "create" }),
          },
          options.batch ?? false,
        ),
        records: options.users ?? [],
        unique: ["email"],
        ...lagged,
      },
      contacts: {
        schema: schema("contacts", "contact", { ...shared, ...mark }, false),
        records: options.contacts ?? [],
        ...lagged,
      },
    },
  });
}

/** A clock that moves only when it is told to. */
export interface HandClock extends Clock {
  advance(milliseconds: number): void;
  readonly millis: () => number;
}

export function handClock(): HandClock {
  let now = Date.parse("2026-03-02T08:00:00Z");
  return {
    now: () => new Date(now),
    millis: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    // Nothing here waits for time to pass; what sleeps is woken by its signal.
    sleep: (_milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) resolve();
        signal?.addEventListener("abort", () => resolve(), { once: true });
      }),
  };
}

const projects = new Map<string, Promise<Project>>();

interface ProjectOptions {
  readonly batch: boolean;
  /** Texts of the mapping and what stands in their place. */
  readonly replace?: readonly (readonly [text: string, by: string])[];
}

/** The project is the same for every world of one shape; its files are read once. */
export function officeProject(options: ProjectOptions): Promise<Project> {
  const key = JSON.stringify(options);
  const known = projects.get(key) ?? load(options);
  projects.set(key, known);
  return known;
}

function editedMapping({ replace = [] }: ProjectOptions): string {
  return replace.reduce((text, [from, by]) => {
    if (!text.includes(from)) throw new Error(`the mapping has no ${from}`);
    return text.replaceAll(from, by);
  }, officeMapping);
}

async function load(options: ProjectOptions): Promise<Project> {
  const directory = await mkdtemp(join(tmpdir(), "syncctl-office-"));
  try {
    await writeFile(join(directory, "syncctl.yaml"), projectText);
    await writeFile(join(directory, "people.yaml"), editedMapping(options));
    const connectors = [memoryConnector(officeWorld(options))];
    const loaded = await loadProject({ directory, env: {}, connectors });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 2));
    return loaded.project;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

export function openOffice(
  project: Project,
  world: MemoryWorld,
  clock: HandClock,
  more: { readonly store?: StateStore; readonly observe?: (event: EngineEvent) => void } = {},
): Engine {
  return openEngine(project, {
    connectors: [memoryConnector(world)],
    store: more.store ?? memoryStore(clock),
    clock,
    random: () => 0.5,
    newId: randomUUID,
    observe: more.observe ?? (() => {}),
    version: "0.0.0-test",
  });
}

/** A person as the source has them; what is not given is empty. */
export function person(id: string, fields: Fields): StreamRecord {
  return {
    id,
    fields: {
      name: null,
      number: null,
      title: null,
      email: null,
      active: true,
      is_user: true,
      ...fields,
    },
  };
}

export function user(id: string, fields: Fields): StreamRecord {
  return {
    id,
    fields: {
      name: null,
      number: null,
      title: null,
      email: null,
      active: true,
      mark: null,
      template: null,
      ...fields,
    },
  };
}

export function contact(id: string, fields: Fields): StreamRecord {
  return {
    id,
    fields: { name: null, number: null, title: null, active: true, mark: null, ...fields },
  };
}
