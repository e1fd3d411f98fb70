import type { Call, Stream, WriteResult } from "../../engine/connector/connector.ts";

export interface Gate {
  /** Asked before every call that writes. */
  isLapsed(): boolean;
  readonly lapsed: AbortSignal;
}

/** The same stream, which writes nothing once the right to write is over. */
export function fencedStream(stream: Stream, gate: Gate): Stream {
  const { create, update, remove, createMany, updateMany } = stream;
  return {
    ...stream,
    ...(create && { create: one(create, gate) }),
    ...(update && { update: one(update, gate) }),
    ...(remove && { remove: one(remove, gate) }),
    ...(createMany && { createMany: many(createMany, gate) }),
    ...(updateMany && { updateMany: many(updateMany, gate) }),
  };
}

type Write<T, R> = (what: T, call: Call) => Promise<R>;

function one<T>(write: Write<T, WriteResult>, gate: Gate): Write<T, WriteResult> {
  return async (what, call) => (gate.isLapsed() ? notSent : write(what, until(call, gate)));
}

function many<T>(
  write: Write<readonly T[], readonly WriteResult[]>,
  gate: Gate,
): Write<readonly T[], readonly WriteResult[]> {
  return async (what, call) =>
    gate.isLapsed() ? what.map(() => notSent) : write(what, until(call, gate));
}

function until({ signal }: Call, { lapsed }: Gate): Call {
  return { signal: AbortSignal.any([signal, lapsed]) };
}

const notSent: WriteResult = {
  status: "failed",
  problem: {
    code: "cancelled",
    message: "The time in which this process may write was over before this change was sent.",
    retry: "later",
    applied: "no",
  },
};
