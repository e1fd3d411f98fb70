import type { FieldSchema } from "../../../engine/connector/schema.ts";
import { instantMs, isDay } from "../../../engine/value/calendar.ts";
import { numberOf } from "../../../engine/value/numeric.ts";
import { timezoneName } from "../../../engine/value/timezone.ts";
import type { Value } from "../../../engine/value/value.ts";
import type { RestDefinition, WireValues } from "./definition.ts";

/*
 * Values between the wire and fields, both ways.
 *
 * How far an answer is trusted: null and empty text are empty. A value that is not of the field's type makes the answer
 * unreadable; to read it as empty would empty every field that follows it.
 */

export interface ValueForm {
  readonly field: FieldSchema;
  readonly instants: RestDefinition["instants"];
  /** What stands on the wire for each value, where that is another. */
  readonly values: Readonly<Record<string, WireValues>> | undefined;
}

/** `undefined` for a value that does not have the form. */
export function valueFromWire(wire: unknown, form: ValueForm): Value | undefined {
  if (wire === null || wire === "") return null;
  if (form.values === undefined) return typed(wire, form);
  const ours = Object.entries(form.values).find(([, told]) =>
    [told].flat().includes(wire as never),
  );
  if (ours === undefined) return undefined;
  return form.field.type === "boolean" ? ours[0] === "true" : ours[0];
}

function typed(wire: unknown, { field, instants }: ValueForm): Value | undefined {
  switch (field.type) {
    case "boolean":
      return typeof wire === "boolean" ? wire : undefined;
    case "integer":
    case "decimal": {
      const number = numberOf(wire);
      if (number === null || !Number.isFinite(number)) return undefined;
      return field.type === "decimal" || Number.isSafeInteger(number) ? number : undefined;
    }
    case "date":
      return typeof wire === "string" && isDay(wire) ? wire : undefined;
    case "instant":
      return instantText(wire, instants);
    case "timezone":
      return typeof wire === "string" && timezoneName(wire) !== null ? wire : undefined;
    case "choice":
      return field.choices?.find((choice) => choice === wire);
    case "text":
    case "email":
    case "phone":
    case "reference":
      return textOf(wire);
  }
}

/** Text as it is; the digits of an integer where a text belongs. */
export function textOf(wire: unknown): string | undefined {
  if (typeof wire === "string") return wire;
  return Number.isSafeInteger(wire) ? String(wire) : undefined;
}

function instantText(wire: unknown, instants: RestDefinition["instants"]): string | undefined {
  const ms =
    typeof wire === "string"
      ? instantMs(wire)
      : typeof wire === "number" && instants !== "iso"
        ? wire * (instants === "epoch-seconds" ? 1_000 : 1)
        : null;
  const date = new Date(ms ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** What to send for a value of ours. Empty text is sent as null. */
export function valueToWire(value: Value, { field, instants, values }: ValueForm): unknown {
  if (value === null || value === "") return null;
  const told = values?.[String(value)];
  if (told !== undefined) return [told].flat()[0];
  if (field.type !== "instant" || instants === "iso") return value;
  const ms = instantMs(String(value));
  if (ms === null) return value;
  return instants === "epoch-seconds" ? Math.floor(ms / 1_000) : ms;
}

/** What a value of this form is called in messages. */
export function expectedOf({ field, values, instants }: ValueForm): string {
  if (values !== undefined) return "one of the values that the definition names";
  switch (field.type) {
    case "boolean":
      return "true or false";
    case "integer":
      return "a whole number";
    case "decimal":
      return "a number";
    case "date":
      return "a date such as 2026-01-31";
    case "instant":
      return instants === "iso"
        ? "a moment with its offset such as 2026-01-31T08:00:00Z"
        : "a moment";
    case "timezone":
      return "an IANA time zone";
    case "choice":
      return (field.choices ?? []).join(" or ");
    case "text":
    case "email":
    case "phone":
    case "reference":
      return "text";
  }
}
