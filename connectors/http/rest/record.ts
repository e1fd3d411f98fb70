import type { StreamRecord } from "../../../engine/connector/connector.ts";
import type { Fields, Value } from "../../../engine/value/value.ts";
import type { NestedShape, RestDefinition, RestKind, StreamShape } from "./definition.ts";
import { type Body, isBody, misplaced, valueAt, withoutValueAt, withValueAt } from "./path.ts";
import { expectedOf, textOf, type ValueForm, valueFromWire, valueToWire } from "./value.ts";

/** A kind of record and how it travels. */
export interface RestForm {
  readonly kind: RestKind;
  readonly shape: StreamShape;
  readonly instants: RestDefinition["instants"];
}

/** Ids in the address that an answer came from, by the names of their parameters. */
export type Parameters = Readonly<Record<string, string>>;

export type Told<T> =
  | { readonly ok: true; readonly value: T }
  /** Ends the sentence "it answered, but ..."; it may name an id and holds nothing else of a record. */
  | { readonly ok: false; readonly reason: string };

/** The records that one item of a list gives: one, or those in the list inside it. */
export function recordsOfItem(
  item: unknown,
  form: RestForm,
  parameters: Parameters,
): Told<readonly StreamRecord[]> {
  const { nested } = form.shape;
  if (nested === undefined) {
    const record = recordFromWire(item, form, parameters);
    return record.ok ? { ok: true, value: [record.value] } : record;
  }
  return nestedRecords(item, form, nested, parameters);
}

export function recordFromWire(
  item: unknown,
  form: RestForm,
  parameters: Parameters,
): Told<StreamRecord> {
  const id = idOfItem(item, form);
  if (!id.ok) return id;
  const fields = fieldsFromWire(item, form.shape.fields, { form, id: id.value, parameters });
  return fields.ok ? { ok: true, value: { id: id.value, fields: fields.value } } : fields;
}

/** The id of an item of a list: that of the record, or that of the parent of nested ones. */
export function idOfItem(item: unknown, { kind, shape }: RestForm): Told<string> {
  const { one } = kind.schema.noun;
  if (!isBody(item)) return unreadable(`a ${one} came as ${kindOf(item)} and not as an object`);
  const id = idFromWire(valueAt(item, shape.id));
  if (id === null) return unreadable(`a ${one} came without a usable id in ${shape.id}`);
  return { ok: true, value: id };
}

/**
 * The id as text, or null if it is none. Ids become a part of addresses, so that one which means something there, such
 * as "..", is no id.
 */
export function idFromWire(wire: unknown): string | null {
  const id = textOf(wire);
  return id !== undefined && /^[^\s\p{Cc}/\\?#%]{1,200}$/u.test(id) && !/^\.+$/.test(id)
    ? id
    : null;
}

function nestedRecords(
  item: unknown,
  form: RestForm,
  nested: NestedShape,
  parameters: Parameters,
): Told<readonly StreamRecord[]> {
  const parent = idOfItem(item, form);
  if (!parent.ok) return parent;
  const { one, many } = form.kind.schema.noun;
  if (parent.value.includes(":")) {
    return unreadable(`${parent.value}, which holds ${many}, has a colon in its id`);
  }
  const list = valueAt(item, nested.list);
  if (!Array.isArray(list)) {
    return unreadable(`${parent.value} has no list of ${many} in ${nested.list}`);
  }
  const joined = fieldsFromWire(item, form.shape.fields, { form, id: parent.value, parameters });
  if (!joined.ok) return joined;
  const records: StreamRecord[] = [];
  for (const each of list) {
    const own = idFromWire(valueAt(each, nested.id));
    if (own === null) {
      return unreadable(`${parent.value} has a ${one} without a usable id in ${nested.id}`);
    }
    const id = `${parent.value}:${own}`;
    const fields = fieldsFromWire(each, nested.fields, { form, id, parameters });
    if (!fields.ok) return fields;
    records.push({ id, fields: { ...joined.value, ...fields.value } });
  }
  return { ok: true, value: records };
}

/** The two halves of the id of a nested record; null for an id that is none. */
export function nestedId(id: string): { readonly parent: string; readonly own: string } | null {
  const [, parent = "", own = ""] = /^([^:]+):(.+)$/s.exec(id) ?? [];
  return idFromWire(parent) === null || idFromWire(own) === null ? null : { parent, own };
}

function fieldsFromWire(
  item: unknown,
  paths: Readonly<Record<string, string | null>>,
  context: { readonly form: RestForm; readonly id: string; readonly parameters: Parameters },
): Told<Fields> {
  const { form, id, parameters } = context;
  const fields: Record<string, Value> = {};
  for (const [field, path] of Object.entries(paths)) {
    const valueForm = formOf(form, field);
    if (path === null || valueForm === null) continue;
    const found = foundAt(item, path, parameters);
    if (found === undefined) continue;
    const value = valueFromWire(found, valueForm);
    if (value === undefined) {
      const expected = expectedOf(valueForm);
      const { one } = form.kind.schema.noun;
      return unreadable(`the ${one} ${id} has ${kindOf(found)} in ${path} that is not ${expected}`);
    }
    fields[field] = value;
  }
  return { ok: true, value: fields };
}

function foundAt(item: unknown, path: string, parameters: Parameters): unknown {
  const parameter = /^\{(\w+)\}$/.exec(path)?.[1];
  return parameter === undefined ? valueAt(item, path) : parameters[parameter];
}

function formOf({ kind, shape, instants }: RestForm, name: string): ValueForm | null {
  const field = kind.schema.fields[name];
  return field ? { field, instants, values: shape.values[name] } : null;
}

/** A body with these fields. Those that the system does not have are left out. */
export function bodyOf(fields: Fields, form: RestForm, onto: Body = {}): Body {
  return Object.entries(fields).reduce<Body>((body, [name, value]) => {
    const path = form.shape.fields[name];
    const valueForm = formOf(form, name);
    if (!path || valueForm === null) return body;
    // A path of a field is never empty, so that what comes back is a map.
    return withValueAt(body, path, valueToWire(value, valueForm)) as Body;
  }, onto);
}

/** The values of a create: what is empty is not sent. */
export function filled(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== ""),
  );
}

/** A whole record as it was read, to be sent back: without its id and what the system computes. */
export function sendable(item: Body, { kind, shape }: RestForm, leaveOut: readonly string[]): Body {
  const computed = Object.entries(shape.fields).flatMap(([name, path]) =>
    path !== null && kind.schema.fields[name]?.access === "read" ? [path] : [],
  );
  return [shape.id, ...computed, ...leaveOut].reduce<Body>(
    (body, path) => withoutValueAt(body, path) as Body,
    item,
  );
}

/** Fields of which the system says that it has them, by their paths. */
export function pathsOf({ nested, fields }: StreamShape): readonly (readonly [string, string])[] {
  return Object.entries({ ...fields, ...nested?.fields }).flatMap(([name, path]) =>
    path === null ? [] : [[name, path] as const],
  );
}

function unreadable(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (value === misplaced) return "no place for a value";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
