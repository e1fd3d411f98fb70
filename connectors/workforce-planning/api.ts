import type { HttpRequest } from "../http/http.ts";
import type { WorkforcePlanningConfig } from "./config.ts";

/*
 * Every call that the connector makes, and nothing about what is done with the answers. Both front doors serve them
 * under the same paths. An update is a POST on the record's own address (documented).
 */

export type Prepared = Omit<HttpRequest, "signal">;

/** Lists that have no pages. */
export type ListName = "groups" | "job-titles" | "permission-level-options";

type Body = Readonly<Record<string, unknown>>;

export interface Api {
  /** Pages count from 0. */
  people(page: number): Prepared;
  /** 404 is an answer. */
  person(id: string): Prepared;
  createPerson(body: Body): Prepared;
  /** 304 is an answer: nothing would change. */
  updatePerson(id: string, body: Body): Prepared;
  /** 404 is an answer. */
  deletePerson(id: string): Prepared;
  list(name: ListName): Prepared;
}

export function workforcePlanningApi({ mount, companyId }: WorkforcePlanningConfig): Api {
  /** `{id}` in a path stands for the id of the record. */
  function prepare(method: HttpRequest["method"], path: string, id = ""): Prepared {
    return {
      method,
      path: `${mount}/v2/companies/${encodeURIComponent(companyId)}${path.replace("{id}", encodeURIComponent(id))}`,
      template: `${mount}/v2/companies/{id}${path}`,
      repeat: "harmless",
    };
  }
  return {
    people: (page) => ({ ...prepare("GET", "/people"), query: { page } }),
    person: (id) => ({ ...prepare("GET", "/people/{id}", id), accept: [404] }),
    // Nothing in the API makes a second create recognisable.
    createPerson: (body) => ({ ...prepare("POST", "/people"), body, repeat: "once" }),
    updatePerson: (id, body) => ({ ...prepare("POST", "/people/{id}", id), body, accept: [304] }),
    deletePerson: (id) => ({ ...prepare("DELETE", "/people/{id}", id), accept: [404] }),
    list: (name) => prepare("GET", `/${name}`),
  };
}
