import type {
  Call,
  CreateItem,
  Stream,
  StreamRecord,
  UpdateItem,
  WriteResult,
} from "../connector/connector.ts";
import type { Change } from "../plan/plan.ts";
import { addressText } from "../value/address.ts";
import { patchOf } from "./settlement.ts";
import type { Verb } from "./waves.ts";

/** A change whose precondition holds, with the target as it is now. */
export interface Ready {
  readonly change: Change;
  readonly record: StreamRecord | null;
}

/** A call, and the wish to begin no further one. */
export interface PerformCall extends Call {
  readonly stop: AbortSignal;
}

/**
 * The one place that writes to systems: one call, or one call a record where the stream takes no more. Between two
 * records it stops when it is asked to.
 */
export async function perform(
  verb: Verb,
  stream: Stream,
  ready: readonly Ready[],
  call: PerformCall,
): Promise<readonly WriteResult[]> {
  switch (verb) {
    case "create":
      return performCreates(
        stream,
        ready.map(({ change }) => createItem(change)),
        call,
      );
    case "update":
      return performUpdates(stream, ready.map(updateItem), call);
    case "delete":
      return performDeletes(stream, ready, call);
    case "state":
      throw new Error("a change to the state alone is not written to a system");
  }
}

function createItem(change: Change): CreateItem {
  if (change.kind !== "create") throw new Error(`${change.kind} is not a create`);
  return { fields: patchOf(change.fields), originId: addressText(change.source) };
}

function updateItem({ change, record }: Ready): UpdateItem {
  if (!("fields" in change) || !record) throw new Error("an update needs fields and a record");
  return { record, patch: patchOf(change.fields) };
}

async function performCreates(
  stream: Stream,
  items: readonly CreateItem[],
  call: PerformCall,
): Promise<readonly WriteResult[]> {
  const { create, createMany } = stream;
  if (createMany && (items.length > 1 || !create)) return createMany(items, call);
  if (!create) throw new Error(`${stream.schema.stream} cannot create`);
  return oneByOne(items, call.stop, (item) => create(item, call));
}

async function performUpdates(
  stream: Stream,
  items: readonly UpdateItem[],
  call: PerformCall,
): Promise<readonly WriteResult[]> {
  const { update, updateMany } = stream;
  if (updateMany && (items.length > 1 || !update)) return updateMany(items, call);
  if (!update) throw new Error(`${stream.schema.stream} cannot update`);
  return oneByOne(items, call.stop, (item) => update(item, call));
}

async function performDeletes(
  stream: Stream,
  ready: readonly Ready[],
  call: PerformCall,
): Promise<readonly WriteResult[]> {
  const { remove } = stream;
  return oneByOne(ready, call.stop, async ({ record }): Promise<WriteResult> => {
    if (!record) throw new Error("a delete needs a record");
    if (remove) return remove(record, call);
    const message = `${stream.schema.noun.many} cannot be deleted in this system; choose another reaction in the mapping.`;
    return {
      status: "failed",
      problem: { code: "rejected", message, retry: "never", applied: "no" },
    };
  });
}

async function oneByOne<T>(
  items: readonly T[],
  stop: AbortSignal,
  write: (item: T) => Promise<WriteResult>,
): Promise<readonly WriteResult[]> {
  const results: WriteResult[] = [];
  for (const item of items) results.push(stop.aborted ? notBegun : await write(item));
  return results;
}

const notBegun: WriteResult = {
  status: "failed",
  problem: {
    code: "cancelled",
    message: "The run was stopped before this change.",
    retry: "later",
    applied: "no",
  },
};
