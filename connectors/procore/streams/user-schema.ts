import type { StreamSchema } from "../../../engine/connector/schema.ts";

/**
 * Procore takes up to 1,000 users a call. Its own Ruby client sends 500, which halves what one lost answer leaves in
 * doubt.
 */
const usersPerCall = 500;

export const userSchema: StreamSchema = {
  stream: "users",
  noun: { one: "user", many: "users" },
  about: "People of the company directory who have a Procore account, active and inactive.",
  fields: {
    id: { type: "text", access: "read", about: "Number of the user, the same in every company." },
    person_id: {
      type: "reference",
      access: "read",
      references: "people",
      about:
        "Number of the user's person, by which time cards name it; not told of inactive users.",
    },
    first_name: { type: "text", access: "write", about: "First name." },
    last_name: { type: "text", access: "write", required: true, about: "Last name." },
    email_address: {
      type: "email",
      access: "write",
      required: true,
      about: "The address the user logs in with, once per company; an update may be refused.",
    },
    mobile_phone: { type: "phone", access: "write", about: "Mobile phone number." },
    business_phone: { type: "phone", access: "write", about: "Business phone number." },
    job_title: { type: "text", access: "write", about: "Job title." },
    is_active: { type: "boolean", access: "write", about: "Whether the user may log in." },
    is_employee: {
      type: "boolean",
      access: "write",
      about: "Whether the user is an employee of the company itself.",
    },
    employee_id: {
      type: "text",
      access: "write",
      about: "Number of the employee; kept for employees only, and not unique.",
    },
    company_permission_template_id: {
      type: "reference",
      access: "write",
      references: "permission_templates",
      about: "Permission template for the company's tools; not told of inactive users.",
    },
    default_permission_template_id: {
      type: "reference",
      access: "write",
      references: "permission_templates",
      about: "Permission template that the user gets in new projects; not told of inactive users.",
    },
    work_classification_id: {
      type: "reference",
      access: "write",
      references: "work_classifications",
      about: "Work classification; not told of inactive users.",
    },
    origin_id: {
      type: "text",
      access: "read",
      about: "Id that the one integration which owns it has given the user.",
    },
    created_at: { type: "instant", access: "read", about: "When the user was created." },
    updated_at: { type: "instant", access: "read", about: "When the user was changed last." },
  },
  label: ["first_name", "last_name"],
  list: { name: "directory", fields: { email_address: "email" } },
  batchMax: { create: usersPerCall, update: usersPerCall },
};

/** The list of inactive users has no keys for these (documented; for the person it is assumed). */
export const untoldOfInactive: readonly string[] = [
  "person_id",
  "company_permission_template_id",
  "default_permission_template_id",
  "work_classification_id",
];

/** Of an answer about one user, which leaves out the keys that are empty; the person is in no such answer (documented). */
export const emptyWhenLeftOut: readonly string[] = Object.keys(userSchema.fields).filter(
  (name) => name !== "person_id",
);
