import type { Scalar } from "./attributes.ts";
import type { Directory } from "./directory.ts";
import type { User } from "./user.ts";

/*
 * The shapes in which a user is answered. Lists keep keys that are null and carry templates as objects; the answers
 * about one user leave out keys that are null and carry the ids of templates.
 */

export type UserRow = Readonly<Record<string, unknown>>;

/** Of these, only the vendor and templates are answered in another form than they are written. */
const plainKeys: readonly string[] = [
  "address",
  "avatar",
  "business_id",
  "business_phone",
  "business_phone_extension",
  "city",
  "country_code",
  "email_address",
  "email_signature",
  "employee_id",
  "fax_number",
  "first_name",
  "initials",
  "is_active",
  "is_employee",
  "job_title",
  "last_login_at",
  "last_name",
  "mobile_phone",
  "notes",
  "origin_id",
  "origin_data",
  "state_code",
  "zip",
];

function plainRow(user: User): UserRow {
  const { id, created_at, updated_at, attributes } = user;
  return {
    id,
    name: [attributes["first_name"], attributes["last_name"]].filter(Boolean).join(" "),
    ...Object.fromEntries(plainKeys.map((key) => [key, attributes[key] ?? null])),
    vendor: vendorOf(attributes["vendor_id"]),
    created_at,
    updated_at,
  };
}

function vendorOf(id: Scalar | undefined): unknown {
  return typeof id === "number" ? { id, name: `Company ${id}` } : null;
}

/** A row of the list of active users, which is also the answer to a reactivation. */
export function activeRow(directory: Directory, user: User): UserRow {
  const { attributes } = user;
  return {
    ...inactiveListKeys(user),
    contact_id: user.contact_id,
    party_id: user.person_id,
    work_classification_id: attributes["work_classification_id"] ?? null,
    permission_template: templateOf(directory, user, "default_permission_template_id"),
    company_permission_template: templateOf(directory, user, "company_permission_template_id"),
  };
}

/** The list of inactive users has fewer keys: neither templates nor the classification (documented). */
export function inactiveRow(user: User): UserRow {
  const reactivate = `/rest/v1.0/companies/${user.company_id}/users/inactive/${user.id}`;
  return { ...inactiveListKeys(user), _links: { reactivate } };
}

function inactiveListKeys(user: User): UserRow {
  const { attributes } = user;
  return {
    ...plainRow(user),
    erp_integrated_accountant: false,
    welcome_email_sent_at: attributes["welcome_email_sent_at"] ?? null,
  };
}

function templateOf(directory: Directory, user: User, key: string): unknown {
  const id = user.attributes[key];
  const template = directory.templates(user.company_id).find((candidate) => candidate.id === id);
  if (!template) return null;
  const { name, type } = template;
  return { id, name, project_specific: type === "project_specific", type };
}

/** The answer to a create, an update and a sync. */
export function writtenRow(user: User): UserRow {
  const { attributes } = user;
  return withoutNulls({
    ...plainRow(user),
    is_insurance_manager: false,
    work_classification_id: attributes["work_classification_id"],
    default_permission_template_id: attributes["default_permission_template_id"],
    company_permission_template_id: attributes["company_permission_template_id"],
  });
}

export function shownRow(user: User): UserRow {
  return { ...writtenRow(user), contact_id: user.contact_id };
}

function withoutNulls(row: UserRow): UserRow {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== null && value !== undefined),
  );
}
