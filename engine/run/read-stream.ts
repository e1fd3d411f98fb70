import type { Clock, DayWindow, Stream, StreamRecord } from "../connector/connector.ts";
import type { Reading } from "../plan/input.ts";
import type { StreamRef } from "../value/address.ts";
import type { EngineEvent } from "./events.ts";

/** Reads one stream from its beginning, or some days of it, and reports honestly how far it got. */
export async function readStream(
  ref: StreamRef,
  stream: Stream,
  deps: { readonly clock: Clock; readonly observe: (event: EngineEvent) => void },
  signal: AbortSignal,
  window?: DayWindow,
): Promise<Reading> {
  const startedAt = deps.clock.now();
  const records = new Map<string, StreamRecord>();
  const { schema, readLagMs } = stream;
  const days = window === undefined ? {} : { window };
  const close = () => ({ ref, schema, startedAt, readLagMs, ...days, records: inOrder(records) });
  for await (const event of stream.read({ signal }, window)) {
    switch (event.kind) {
      case "records": {
        for (const record of event.records) records.set(record.id, record);
        deps.observe({ kind: "reading", stream: ref, records: records.size });
        break;
      }
      case "end":
        deps.observe({ kind: "read", stream: ref, records: records.size, ended: true });
        return { ...close(), ended: true };
      case "stopped":
        deps.observe({ kind: "read", stream: ref, records: records.size, ended: false });
        return { ...close(), ended: false, problem: event.problem };
    }
  }
  throw new Error(`the reading of ${ref.connection}/${ref.stream} neither ended nor stopped`);
}

/** By id, so that a plan does not depend on the order in which a system lists its records. */
function inOrder(records: ReadonlyMap<string, StreamRecord>): ReadonlyMap<string, StreamRecord> {
  return new Map([...records].sort(([a], [b]) => (a < b ? -1 : 1)));
}
