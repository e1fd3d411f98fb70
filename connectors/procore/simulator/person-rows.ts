import type { Contact } from "./contact.ts";
import type { Directory } from "./directory.ts";
import { isActiveUser, type User } from "./user.ts";

/** One row of the list of people: a user's person, or a contact. */
export interface PersonRow {
  readonly id: number;
  readonly first_name: unknown;
  readonly last_name: unknown;
  readonly is_employee: unknown;
  readonly user_id: number | null;
  readonly contact: { readonly is_active: boolean; readonly email: unknown };
  readonly [key: string]: unknown;
}

/** Everybody of a company, by id. */
export function people(directory: Directory, companyId: number): readonly PersonRow[] {
  const rows = [
    ...directory.users(companyId).map(personOfUser),
    ...directory.contacts(companyId).map(personOfContact),
  ];
  return rows.sort((one, other) => one.id - other.id);
}

/** The job title is written and not told (observed). */
export function personOfContact({ id, contact_id, attributes }: Contact): PersonRow {
  return {
    id,
    ...person(attributes),
    user_id: null,
    user_uuid: null,
    contact_id,
    contact: { is_active: attributes["active"] === true, email: attributes["email"] ?? null },
  };
}

function personOfUser(user: User): PersonRow {
  const { attributes } = user;
  return {
    id: user.person_id,
    ...person({ ...attributes, origin_id: null }),
    user_id: user.id,
    user_uuid: `00000000-0000-4000-8000-${String(user.id).padStart(12, "0")}`,
    contact_id: user.contact_id,
    contact: { is_active: isActiveUser(user), email: attributes["email_address"] ?? null },
  };
}

function person(attributes: Contact["attributes"]) {
  return {
    first_name: attributes["first_name"] ?? null,
    last_name: attributes["last_name"] ?? null,
    name: fullName(attributes),
    employee_id: attributes["employee_id"] ?? null,
    work_classification_id: attributes["work_classification_id"] ?? null,
    is_employee: attributes["is_employee"] ?? null,
    origin_id: attributes["origin_id"] ?? null,
  };
}

export function fullName(attributes: Contact["attributes"]): string {
  return [attributes["first_name"], attributes["last_name"]].filter(Boolean).join(" ");
}
