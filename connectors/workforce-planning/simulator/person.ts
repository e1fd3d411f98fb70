import type { Stamps } from "./stamps.ts";
import type { Kinds } from "./values.ts";

/*
 * A person as the simulated product keeps it, under the names that requests use. Time is milliseconds since 1970.
 */

/** What a request may set. */
export interface PersonValues {
  readonly first_name: string;
  readonly last_name: string;
  readonly is_user: boolean;
  readonly is_assignable: boolean;
  readonly status: "active" | "inactive";
  readonly email: string | null;
  readonly phone: string | null;
  readonly employee_number: string | null;
  readonly job_title_id: string | null;
  readonly group_ids: readonly string[];
  readonly permission_level_id: string | null;
  readonly notification_profile_id: string | null;
  readonly can_receive_sms: boolean;
  readonly can_receive_email: boolean;
  readonly can_receive_mobile: boolean;
  readonly hourly_wage: number | null;
  readonly hired_date: number | null;
  readonly dob: number | null;
  readonly is_male: boolean | null;
  readonly language: string | null;
  readonly address_1: string | null;
  readonly address_2: string | null;
  readonly city_town: string | null;
  readonly state_province: string | null;
  readonly zipcode: string | null;
  readonly country: string | null;
  readonly emergency_contact_name: string | null;
  readonly emergency_contact_number: string | null;
  readonly emergency_contact_email: string | null;
  readonly emergency_contact_relation: string | null;
}

export type Person = PersonValues & Stamps;

/** What each key that a request may set has to hold. */
export const personKinds: Kinds<PersonValues> = {
  first_name: "name",
  last_name: "name",
  is_user: "flag",
  is_assignable: "flag",
  status: ["active", "inactive"],
  email: "text",
  phone: "text",
  employee_number: "text",
  job_title_id: "id",
  group_ids: "ids",
  permission_level_id: "id",
  notification_profile_id: "id",
  can_receive_sms: "flag",
  can_receive_email: "flag",
  can_receive_mobile: "flag",
  hourly_wage: "number",
  hired_date: "time",
  dob: "time",
  is_male: "flag or null",
  language: "text",
  address_1: "text",
  address_2: "text",
  city_town: "text",
  state_province: "text",
  zipcode: "text",
  country: "text",
  emergency_contact_name: "text",
  emergency_contact_number: "text",
  emergency_contact_email: "text",
  emergency_contact_relation: "text",
};

/** What a person is created with who is given a name only. */
export const personDefaults: Omit<PersonValues, "first_name" | "last_name"> = {
  is_user: false,
  is_assignable: true,
  status: "active",
  email: null,
  phone: null,
  employee_number: null,
  job_title_id: null,
  group_ids: [],
  permission_level_id: null,
  notification_profile_id: null,
  can_receive_sms: false,
  can_receive_email: false,
  can_receive_mobile: true,
  hourly_wage: null,
  hired_date: null,
  dob: null,
  is_male: null,
  language: null,
  address_1: null,
  address_2: null,
  city_town: null,
  state_province: null,
  zipcode: null,
  country: null,
  emergency_contact_name: null,
  emergency_contact_number: null,
  emergency_contact_email: null,
  emergency_contact_relation: null,
};

export interface AnswerStyle {
  /** The company's LaborChart id, whatever id the address named. */
  readonly companyId: string;
  /** Both forms of a person's time stamps are documented. */
  readonly personTimestamps: "iso" | "epoch";
}

/**
 * A person as it is answered. Documented to differ from what is sent: the name is one object, two keys are misspelt, and
 * neither the permission level nor the title's text is told.
 */
export function personAnswer(person: Person, style: AnswerStyle): object {
  const {
    first_name,
    last_name,
    can_receive_sms,
    can_receive_email,
    can_receive_mobile: _mobile,
    permission_level_id: _level,
    notification_profile_id: _profile,
    language: _language,
    ...same
  } = person;
  const time = (at: number | null) =>
    at === null || style.personTimestamps === "epoch" ? at : new Date(at).toISOString();
  return {
    ...same,
    company_id: style.companyId,
    name: { first: first_name, last: last_name },
    can_recieve_email: can_receive_email,
    can_recieve_sms: can_receive_sms,
    hired_date: time(person.hired_date),
    dob: time(person.dob),
    created_at: time(person.created_at),
    updated_at: time(person.updated_at),
    tag_instances: [],
  };
}
