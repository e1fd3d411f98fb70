import type { RecordAddress } from "../../engine/value/address.ts";
import type { Fields } from "../../engine/value/value.ts";

/* The people of an invented company, by number: the same number is always the same person. */

const firstNames =
  "Ilse Tom Mina Jonas Ana Petra Rolf Sofia Idris Hana Mateo Greta Owen Leila Bruno Nadia Sven Carla Yusuf Edda Pablo Ruth Henk Aiko".split(
    " ",
  );
const lastNames =
  "Brandvold Okafor Farrow Weber Souza Lund Aker Marin Haddad Novak Silva Holm Price Rahimi Costa Petrov Dahl Reyes Demir Lang Ortiz Klein Visser Tanaka Moreau".split(
    " ",
  );
const trades = ["Carpenter", "Electrician", "Foreman", "Crane operator", "Mason", "Surveyor"];

export interface FakePerson {
  readonly number: number;
  readonly first: string;
  readonly last: string;
  readonly label: string;
  readonly email: string;
  readonly phone: string;
  readonly trade: string;
}

export function fakePerson(number: number): FakePerson {
  const first = nth(firstNames, number);
  const last = nth(lastNames, number * 7 + Math.floor(number / firstNames.length));
  return {
    number,
    first,
    last,
    label: `${first} ${last}`,
    email: `${first}.${last}.${number}@northridge.example`.toLowerCase(),
    phone: `(206) 555-${String(number % 10_000).padStart(4, "0")}`,
    trade: nth(trades, number),
  };
}

function nth(list: readonly string[], place: number): string {
  return list[place % list.length] ?? "";
}

/** In the system that people are kept in. */
export function inPeople(number: number): RecordAddress {
  return { connection: "wfp", stream: "people", id: `P-${1000 + number}` };
}

export function inUsers(number: number): RecordAddress {
  return { connection: "procore", stream: "users", id: String(70_000 + number) };
}

export function personFields(number: number): Fields {
  const { first, last, email, phone, trade } = fakePerson(number);
  return {
    first_name: first,
    last_name: last,
    email,
    mobile_phone: phone,
    job_title: trade,
    employee_number: String(1000 + number),
    status: "active",
  };
}

export function userFields(number: number): Fields {
  const { first, last, email, phone, trade } = fakePerson(number);
  return {
    first_name: first,
    last_name: last,
    email_address: email,
    mobile_phone: phone,
    job_title: trade,
    employee_id: String(1000 + number),
    is_active: true,
    is_employee: true,
  };
}
