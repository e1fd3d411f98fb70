import { expect } from "vitest";
import type { StreamRecord } from "../../engine/connector/connector.ts";
import type { FieldSchema, StreamSchema } from "../../engine/connector/schema.ts";
import { instantMs, isDay } from "../../engine/value/calendar.ts";
import { equalValues } from "../../engine/value/equal.ts";
import { timezoneName } from "../../engine/value/timezone.ts";
import type { Fields, Value } from "../../engine/value/value.ts";

/** What keeps a record from being one of this schema, in words. */
export function misfits(schema: StreamSchema, record: StreamRecord): readonly string[] {
  return Object.entries(record.fields).flatMap(([name, value]) => {
    const field = schema.fields[name];
    if (field === undefined) return [`${record.id}: ${name} is not declared`];
    return holds(field, value)
      ? []
      : [`${record.id}: ${name} is no ${field.type}: ${JSON.stringify(value)}`];
  });
}

/** Stricter than what may be written: a connector delivers the very form that the type has. */
function holds(field: FieldSchema, value: Value): boolean {
  if (value === null) return true;
  switch (field.type) {
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return Number.isSafeInteger(value);
    case "decimal":
      return typeof value === "number" && Number.isFinite(value);
    case "choice":
      return typeof value === "string" && field.choices?.includes(value) === true;
    case "date":
      return typeof value === "string" && isDay(value);
    case "instant":
      return typeof value === "string" && value.endsWith("Z") && instantMs(value) !== null;
    case "timezone":
      return typeof value === "string" && timezoneName(value) !== null;
    case "text":
    case "email":
    case "phone":
    case "reference":
      return typeof value === "string";
  }
}

/** The record holds these values, in whatever spelling the system chose. A field that the system does not tell is passed over. */
export function expectHolds(schema: StreamSchema, record: StreamRecord, wanted: Fields): void {
  const different = Object.entries(wanted).filter(([name, value]) => {
    const held = record.fields[name];
    const type = schema.fields[name]?.type ?? "text";
    return held !== undefined && !equalValues(type, held, value, { phoneCountry: "US" });
  });
  const held = Object.fromEntries(different.map(([name]) => [name, record.fields[name]]));
  expect(held).toEqual(Object.fromEntries(different));
}

/** Nothing changed beside these fields and the ones that the system computes. */
export function expectUntouched(
  schema: StreamSchema,
  before: StreamRecord,
  after: StreamRecord,
  patch: Fields,
): void {
  const kept = Object.entries(before.fields).filter(
    ([name]) => !(name in patch) && schema.fields[name]?.access !== "read",
  );
  expectHolds(schema, after, Object.fromEntries(kept));
}
