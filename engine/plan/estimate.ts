import type { StreamSchema } from "../connector/schema.ts";
import { streamText } from "../value/address.ts";
import type { Change, Plan } from "./plan.ts";

/** API calls that writing the changes takes, by connection, in the order of names. Verification comes on top. */
export function estimateCalls(
  changes: readonly Change[],
  schemas: ReadonlyMap<string, StreamSchema>,
): Plan["estimate"] {
  const calls = new Map<string, number>();
  const writes = changes.filter(isWrite);
  const batches = Map.groupBy(writes, (change) => `${streamText(change.target)} ${verbOf(change)}`);
  for (const group of batches.values()) {
    const [first] = group;
    if (!first) continue;
    const max = batchMax(schemas.get(streamText(first.target)), verbOf(first));
    const { connection } = first.target;
    calls.set(connection, (calls.get(connection) ?? 0) + Math.ceil(group.length / max));
  }
  return [...calls]
    .map(([connection, count]) => ({ connection, calls: count }))
    .toSorted((a, b) => (a.connection < b.connection ? -1 : 1));
}

function isWrite(change: Change): boolean {
  return change.kind !== "unlink" && change.kind !== "link";
}

function verbOf(change: Change): "create" | "update" | "delete" {
  if (change.kind === "create" || change.kind === "delete") return change.kind;
  return "update";
}

function batchMax(schema: StreamSchema | undefined, verb: "create" | "update" | "delete"): number {
  return (verb === "delete" ? undefined : schema?.batchMax?.[verb]) ?? 1;
}
