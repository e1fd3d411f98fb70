import type { StreamSchema } from "../../../engine/connector/schema.ts";

/*
 * `is_user` can be set on creation only: giving a login to somebody who is there mails an invitation and needs a
 * permission level, which no answer tells, so that it is a person's decision in the product. Groups change by calls of
 * their own in the product, and not by an update.
 */
export const peopleSchema: StreamSchema = {
  stream: "people",
  noun: { one: "person", many: "people" },
  about:
    "The People List: users, assignable people, and those who are both. Custom fields are not read.",
  fields: {
    first_name: { type: "text", access: "write", required: true, about: "The first name." },
    last_name: { type: "text", access: "write", required: true, about: "The last name." },
    email: {
      type: "email",
      access: "write",
      about: "The e-mail address; a user needs one, and no two people may share one.",
    },
    phone: {
      type: "phone",
      access: "write",
      about: "The mobile phone with country code; no two people may share one.",
    },
    employee_number: {
      type: "text",
      access: "write",
      about: "The Employee ID of the product's pages; the product does not keep it unique.",
    },
    job_title: {
      type: "text",
      access: "read",
      about: "The text of the job title, empty if the title no longer exists.",
    },
    job_title_id: {
      type: "reference",
      access: "write",
      references: "job_titles",
      about: "The id of the job title.",
    },
    status: {
      type: "choice",
      access: "write",
      required: true,
      choices: ["active", "inactive"],
      about: "Inactive people stay on file and are hidden in the product.",
    },
    is_user: {
      type: "boolean",
      access: "create",
      required: true,
      about: "Whether the person may log in; types User and Both.",
    },
    is_assignable: {
      type: "boolean",
      access: "write",
      required: true,
      about: "Whether the person can be put on projects; types Assignable and Both.",
    },
    group_ids: {
      type: "text",
      access: "create",
      about:
        "The ids of the person's groups with commas between them; only an Admin may have none.",
    },
    permission_level_id: {
      type: "reference",
      access: "create",
      references: "permission_levels",
      about: "The permission level, which a user needs; it can be set and is never told.",
    },
    no_invite: {
      type: "boolean",
      access: "create",
      about: "True keeps the product from mailing an invitation to a new user; it is never told.",
    },
    created_at: { type: "instant", access: "read", about: "When the person was created." },
    updated_at: { type: "instant", access: "read", about: "When the person was changed last." },
  },
  label: ["first_name", "last_name"],
};
