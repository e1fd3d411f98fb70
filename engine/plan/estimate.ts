import type { StreamSchema } from "../connector/schema.ts";
import { streamText } from "../value/address.ts";
import { levelsOf } from "./levels.ts";
import type { Change, FieldChange, Plan } from "./plan.ts";

/** API calls that writing the changes takes, by connection, in the order of names. Verification comes on top. */
export function estimateCalls(
  changes: readonly Change[],
  schemas: ReadonlyMap<string, StreamSchema>,
): Plan["estimate"] {
  const calls = new Map<string, number>();
  const writes = changes.filter(isWrite);
  // What waits for something is not written in one call with what waits for less.
  const levels = levelsOf(changes);
  const batches = Map.groupBy(writes, (change) => {
    const name = streamText(change.target);
    const shared = sharedValue(change, schemas.get(name));
    return `${name} ${verbOf(change)} ${levels.get(change.id)} ${shared}`;
  });
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

/** What the creates of one call have in common, where the stream asks for something. */
function sharedValue(change: Change, schema: StreamSchema | undefined): string {
  const alike = schema?.batchMax?.alike;
  if (change.kind !== "create" || alike === undefined) return "";
  const found = change.fields.find(({ field }) => field === alike);
  return found === undefined ? "" : sharedText(found);
}

/** The same text for values that one call can share. An id that is not known yet is known by the change that makes it. */
export function sharedText({ after, awaits }: FieldChange): string {
  return awaits ?? JSON.stringify(after);
}

function verbOf(change: Change): "create" | "update" | "delete" {
  if (change.kind === "create" || change.kind === "delete") return change.kind;
  return "update";
}

function batchMax(schema: StreamSchema | undefined, verb: "create" | "update" | "delete"): number {
  return (verb === "delete" ? undefined : schema?.batchMax?.[verb]) ?? 1;
}
