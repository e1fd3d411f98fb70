import type { Stream } from "../../../engine/connector/connector.ts";
import type { StreamSchema } from "../../../engine/connector/schema.ts";
import { people } from "../api-time.ts";
import type { Company } from "../company.ts";
import { flattenPerson, type Row, recordOf } from "../convert.ts";
import { readLists } from "../reading.ts";
import { findContactByOrigin } from "./contact-reads.ts";
import { createContact } from "./contact-writes.ts";

/*
 * A time card names its worker by the number of the person (observed): of a contact that is the contact's own, and of a
 * user another one than the user's. This stream finds both, by employee number or by user, and can make somebody who is
 * in neither: a contact. There is no call for one person (documented), so that nobody is asked for by id.
 */

export const personSchema: StreamSchema = {
  stream: "people",
  noun: { one: "person", many: "people" },
  about:
    "Everybody of the company directory, users and contacts, as time cards name them. A new one is a contact.",
  fields: {
    id: { type: "text", access: "read", about: "Number of the person; of a contact its own." },
    user_id: {
      type: "reference",
      access: "read",
      references: "users",
      about: "The person's user; empty for a contact.",
    },
    first_name: { type: "text", access: "create", about: "First name." },
    last_name: { type: "text", access: "create", required: true, about: "Last name." },
    is_active: { type: "boolean", access: "create", about: "Whether the person can be picked." },
    is_employee: {
      type: "boolean",
      access: "create",
      about: "Whether the person is an employee of the company itself.",
    },
    employee_id: { type: "text", access: "create", about: "Number of the employee; not unique." },
    email: { type: "email", access: "read", about: "E-mail address, if Procore has one." },
    work_classification_id: {
      type: "reference",
      access: "create",
      references: "work_classifications",
      about: "Work classification.",
    },
    origin_id: {
      type: "text",
      access: "read",
      about: "Id that the one integration which owns it has given the person.",
    },
  },
  label: ["first_name", "last_name"],
  list: { name: "directory" },
};

export function peopleStream(company: Company): Stream {
  const convert = (row: Row) => recordOf(flattenPerson(row), personSchema);
  const lists = [
    { request: people(company.id, "active"), convert },
    { request: people(company.id, "inactive"), convert },
  ];
  return {
    schema: personSchema,
    readLagMs: company.readLagMs,
    read: (call) => readLists(company, lists, call),
    create: (item, call) => createContact(company, personSchema, item, call),
    ...(company.claimsOriginId && {
      findByOrigin: (originId, call) => findContactByOrigin(company, personSchema, originId, call),
    }),
  };
}
