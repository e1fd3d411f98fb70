import type { HttpRequest } from "../http/http.ts";
import type { WorkforcePlanningConfig } from "./config.ts";

/*
 * Every call that the connector makes, and nothing about what is done with the answers. Both front doors serve them
 * under the same paths. An update is a POST on the record's own address (documented).
 */

export type Prepared = Omit<HttpRequest, "signal">;

/** The lists that have no pages. */
export type ListName = "groups" | "job-titles" | "permission-level-options";

export type Body = Readonly<Record<string, unknown>>;

/** The calls for records that are read in pages and written one by one. */
export interface RecordCalls {
  /** Pages count from 0. */
  page(page: number): Prepared;
  /** 404 is an answer. */
  one(id: string): Prepared;
  create(body: Body): Prepared;
  /** 304 is an answer: nothing would change. */
  update(id: string, body: Body): Prepared;
  /** 404 is an answer. */
  remove(id: string): Prepared;
}

export interface Api {
  readonly people: RecordCalls;
  readonly projects: RecordCalls;
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
  function records(path: string): RecordCalls {
    return {
      page: (page) => ({ ...prepare("GET", path), query: { page } }),
      one: (id) => ({ ...prepare("GET", `${path}/{id}`, id), accept: [404] }),
      // Nothing in the API makes a second create recognisable.
      create: (body) => ({ ...prepare("POST", path), body, repeat: "once" }),
      // Documented for people; that it may be so for projects is assumed.
      update: (id, body) => ({ ...prepare("POST", `${path}/{id}`, id), body, accept: [304] }),
      remove: (id) => ({ ...prepare("DELETE", `${path}/{id}`, id), accept: [404] }),
    };
  }
  return {
    people: records("/people"),
    projects: records("/projects"),
    list: (name) => prepare("GET", `/${name}`),
  };
}
