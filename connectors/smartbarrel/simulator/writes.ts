import type { Fields } from "../../../engine/value/value.ts";
import type { RestDefinition, UpdateShape, WriteShape } from "../../http/rest/definition.ts";
import { type Collection, defaults, type Kept, schemaOf } from "./records.ts";
import { type Judged, refused } from "./refusal.ts";
import { judgeRecord, judgeValues } from "./rules.ts";
import type { Store } from "./store.ts";
import { fieldsFromBody } from "./wire.ts";

export type Written = Judged<Kept>;

/** A create as a request asks for it. */
export function createFrom(
  store: Store,
  name: Collection,
  body: unknown,
  shape: WriteShape,
  definition: RestDefinition,
): Written {
  const sent = sentIn(name, body, shape, definition);
  if (!sent.ok) return sent;
  const judged = judgeRecord(name, { ...defaults[name], ...sent.value }, null, store);
  return judged.ok ? { ok: true, value: store.create(name, judged.value) } : judged;
}

/** An update as a request asks for it. `PUT` forgets what it is not sent. */
export function writeTo(
  store: Store,
  name: Collection,
  record: Kept,
  body: unknown,
  shape: UpdateShape,
  definition: RestDefinition,
): Written {
  const sent = sentIn(name, body, shape, definition);
  if (!sent.ok) return sent;
  const method = shape.method ?? definition.writing.updateMethod;
  const before = method === "PUT" ? forgotten(name, record.fields) : record.fields;
  const judged = judgeRecord(name, { ...before, ...sent.value }, record.id, store);
  return judged.ok ? { ok: true, value: store.change(name, record, judged.value) } : judged;
}

/** What is left of a record that is replaced: nothing that can be written. */
function forgotten(name: Collection, fields: Fields): Fields {
  const { fields: known } = schemaOf(name);
  return {
    ...defaults[name],
    ...Object.fromEntries(
      Object.entries(fields).filter(([field]) => known[field]?.access !== "write"),
    ),
  };
}

function sentIn(
  name: Collection,
  body: unknown,
  shape: WriteShape,
  definition: RestDefinition,
): Judged<Fields> {
  const wrap = shape.wrap === undefined ? definition.writing.wrap : shape.wrap;
  const sent = fieldsFromBody(name, body, wrap, definition);
  if (sent === null) return refused("validation_failed", "The body holds no record.");
  if (sent.unknown.length > 0) {
    const reasons = Object.fromEntries(sent.unknown.map((path) => [path, ["is not known"]]));
    return refused("validation_failed", "Some values are not known.", reasons);
  }
  return judgeValues(name, sent.fields, "api");
}
