import type { FieldSchema, StreamSchema } from "../../../engine/connector/schema.ts";
import { instantMs } from "../../../engine/value/calendar.ts";
import type { Fields, Value } from "../../../engine/value/value.ts";
import type { RestDefinition, StreamShape, WireValues } from "../../http/rest/definition.ts";
import { type Body, isBody, valueAt, withValueAt } from "../../http/rest/path.ts";
import { smartbarrelKinds } from "../kinds.ts";
import { type Collection, type Kept, ownContractor, schemaOf } from "./records.ts";

/* Records as the definition says that they travel, from the system's side. */

export function shapeOf(
  { streams }: RestDefinition,
  name: keyof typeof smartbarrelKinds,
): StreamShape {
  const shape = streams[name];
  if (shape === undefined) throw new Error(`The definition has no ${name}.`);
  return shape;
}

export function recordToWire(name: Collection, record: Kept, definition: RestDefinition): unknown {
  const shape = shapeOf(definition, name);
  const fields = { ...emptyFields(schemaOf(name)), ...record.fields, ...computed(name, record) };
  const told = fieldsToWire(schemaOf(name), fields, shape.fields, shape, definition);
  const whole = withValueAt(told, shape.id, record.id);
  return name === "shifts" ? withEntries(whole, record, definition) : whole;
}

function withEntries(shift: unknown, { entries }: Kept, definition: RestDefinition): unknown {
  const shape = shapeOf(definition, "shift_entries");
  const { nested } = shape;
  if (nested === undefined) return shift;
  const { schema } = smartbarrelKinds.shift_entries;
  const empty = Object.fromEntries(Object.keys(nested.fields).map((field) => [field, null]));
  const list = entries.map(({ id, fields }) =>
    withValueAt(
      fieldsToWire(schema, { ...empty, ...fields }, nested.fields, shape, definition),
      nested.id,
      id,
    ),
  );
  return withValueAt(shift, nested.list, list);
}

function emptyFields({ fields }: StreamSchema): Fields {
  return Object.fromEntries(Object.keys(fields).map((field) => [field, null]));
}

function computed(name: Collection, { fields, entries, createdAt, updatedAt }: Kept): Fields {
  const stamps = {
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
  };
  switch (name) {
    case "workers":
      return { ...stamps, is_subcontractor: fields["contractor_id"] !== ownContractor };
    case "shifts": {
      const hours = entries.map((entry) => Number(entry.fields["hours"] ?? 0));
      return { ...stamps, total_hours: hours.reduce((sum, each) => sum + each, 0) };
    }
    default:
      return {};
  }
}

function fieldsToWire(
  schema: StreamSchema,
  fields: Fields,
  paths: StreamShape["fields"],
  { values }: StreamShape,
  { instants }: RestDefinition,
): Body {
  return Object.entries(paths).reduce<Body>((body, [name, path]) => {
    const field = schema.fields[name];
    const value = fields[name];
    if (path === null || path.startsWith("{") || !field || value === undefined) return body;
    const told = toldValue(value, field, values[name], instants);
    return withValueAt(body, path, told) as Body;
  }, {});
}

function toldValue(
  value: Value,
  field: FieldSchema,
  words: Readonly<Record<string, WireValues>> | undefined,
  instants: RestDefinition["instants"],
): unknown {
  if (value === null) return null;
  const word = words?.[String(value)];
  if (word !== undefined) return Array.isArray(word) ? word[0] : word;
  // Hours travel as text with two places, so that no float spoils them.
  if (field.type === "decimal") return Number(value).toFixed(2);
  if (field.type !== "instant" || instants === "iso") return value;
  const ms = instantMs(String(value)) ?? 0;
  return instants === "epoch-seconds" ? Math.floor(ms / 1_000) : ms;
}

export interface Sent {
  readonly fields: Fields;
  /** Keys of the body that no field has, as paths. */
  readonly unknown: readonly string[];
}

/** The fields that a body sets, whoever may set them. Null: the record is not where it must be. */
export function fieldsFromBody(
  name: Collection,
  body: unknown,
  wrap: string | null,
  definition: RestDefinition,
): Sent | null {
  const item = wrap === null ? body : isBody(body) ? body[wrap] : null;
  if (!isBody(item)) return null;
  const shape = shapeOf(definition, name);
  const fields: Record<string, Value> = {};
  for (const [field, path] of Object.entries(shape.fields)) {
    const told = path === null || path.startsWith("{") ? undefined : valueAt(item, path);
    if (told === undefined || typeof told === "symbol") continue;
    fields[field] = ourValue(told as Value, shape.values[field]);
  }
  const known = new Set(Object.values(shape.fields));
  return { fields, unknown: leavesOf(item, "").filter((path) => !known.has(path)) };
}

function ourValue(told: Value, words: Readonly<Record<string, WireValues>> | undefined): Value {
  const ours = Object.entries(words ?? {}).find(([, word]) =>
    [word].flat().includes(told as never),
  );
  if (ours === undefined)
    return words === undefined || told === null ? told : `not a word: ${told}`;
  return ours[0] === "true" || ours[0] === "false" ? ours[0] === "true" : ours[0];
}

function leavesOf(value: unknown, path: string): readonly string[] {
  if (!isBody(value)) return [path];
  return Object.entries(value).flatMap(([key, below]) =>
    leavesOf(below, path === "" ? key : `${path}.${key}`),
  );
}
