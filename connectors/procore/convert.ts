import type { StreamRecord } from "../../engine/connector/connector.ts";
import type { FieldType, StreamSchema } from "../../engine/connector/schema.ts";
import { isDay } from "../../engine/value/calendar.ts";
import { shown } from "../../engine/value/shown.ts";
import type { Fields, Value } from "../../engine/value/value.ts";
import { procoreTimeZone, zoneOfName } from "./time-zones.ts";

/*
 * Between Procore's rows and our fields, without input or output.
 *
 * Lists keep keys whose value is null (documented). The answers about a single record leave them out (observed), so
 * there a missing key means an empty field, for the keys that such an answer can have at all. In a list a missing key
 * means that the list does not tell.
 */

/** One object of an answer. */
export type Row = Readonly<Record<string, unknown>>;

export type Converted<T> =
  | { readonly ok: true; readonly value: T }
  /** What is wrong, as a clause for a message: it may name an id, a field and a kind of value, and no value. */
  | { readonly ok: false; readonly wrong: string };

export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The list rows of users carry permission templates as objects; the answers about one user, and what is written,
 * carry their ids.
 */
export function flattenUser(row: Row): Row {
  return {
    ...row,
    ...("party_id" in row && { person_id: row["party_id"] }),
    ...templateId(row, "permission_template", "default_permission_template_id"),
    ...templateId(row, "company_permission_template", "company_permission_template_id"),
  };
}

function templateId(row: Row, objectKey: string, idKey: string): Row {
  if (idKey in row || !(objectKey in row)) return {};
  const template = row[objectKey];
  return { [idKey]: isRow(template) ? template["id"] : template };
}

/** A person's state and e-mail address stand in an object of their own, and the state is written under another name. */
export function flattenPerson(row: Row): Row {
  const contact = row["contact"];
  if (!isRow(contact)) return row;
  return { ...row, is_active: contact["is_active"], email: contact["email"] };
}

/** Fields of a person as they are written. */
export function personWire(wire: Row): Row {
  const { is_active: active, ...rest } = wire;
  return active === undefined ? rest : { ...rest, active };
}

/**
 * A project's stage stands in an object, and its time zone is told twice: as a name of Procore's, and in some answers as
 * a zone of the tz database. A time zone that neither of them makes known is left untold.
 */
export function flattenProject(row: Row): Row {
  const { time_zone: name, tz_name: zone, project_stage: stage, ...rest } = row;
  const known = [zone, name].flatMap((text) => {
    const found = typeof text === "string" ? zoneOfName(text) : null;
    return found === null ? [] : [found];
  });
  return {
    ...rest,
    ...(stage !== undefined && { project_stage: isRow(stage) ? stage["name"] : stage }),
    ...(known.length > 0 && { time_zone: known[0] }),
  };
}

/** Fields of a project as they are written: Procore takes its own names of time zones only. */
export function projectWire(wire: Row): Converted<Row> {
  const { time_zone: zone } = wire;
  if (zone === undefined) return { ok: true, value: wire };
  const found = procoreTimeZone(String(zone));
  if (!found) return { ok: false, wrong: `Procore has no time zone ${shown(String(zone))}` };
  return { ok: true, value: { ...wire, time_zone: found.name } };
}

/** `emptyWhenAbsent`: the fields whose missing key means that they are empty. */
export function recordOf(
  row: Row,
  schema: StreamSchema,
  emptyWhenAbsent: readonly string[] = [],
): Converted<StreamRecord> {
  const id = idText(row["id"]);
  if (id === null)
    return { ok: false, wrong: `a ${schema.noun.one} came without a whole number as id` };
  const fields: Record<string, Value> = {};
  for (const [name, { type }] of Object.entries(schema.fields)) {
    const wire = row[name];
    if (wire === undefined) {
      if (emptyWhenAbsent.includes(name)) fields[name] = null;
      continue;
    }
    const value = fieldValue(wire, type);
    if (value === undefined) {
      const wrong = type === "date" ? "is no day such as 2026-01-31" : `is a ${typeof wire}`;
      return { ok: false, wrong: `${name} of ${schema.noun.one} ${id} ${wrong}` };
    }
    fields[name] = value;
  }
  return { ok: true, value: { id, fields } };
}

/** Ids go beyond 32 bits (documented), and are exact numbers up to 53 bits. */
function idText(wire: unknown): string | null {
  return Number.isSafeInteger(wire) ? String(wire) : null;
}

/** Undefined: not what the type asks for. An empty text is an empty field, as it is for the person who reads it. */
function fieldValue(wire: unknown, type: FieldType): Value | undefined {
  if (wire === null || wire === "") return null;
  switch (type) {
    case "boolean":
      return typeof wire === "boolean" ? wire : undefined;
    case "reference":
      return idText(wire) ?? undefined;
    case "instant":
      return instantText(wire);
    case "integer":
    case "decimal":
      return typeof wire === "number" ? wire : undefined;
    case "date":
      return typeof wire === "string" && isDay(wire) ? wire : undefined;
    case "text":
    case "email":
    case "phone":
    case "choice":
    case "timezone":
      return typeof wire === "string" || typeof wire === "number" ? String(wire) : undefined;
  }
}

function instantText(wire: unknown): string | undefined {
  if (typeof wire !== "string") return undefined;
  const time = Date.parse(wire);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** Fields as Procore takes them: references are numbers there. Null empties a field (assumed). */
export function wireOf(fields: Fields, schema: StreamSchema): Converted<Row> {
  const wire: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const written = wireValue(value, schema.fields[name]?.type ?? "text");
    if (!written.ok) return { ok: false, wrong: `${name} ${written.wrong}` };
    wire[name] = written.value;
  }
  return { ok: true, value: wire };
}

/** A malformed date would be stored as none at all, and the answer would say that all is well (documented). */
function wireValue(value: Value, type: FieldType): Converted<Value> {
  if (value === null) return { ok: true, value };
  if (type === "date" && !(typeof value === "string" && isDay(value))) {
    return { ok: false, wrong: "must be a day such as 2026-01-31" };
  }
  if (type !== "reference") return { ok: true, value };
  const id = Number(value);
  return Number.isSafeInteger(id) && id > 0
    ? { ok: true, value: id }
    : { ok: false, wrong: "must be the id of a Procore record, a whole number" };
}

/** A new record is described by what it has; null says nothing that leaving the field out does not. */
export function withoutNulls(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
