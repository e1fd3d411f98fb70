import type { Connector, GetResult, Stream } from "../connector/connector.ts";
import type { RecordAddress } from "../value/address.ts";

/** Asks for one record, and reads the stream until it comes where the system cannot be asked. */
export async function findRecord(
  connectors: ReadonlyMap<string, Connector>,
  address: RecordAddress,
  signal: AbortSignal,
): Promise<GetResult> {
  const stream = connectors.get(address.connection)?.streams[address.stream];
  if (stream === undefined) return { status: "missing" };
  return stream.get?.(address.id, { signal }) ?? searchFor(address.id, stream, signal);
}

async function searchFor(id: string, stream: Stream, signal: AbortSignal): Promise<GetResult> {
  for await (const event of stream.read({ signal })) {
    if (event.kind === "stopped") return { status: "failed", problem: event.problem };
    const record = event.kind === "records" && event.records.find((each) => each.id === id);
    if (record) return { status: "found", record };
  }
  return { status: "missing" };
}
