import type { Attributes, Kinds } from "./attributes.ts";

/** A person without a user. */
export interface Contact {
  /** The number of the person. */
  readonly id: number;
  readonly company_id: number;
  readonly contact_id: number;
  /** Every attribute of `contactKinds`. */
  readonly attributes: Attributes;
}

/** What the calls for people take (documented). */
export const writtenContactKinds: Kinds = {
  first_name: "text",
  last_name: "text",
  is_employee: "boolean",
  employee_id: "text",
  active: "boolean",
  origin_id: "text",
  job_title: "text",
  work_classification_id: "integer",
};

/** Other ways into the directory give contacts an e-mail address and a phone; these calls leave them alone. */
export const contactKinds: Kinds = { ...writtenContactKinds, email: "text", mobile_phone: "text" };

export const contactDefaults: Attributes = {
  ...Object.fromEntries(Object.keys(contactKinds).map((name) => [name, null])),
  active: true,
  is_employee: false,
};
