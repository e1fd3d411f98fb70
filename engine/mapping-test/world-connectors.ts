import type { Project } from "../config/project.ts";
import type {
  Connector,
  ConnectorDefinition,
  GetResult,
  ReadEvent,
  Stream,
  StreamRecord,
  WriteResult,
} from "../connector/connector.ts";
import type { StreamSchema } from "../connector/schema.ts";
import { covers } from "../plan/window.ts";
import type { Fields } from "../value/value.ts";
import { emptyRecord, toldRecord, type World, type WorldStream } from "./world.ts";

/**
 * Connectors whose connections hold the records of a world: they have the schemas of the real ones, tell a write at once
 * and refuse nothing. What is written changes the world of these connectors alone.
 */
export function worldConnectors(world: World, project: Project): readonly ConnectorDefinition[] {
  const names = new Set(project.connections.map(({ connector }) => connector));
  return [...names].map((name) => ({
    name,
    title: name,
    configuration: { properties: {}, required: [] },
    streams: {},
    connect: (_configuration, { connection }) => connectorOf(world, connection),
  }));
}

function connectorOf(world: World, connection: string): Connector {
  const own = [...world.streams.values()].filter(({ ref }) => ref.connection === connection);
  return {
    account: connection,
    streams: Object.fromEntries(own.map((stream) => [stream.ref.stream, memoryStream(stream)])),
    check: async () => [],
    close: async () => {},
  };
}

function memoryStream(stream: WorldStream): Stream {
  const { schema } = stream;
  const records = new Map(stream.records);
  let made = 0;
  const told = (id: string, fields: Fields) => toldRecord(stream, id, fields);
  const write = (id: string, fields: Fields): WriteResult => {
    records.set(id, fields);
    return { status: "applied", record: told(id, fields) };
  };
  return {
    schema,
    readLagMs: 0,
    read: (_call, window) =>
      readAll(
        [...records]
          .filter(([, fields]) => covers(window, fields[schema.window?.field ?? ""]))
          .map(([id, fields]) => told(id, fields)),
      ),
    get: async (id): Promise<GetResult> => {
      const fields = records.get(id);
      return fields ? { status: "found", record: told(id, fields) } : { status: "missing" };
    },
    create: async ({ fields }) => {
      made += 1;
      const id = newId(schema, made);
      return write(id, { ...emptyRecord(schema, id), ...fields });
    },
    update: async ({ record, patch }) => write(record.id, { ...records.get(record.id), ...patch }),
    remove: async (record) => {
      records.delete(record.id);
      return { status: "applied", record };
    },
  };
}

/** `user-new-1`: an id that no case gives by chance, and that says what it is. */
function newId({ noun }: StreamSchema, number: number): string {
  return `${noun.one.replaceAll(/\W+/g, "-")}-new-${number}`;
}

async function* readAll(records: readonly StreamRecord[]): AsyncGenerator<ReadEvent> {
  yield { kind: "records", records };
  yield { kind: "end" };
}
