import { type TSchema, type TSchemaOptions, Type } from "typebox";

/*
 * How the documents of the API are put together. Schemas of answers document what is sent and cut nothing off: answers are
 * written as JSON as they are, and a test compares them with what is documented here.
 */

/** A schema with a name of its own in the API's document. */
export interface NamedSchema {
  readonly $id: string;
  readonly schema: TSchema;
}

export function named($id: string, schema: TSchema): NamedSchema {
  return { $id, schema };
}

/** Stands for a schema that has a name. */
export function ref({ $id }: NamedSchema, options: TSchemaOptions = {}): TSchema {
  return Type.Unsafe<unknown>({ ...options, $ref: `${$id}#` });
}

/** An ISO 8601 instant in UTC. */
export const time: TSchema = Type.String({
  format: "date-time",
  examples: ["2026-11-21T20:12:05.000Z"],
});

export const text: TSchema = Type.String();

/** An object without names that are known beforehand. */
export function byName(values: TSchema): TSchema {
  return Type.Unsafe<unknown>({ type: "object", additionalProperties: values });
}

/** Any JSON value. */
export const anyValue: TSchema = Type.Unsafe<unknown>({
  description: "Any JSON value: what a system holds, or a person has set.",
});
