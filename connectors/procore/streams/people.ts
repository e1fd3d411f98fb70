import type { Stream } from "../../../engine/connector/connector.ts";
import type { StreamSchema } from "../../../engine/connector/schema.ts";
import { people } from "../api-time.ts";
import type { Company } from "../company.ts";
import { flattenPerson, type Row, recordOf } from "../convert.ts";
import { readLists } from "../reading.ts";

/*
 * A time card names its worker by the number of the person (observed): of a contact that is the contact's own, and of a
 * user another one than the user's. This stream finds both, by employee number or by user.
 */

export const personSchema: StreamSchema = {
  stream: "people",
  noun: { one: "person", many: "people" },
  about: "Everybody of the company directory, users and contacts, as time cards name them.",
  fields: {
    id: { type: "text", access: "read", about: "Number of the person; of a contact its own." },
    user_id: {
      type: "reference",
      access: "read",
      references: "users",
      about: "The person's user; empty for a contact.",
    },
    first_name: { type: "text", access: "read", about: "First name." },
    last_name: { type: "text", access: "read", about: "Last name." },
    is_active: { type: "boolean", access: "read", about: "Whether the person can be picked." },
    is_employee: {
      type: "boolean",
      access: "read",
      about: "Whether the person is an employee of the company itself.",
    },
    employee_id: { type: "text", access: "read", about: "Number of the employee; not unique." },
    email: { type: "email", access: "read", about: "E-mail address, if Procore has one." },
    work_classification_id: {
      type: "reference",
      access: "read",
      references: "work_classifications",
      about: "Work classification.",
    },
  },
  label: ["first_name", "last_name"],
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
  };
}
