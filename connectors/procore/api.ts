import type { HttpRequest, QueryValue } from "../http/http.ts";
import type { Row } from "./convert.ts";

/*
 * Every call that the connector makes, and nothing about what is done with the answers. Versions are those that
 * Procore documents for new work: v1.3 for users, v1.0 for everything else.
 */

export type Prepared = Omit<HttpRequest, "signal">;

/** Lists hold either the active or the inactive records; nothing returns both (documented). */
export type State = "active" | "inactive";

type Query = Readonly<Record<string, QueryValue>>;

/**
 * Records a page. Procore's advice is at most 2,000, and clients in production use 1,000 for users and people
 * (observed).
 */
const pageSize = 1000;

export function companies(): Prepared {
  const path = "/rest/v1.0/companies";
  return get({ path, template: path }, { per_page: pageSize });
}

export function users(
  company: string,
  state: State,
  query: Query = { per_page: pageSize },
): Prepared {
  return state === "active"
    ? get(address("v1.3", company, "users"), query)
    : get(address("v1.0", company, "users/inactive"), query);
}

export function user(company: string, id: string): Prepared {
  return get(address("v1.3", company, "users", id));
}

export function createUser(company: string, body: Row): Prepared {
  const users = address("v1.3", company, "users");
  return { ...users, method: "POST", body: { user: body }, repeat: "once" };
}

/** Creates or updates up to 1,000 users, each for itself (documented). */
export function syncUsers(
  company: string,
  updates: readonly Row[],
  repeat: HttpRequest["repeat"],
): Prepared {
  const sync = address("v1.3", company, "users/sync");
  return { ...sync, method: "PATCH", body: { updates }, repeat };
}

/** People without a user account. */
export function contacts(company: string, state: State, pageLength = pageSize): Prepared {
  const resource = state === "active" ? "people" : "people/inactive";
  const query = { "filters[reference_users_only]": true, per_page: pageLength };
  return get(address("v1.0", company, resource), query);
}

export function createPerson(company: string, body: Row): Prepared {
  const people = address("v1.0", company, "people");
  return { ...people, method: "POST", body: { person: body }, repeat: "once" };
}

export function updatePerson(company: string, id: string, body: Row): Prepared {
  const person = address("v1.0", company, "people", id);
  return { ...person, method: "PATCH", body: { person: body }, repeat: "harmless" };
}

/** The two families are two lists, and the list without a filter holds one of them only (documented). */
export type TemplateFamily = "company_tools" | "project_tools";

export function permissionTemplates(company: string, family: TemplateFamily): Prepared {
  return get(address("v1.0", company, "permission_templates"), { "filters[type]": family });
}

export function workClassifications(company: string, pageLength = pageSize): Prepared {
  return get(address("v1.0", company, "work_classifications"), { per_page: pageLength });
}

type Address = Pick<HttpRequest, "path" | "template">;

function address(version: string, company: string, resource: string, id?: string): Address {
  const tail = id === undefined ? "" : `/${encodeURIComponent(id)}`;
  return {
    path: `/rest/${version}/companies/${company}/${resource}${tail}`,
    template: `/rest/${version}/companies/{id}/${resource}${id === undefined ? "" : "/{id}"}`,
  };
}

function get(where: Address, query?: Query): Prepared {
  return { ...where, method: "GET", repeat: "harmless", ...(query && { query }) };
}
