import type { HttpRequest, QueryValue } from "../http/http.ts";
import type { Row } from "./convert.ts";

/*
 * Every call that the connector makes, and nothing about what is done with the answers. Versions are those that
 * Procore documents for new work: v1.3 for users, v1.1 for the list of projects, v1.0 for everything else.
 */

export type Prepared = Omit<HttpRequest, "signal">;

/** Lists of people hold either the active or the inactive ones; nothing returns both (documented). */
export type State = "active" | "inactive";

export type Query = Readonly<Record<string, QueryValue>>;

/**
 * Records a page. Procore's advice is at most 2,000, and clients in production use 1,000 for users and people
 * (observed).
 */
export const pageSize = 1000;

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

/** Projects a page: the documented maximum of this list. */
const projectPageSize = 300;

/**
 * Active and inactive projects, with the zone of the tz database, which other views leave out. Sorted by what hardly
 * ever changes: the number together with the name.
 */
export function projects(company: string, query: Query = {}): Prepared {
  const path = "/rest/v1.1/projects";
  const whole = {
    company_id: company,
    "filters[by_status]": "All",
    view: "extended",
    sort: "display_name",
    per_page: projectPageSize,
  };
  return get({ path, template: path }, { ...whole, ...query });
}

export function project(company: string, id: string): Prepared {
  return get(projectAddress(id), { company_id: company });
}

export function createProject(company: string, body: Row): Prepared {
  const path = "/rest/v1.0/projects";
  const whole = { company_id: Number(company), project: body };
  return { path, template: path, method: "POST", body: whole, repeat: "once" };
}

/** The company has to stand in the body as well (documented). */
export function updateProject(company: string, id: string, body: Row): Prepared {
  const whole = { company_id: Number(company), project: body };
  return { ...projectAddress(id), method: "PATCH", body: whole, repeat: "harmless" };
}

/** Updates up to 1,000 projects, each for itself (documented). It could create them, too, which Procore advises against. */
export function syncProjects(company: string, updates: readonly Row[]): Prepared {
  const path = "/rest/v1.0/projects/sync";
  const whole = { company_id: Number(company), updates };
  return { path, template: path, method: "PATCH", body: whole, repeat: "harmless" };
}

function projectAddress(id: string): Address {
  const template = "/rest/v1.0/projects/{id}";
  return { path: template.replace("{id}", encodeURIComponent(id)), template };
}

export type Address = Pick<HttpRequest, "path" | "template">;

export function address(version: string, company: string, resource: string, id?: string): Address {
  const tail = id === undefined ? "" : `/${encodeURIComponent(id)}`;
  return {
    path: `/rest/${version}/companies/${company}/${resource}${tail}`,
    template: `/rest/${version}/companies/{id}/${resource}${id === undefined ? "" : "/{id}"}`,
  };
}

export function get(where: Address, query?: Query): Prepared {
  return { ...where, method: "GET", repeat: "harmless", ...(query && { query }) };
}
