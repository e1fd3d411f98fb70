import type { StreamRecord } from "../../engine/connector/connector.ts";
import type { Fields, Value } from "../../engine/value/value.ts";
import { flag, idList, instant, oneOf, reference, text, textOfIds } from "./shapes.ts";
import { type Converted, type RecordShape, recordFromWire } from "./wire.ts";

/*
 * The pure translation between what travels on the wire and the fields of records. `wire.ts` says how far an answer is
 * trusted. Beyond that:
 * - What decides whether a person is in scope (`is_user`, `is_assignable`, `status`) must be there.
 * - A time stamp that cannot be read is left out: nothing is decided by it, and its form is not settled (both ISO 8601
 *   and epoch milliseconds are documented). So is what else nothing hangs on.
 */

const personShape: RecordShape = {
  first_name: text("name", "first"),
  last_name: text("name", "last"),
  email: text("email"),
  phone: text("phone"),
  employee_number: text("employee_number"),
  job_title_id: reference("job_title_id"),
  status: { ...oneOf(["active", "inactive"], "status"), must: true },
  is_user: { ...flag("is_user"), must: true },
  is_assignable: { ...flag("is_assignable"), must: true },
  group_ids: idList("group_ids"),
  created_at: instant("created_at"),
  updated_at: instant("updated_at"),
};

const groupShape: RecordShape = { name: text("name"), timezone: text("timezone") };

const jobTitleShape: RecordShape = {
  name: text("name"),
  globally_accessible: { ...flag("globally_accessible"), expected: null },
};

const permissionLevelShape: RecordShape = { name: text("name") };

/** All of them, or the first fault. */
export function recordsFromWire(
  wires: readonly unknown[],
  convert: (wire: unknown) => Converted,
):
  | { readonly ok: true; readonly records: readonly StreamRecord[] }
  | { readonly ok: false; readonly reason: string } {
  const records: StreamRecord[] = [];
  for (const wire of wires) {
    const converted = convert(wire);
    if (!converted.ok) return converted;
    records.push(converted.record);
  }
  return { ok: true, records };
}

export function personFromWire(wire: unknown): Converted {
  return recordFromWire(wire, "person", personShape);
}

/** The text of job titles by id; `null` for an id that no title has. */
export type JobTitles = ReadonlyMap<string, Value>;

/** A person carries the id of the title only, and its text is joined to it. A title that is not known has no text. */
export function joinJobTitle({ id, fields }: StreamRecord, titles: JobTitles): StreamRecord {
  const title = fields["job_title_id"];
  if (title === undefined) return { id, fields };
  const text = typeof title === "string" ? (titles.get(title) ?? null) : null;
  return { id, fields: { ...fields, job_title: text } };
}

export function groupFromWire(wire: unknown): Converted {
  return recordFromWire(wire, "group", groupShape);
}

export function jobTitleFromWire(wire: unknown): Converted {
  return recordFromWire(wire, "job title", jobTitleShape);
}

export function permissionLevelFromWire(wire: unknown): Converted {
  return recordFromWire(wire, "permission level", permissionLevelShape);
}

/**
 * Body of an update: only what changes. Empty text is sent as `null`, because an empty phone number is documented to
 * cause unexpected errors.
 */
export function patchToWire(patch: Fields): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(patch).map(([field, value]) => [field, value === "" ? null : value]),
  );
}

/** Body of a create. An empty value is left out, save for the list of groups, which must be there. */
export function createToWire({ group_ids, ...fields }: Fields): Readonly<Record<string, Value>> {
  const told = Object.entries(patchToWire(fields)).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(told), group_ids: listOfIds(group_ids) };
}

/** The fields of a record that was created from these, as a reading gives them. */
export function fieldsAsSent(fields: Fields): Fields {
  const { group_ids } = fields;
  const sent = patchToWire(fields);
  return group_ids === undefined ? sent : { ...sent, group_ids: textOfIds(listOfIds(group_ids)) };
}

function listOfIds(text: Value | undefined): readonly string[] {
  return typeof text === "string" ? text.split(/[\s,]+/).filter((id) => id !== "") : [];
}
