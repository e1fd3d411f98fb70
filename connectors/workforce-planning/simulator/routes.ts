import type { FastifyInstance, FastifyReply } from "fastify";
import { type ListStyle, listAnswer, listPeople, type Query } from "./people-list.ts";
import { type AnswerStyle, type Person, personAnswer } from "./person.ts";
import { judgeCreate, judgeEnableLogin, judgeUpdate, type Refusal } from "./person-rules.ts";
import type { Store } from "./store.ts";
import type { Group, JobTitle } from "./world.ts";

export interface RouteOptions {
  readonly store: Store;
  readonly pageSize: number;
  readonly listStyle: ListStyle;
  readonly personTimestamps: AnswerStyle["personTimestamps"];
}

type Body = { readonly [key: string]: unknown };
interface Ids {
  readonly id: string;
  readonly groupId: string;
}

/** The routes below `/v2/companies/{company_id}`, the same behind both front doors. */
export function addRoutes(app: FastifyInstance, options: RouteOptions): void {
  addPeopleLists(app, options);
  addPeopleWrites(app, options);
  addLogin(app, options);
  addMembership(app, options);
  addReferences(app, options);
}

function addPeopleLists(app: FastifyInstance, options: RouteOptions): void {
  const { store, pageSize, listStyle } = options;

  function sendList(people: readonly Person[], query: unknown, reply: FastifyReply): FastifyReply {
    const listed = listPeople(people, asBody(query) satisfies Query);
    if (!listed.ok) {
      return refuse(reply, {
        status: 400,
        message: "Some parameters are not valid.",
        reasons: listed.reasons,
      });
    }
    const asked = { page: listed.page, size: pageSize, style: listStyle };
    return reply.send(listAnswer(listed.people, (person) => answerOf(person, options), asked));
  }

  app.get("/people", (request, reply) => sendList(store.listedPeople(), request.query, reply));
  app.get<{ Params: Ids }>("/groups/:id/people", (request, reply) => {
    const { id } = request.params;
    if (!store.world().groups.some((group) => group.id === id)) return notFound(reply);
    const members = store.listedPeople().filter(({ group_ids }) => group_ids.includes(id));
    return sendList(members, request.query, reply);
  });
  app.get<{ Params: Ids }>("/people/:id", (request, reply) => {
    const person = store.person(request.params.id);
    return person ? reply.send(answerOf(person, options)) : notFound(reply);
  });
}

function addPeopleWrites(app: FastifyInstance, options: RouteOptions): void {
  const { store } = options;
  app.post("/people", (request, reply) => {
    const judged = judgeCreate(asBody(request.body), store.world());
    if (!judged.ok) return refuse(reply, judged.refusal);
    const person = store.create(judged.value.values);
    if (judged.value.invite) store.invite(person);
    return reply.send({ id: person.id });
  });
  app.post<{ Params: Ids }>("/people/:id", (request, reply) => {
    const person = store.person(request.params.id);
    if (!person) return notFound(reply);
    const judged = judgeUpdate(asBody(request.body), person, store.world());
    if (!judged.ok) return refuse(reply, judged.refusal);
    const changed = store.change(person, judged.value.values);
    if (judged.value.invite) store.invite(changed);
    return changed === person ? reply.code(304).send() : reply.send(answerOf(changed, options));
  });
  app.delete<{ Params: Ids }>("/people/:id", (request, reply) => {
    const { id } = request.params;
    return store.remove(id) ? reply.send({ id }) : notFound(reply);
  });
}

function addLogin(app: FastifyInstance, { store }: RouteOptions): void {
  app.post<{ Params: Ids }>("/people/:id/user", (request, reply) => {
    const person = store.person(request.params.id);
    if (!person) return notFound(reply);
    const judged = judgeEnableLogin(asBody(request.body), person, store.world());
    if (!judged.ok) return refuse(reply, judged.refusal);
    const changed = store.change(person, judged.value.values);
    if (judged.value.invite) store.invite(changed);
    return reply.send({ id: person.id });
  });
  // Documented: whoever loses the login stays assignable. That somebody who was not becomes so is assumed.
  app.delete<{ Params: Ids }>("/people/:id/user", (request, reply) => {
    const person = store.person(request.params.id);
    if (!person) return notFound(reply);
    const values = { is_user: false, is_assignable: true, permission_level_id: null };
    if (person.is_user) store.change(person, values);
    return reply.send({ id: person.id });
  });
}

function addMembership(app: FastifyInstance, { store }: RouteOptions): void {
  function setGroups(person: Person, group_ids: readonly string[], reply: FastifyReply) {
    const judged = judgeUpdate({ group_ids }, person, store.world());
    if (!judged.ok) return refuse(reply, judged.refusal);
    return reply.send({ group_ids: store.change(person, judged.value.values).group_ids });
  }

  app.post<{ Params: Ids }>("/people/:id/groups", (request, reply) => {
    const person = store.person(request.params.id);
    if (!person) return notFound(reply);
    const added = String(asBody(request.body)["group_id"]);
    return setGroups(person, [...person.group_ids, added], reply);
  });
  app.delete<{ Params: Ids }>("/people/:id/groups/:groupId", (request, reply) => {
    const { id, groupId } = request.params;
    const person = store.person(id);
    if (!person?.group_ids.includes(groupId)) return notFound(reply);
    return setGroups(
      person,
      person.group_ids.filter((each) => each !== groupId),
      reply,
    );
  });
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

function answerOf(person: Person, { store, personTimestamps }: RouteOptions): object {
  return personAnswer(person, { companyId: store.world().companyId, personTimestamps });
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

function asBody(body: unknown): Body {
  return typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body } : {};
}

/** The form of errors is not documented for LaborChart's front door; this one is assumed. */
export function refuse(reply: FastifyReply, { status, message, reasons }: Refusal): FastifyReply {
  return reply.code(status).send({ message, errors: reasons });
}

export function notFound(reply: FastifyReply): FastifyReply {
  return refuse(reply, { status: 404, message: "There is no such record.", reasons: {} });
}
