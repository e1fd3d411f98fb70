import type { FieldSchema, FieldType, StreamSchema } from "../../engine/connector/schema.ts";

/* The streams of the company whose directory several streams show. */

function field(type: FieldType, more: Partial<FieldSchema> = {}): FieldSchema {
  return { type, access: "write", about: "For tests.", ...more };
}

function schema(
  [stream, one]: readonly [stream: string, one: string],
  fields: StreamSchema["fields"],
  more: Partial<StreamSchema> = {},
): StreamSchema {
  const noun = { one, many: stream };
  return { stream, noun, about: "For tests.", label: ["name"], fields, ...more };
}

const onCreate = { access: "create" } as const;
const person = { name: field("text"), number: field("text"), title: field("text") };
const directory = { list: { name: "directory" } };

/** What the list itself knows of somebody. */
export const listSchema = schema(["directory", "entry"], person);

export const schemas = {
  staff: schema(["staff", "employee"], person),
  workers: schema(["workers", "worker"], { name: field("text"), number: field("text") }),
  shifts: schema(
    ["shifts", "shift"],
    { worker: field("reference", { references: "workers" }), hours: field("decimal") },
    { label: [] },
  ),
  cards: schema(
    ["cards", "card"],
    {
      person: field("reference", { references: "people", required: true }),
      hours: field("decimal"),
      mark: field("text"),
    },
    { label: ["mark"] },
  ),
  /** A second kind of work and what is made of it, for people who are needed twice. */
  visits: schema(
    ["visits", "visit"],
    { worker: field("reference", { references: "staff" }), hours: field("decimal") },
    { label: [] },
  ),
  passes: schema(
    ["passes", "pass"],
    {
      person: field("reference", { references: "people", required: true }),
      hours: field("decimal"),
      mark: field("text"),
    },
    { label: ["mark"] },
  ),
  contacts: schema(["contacts", "contact"], person, directory),
  people: schema(
    ["people", "person"],
    { name: field("text", onCreate), number: field("text", onCreate) },
    directory,
  ),
  users: schema(
    ["users", "user"],
    { full_name: field("text"), code: field("text") },
    {
      label: ["full_name"],
      list: { name: "directory", fields: { full_name: "name", code: "number" } },
    },
  ),
  /** A list of its own, which one stream shows. */
  partners: schema(
    ["partners", "partner"],
    { name: field("text"), number: field("text") },
    { list: { name: "partners" } },
  ),
} as const;

export type ViewName = "contacts" | "people" | "users";

export interface ListView {
  readonly name: ViewName;
  readonly schema: StreamSchema;
  /** Stands before the ids of the list. */
  readonly idPrefix: string;
}

export const views: Readonly<Record<ViewName, ListView>> = {
  contacts: { name: "contacts", schema: schemas.contacts, idPrefix: "" },
  people: { name: "people", schema: schemas.people, idPrefix: "" },
  users: { name: "users", schema: schemas.users, idPrefix: "user-" },
};
