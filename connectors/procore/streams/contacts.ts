import type { Stream } from "../../../engine/connector/connector.ts";
import type { StreamSchema } from "../../../engine/connector/schema.ts";
import type { Company } from "../company.ts";
import { readLists } from "../reading.ts";
import { contactLists, findContactByOrigin } from "./contact-reads.ts";
import { createContact, updateContact } from "./contact-writes.ts";

/*
 * Procore keeps one list of people, users and others. A contact is a person without a user; everybody else belongs to
 * the stream of users. There is no call for one person and none for many (documented).
 */

export const contactSchema: StreamSchema = {
  stream: "contacts",
  noun: { one: "contact", many: "contacts" },
  about:
    "People of the company directory who have no Procore account, such as field workers, active and inactive.",
  fields: {
    id: { type: "text", access: "read", about: "Number of the person." },
    first_name: { type: "text", access: "write", about: "First name." },
    last_name: { type: "text", access: "write", required: true, about: "Last name." },
    is_active: { type: "boolean", access: "write", about: "Whether the contact can be picked." },
    is_employee: {
      type: "boolean",
      access: "write",
      about: "Whether the person is an employee of the company itself.",
    },
    employee_id: { type: "text", access: "write", about: "Number of the employee; not unique." },
    job_title: {
      type: "text",
      access: "write",
      about: "Job title; it can be written, and Procore's lists do not tell it.",
    },
    work_classification_id: {
      type: "reference",
      access: "write",
      references: "work_classifications",
      about: "Work classification.",
    },
    email: { type: "email", access: "read", about: "E-mail address, if Procore has one." },
    origin_id: {
      type: "text",
      access: "read",
      about: "Id that the one integration which owns it has given the person.",
    },
  },
  label: ["first_name", "last_name"],
  list: { name: "directory" },
};

export function contactsStream(company: Company): Stream {
  return {
    schema: contactSchema,
    readLagMs: company.readLagMs,
    read: (call) => readLists(company, contactLists(company, contactSchema), call),
    create: (item, call) => createContact(company, contactSchema, item, call),
    update: (item, call) => updateContact(company, contactSchema, item, call),
    ...(company.claimsOriginId && {
      findByOrigin: (originId, call) => findContactByOrigin(company, contactSchema, originId, call),
    }),
  };
}
