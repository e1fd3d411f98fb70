import type { Stream } from "../../../engine/connector/connector.ts";
import type { RestKind } from "./definition.ts";
import { type Readable, readStream } from "./read.ts";
import type { RestForm } from "./record.ts";
import type { RestSystem } from "./system.ts";
import { createRecord, getRecord, updateRecord } from "./write.ts";

export type RestKinds = Readonly<Record<string, RestKind>>;

/** The streams of a system, by name. An ability for which the definition has no call is not there. */
export function restStreams(
  system: RestSystem,
  kinds: RestKinds,
): Readonly<Record<string, Stream>> {
  return Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [name, restStream(system, kind, kinds)]),
  );
}

function restStream(system: RestSystem, kind: RestKind, kinds: RestKinds): Stream {
  const form = formOf(system, kind);
  const { get, create, update } = form.shape;
  const readable = readableOf(system, form, kinds);
  return {
    schema: kind.schema,
    readLagMs: system.readLagMs,
    read: (call, window) => readStream(system, readable, call, window && { window }),
    ...(get && { get: (id, call) => getRecord(system, form, get, id, call) }),
    ...(create && { create: (item, call) => createRecord(system, form, create, item, call) }),
    ...(update && { update: (item, call) => updateRecord(system, form, update, item, call) }),
  };
}

export function readableOf(system: RestSystem, form: RestForm, kinds: RestKinds): Readable {
  const { under } = form.kind;
  if (under === undefined) return { form };
  const parent = kinds[under.stream];
  if (parent === undefined) throw new Error(`No kind of record is called ${under.stream}.`);
  return { form, parents: { form: formOf(system, parent), parameter: under.parameter } };
}

export function formOf({ definition }: RestSystem, kind: RestKind): RestForm {
  const shape = definition.streams[kind.schema.stream];
  if (shape === undefined) throw new Error(`The definition has no ${kind.schema.stream}.`);
  return { kind, shape, instants: definition.instants };
}
