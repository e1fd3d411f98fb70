import type { FastifyInstance } from "fastify";
import { notFound } from "./answers.ts";
import { addPeopleRoutes, type PeopleOptions } from "./people-routes.ts";
import { addProjectRoutes, type ProjectOptions } from "./project-routes.ts";
import type { Group, JobTitle } from "./world.ts";

export type RouteOptions = PeopleOptions & ProjectOptions;

interface Ids {
  readonly id: string;
}

/** The routes below `/v2/companies/{company_id}`, the same behind both front doors. */
export function addRoutes(app: FastifyInstance, options: RouteOptions): void {
  addPeopleRoutes(app, options);
  addProjectRoutes(app, options);
  addReferences(app, options);
}

function addReferences(app: FastifyInstance, { store }: RouteOptions): void {
  app.get("/groups", () => store.world().groups.map(groupAnswer));
  app.get<{ Params: Ids }>("/groups/:id", (request, reply) => {
    const group = store.world().groups.find(({ id }) => id === request.params.id);
    return group ? reply.send(groupAnswer(group)) : notFound(reply);
  });
  app.get<{ Params: Ids }>("/groups/:id/job-titles", (request, reply) => {
    const { id } = request.params;
    const { groups, jobTitles } = store.world();
    if (!groups.some((group) => group.id === id)) return notFound(reply);
    const usable = (title: JobTitle) => title.globally_accessible || title.group_ids.includes(id);
    return reply.send(jobTitles.filter(usable).map(jobTitleAnswer));
  });
  app.get("/job-titles", () => store.world().jobTitles.map(jobTitleAnswer));
  app.get<{ Params: Ids }>("/job-titles/:id", (request, reply) => {
    const title = store.world().jobTitles.find(({ id }) => id === request.params.id);
    return title ? reply.send(jobTitleAnswer(title)) : notFound(reply);
  });
  app.get("/permission-level-options", () => store.world().permissionLevels);
}

/** Documented: the contact's telephone is answered as `contact_number`, though it is sent as `contact_phone`. */
function groupAnswer(group: Group): object {
  return {
    ...group,
    color: "#3366AA",
    address_1: null,
    address_2: null,
    city_town: null,
    state_province: null,
    zipcode: null,
    country: null,
    contact_name: null,
    contact_number: null,
    contact_email: null,
  };
}

function jobTitleAnswer(title: JobTitle): object {
  return { ...title, color: "#3366AA", type: "salaried", hourly_rate: null };
}
