import { connectors } from "../connectors/registry.ts";
import type { Project } from "../engine/config/project.ts";
import type { GetResult, Stream } from "../engine/connector/connector.ts";
import { systemClock } from "../engine/run/clock.ts";
import type { RecordAddress } from "../engine/value/address.ts";
import { random } from "./surroundings.ts";

/** Looks whether a record is there. Streams that cannot be asked for one record are read until it comes. */
export async function findRecord(
  project: Project,
  address: RecordAddress,
  signal: AbortSignal,
): Promise<GetResult> {
  const connection = project.connections.find(({ name }) => name === address.connection);
  const definition = connectors.find(({ name }) => name === connection?.connector);
  if (connection === undefined || definition === undefined) return { status: "missing" };
  const connector = definition.connect(connection.configuration, {
    connection: connection.name,
    clock: systemClock,
    random,
    observe: () => {},
  });
  try {
    const stream = connector.streams[address.stream];
    if (stream === undefined) return { status: "missing" };
    return await (stream.get?.(address.id, { signal }) ?? searchFor(address.id, stream, signal));
  } finally {
    await connector.close();
  }
}

async function searchFor(id: string, stream: Stream, signal: AbortSignal): Promise<GetResult> {
  for await (const event of stream.read({ signal })) {
    if (event.kind === "stopped") return { status: "failed", problem: event.problem };
    const record = event.kind === "records" && event.records.find((each) => each.id === id);
    if (record) return { status: "found", record };
  }
  return { status: "missing" };
}
