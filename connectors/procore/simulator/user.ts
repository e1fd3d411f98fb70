import type { Attributes, Kinds } from "./attributes.ts";

/** A user of one company, with the person and the directory contact that every user has. */
export interface User {
  /** The same for the same e-mail address in every company. */
  readonly id: number;
  readonly company_id: number;
  readonly person_id: number;
  readonly contact_id: number;
  readonly created_at: string;
  readonly updated_at: string;
  /** Every attribute of `userKinds`. */
  readonly attributes: Attributes;
}

/** What can be written, and read back unless it says otherwise (documented). */
export const writtenUserKinds: Kinds = {
  first_name: "text",
  last_name: "text",
  job_title: "text",
  address: "text",
  city: "text",
  zip: "text",
  business_phone: "text",
  business_phone_extension: "integer",
  mobile_phone: "text",
  fax_number: "text",
  email_address: "text",
  email_signature: "text",
  is_active: "boolean",
  is_employee: "boolean",
  employee_id: "text",
  notes: "text",
  country_code: "text",
  state_code: "text",
  initials: "text",
  origin_id: "text",
  origin_data: "text",
  vendor_id: "integer",
  default_permission_template_id: "integer",
  company_permission_template_id: "integer",
  work_classification_id: "integer",
  avatar: "text",
};

export const userKinds: Kinds = {
  ...writtenUserKinds,
  business_id: "text",
  last_login_at: "text",
  welcome_email_sent_at: "text",
};

export const userDefaults: Attributes = {
  ...Object.fromEntries(Object.keys(userKinds).map((name) => [name, null])),
  is_active: true,
  is_employee: false,
};

/** The employee number means something for employees only, and is not kept for others. */
export function settledUser(attributes: Attributes): Attributes {
  return attributes["is_employee"] === true ? attributes : { ...attributes, employee_id: null };
}

export function isActiveUser(user: User): boolean {
  return user.attributes["is_active"] === true;
}

export function emailKey(email: unknown): string {
  return typeof email === "string" ? email.trim().toLowerCase() : "";
}
