import type { FastifyInstance, FastifyReply } from "fastify";
import { asBody, type Body, notFound, refuse } from "./answers.ts";
import { type Filters, type ListStyle, listAnswer, listRecords } from "./list.ts";
import type { Accepted, Judged } from "./refusal.ts";
import type { Shelf } from "./shelf.ts";
import type { Stamps } from "./stamps.ts";
import type { Store } from "./store.ts";

export interface ListOptions {
  readonly store: Store;
  readonly pageSize: number;
  readonly listStyle: ListStyle;
}

interface Grouped {
  readonly group_ids: readonly string[];
}

/** What tells people and projects apart, whose routes are alike. */
export interface RecordRoutes<Values extends Grouped> {
  readonly path: "people" | "projects";
  readonly shelf: Shelf<Values>;
  readonly filters: Filters<Values & Stamps>;
  /** Of the list of one group. */
  readonly groupFilters: Filters<Values & Stamps>;
  answer(record: Values & Stamps): object;
  /** The answer to a creation. */
  created(id: string): object;
  judgeCreate(body: Body): Judged<Accepted<Values>>;
  judgeUpdate(body: Body, record: Values & Stamps): Judged<Accepted<Partial<Values>>>;
  judgeGroups(
    group_ids: readonly string[],
    record: Values & Stamps,
  ): Judged<Accepted<Partial<Values>>>;
  invite(record: Values & Stamps): void;
}

interface Ids {
  readonly id: string;
}

export function addRecordRoutes<Values extends Grouped>(
  app: FastifyInstance,
  routes: RecordRoutes<Values>,
  options: ListOptions,
): void {
  addLists(app, routes, options);
  addWrites(app, routes);
  app.post<{ Params: Ids }>(`/${routes.path}/:id/groups`, (request, reply) => {
    const record = routes.shelf.current(request.params.id);
    if (!record) return notFound(reply);
    const added = String(asBody(request.body)["group_id"]);
    return setGroups(routes, record, [...record.group_ids, added], reply);
  });
}

export function setGroups<Values extends Grouped>(
  { shelf, judgeGroups }: RecordRoutes<Values>,
  record: Values & Stamps,
  group_ids: readonly string[],
  reply: FastifyReply,
): FastifyReply {
  const judged = judgeGroups(group_ids, record);
  if (!judged.ok) return refuse(reply, judged.refusal);
  return reply.send({ group_ids: shelf.change(record, judged.value.values).group_ids });
}

function addLists<Values extends Grouped>(
  app: FastifyInstance,
  { path, shelf, filters, groupFilters, answer }: RecordRoutes<Values>,
  { store, pageSize: size, listStyle: style }: ListOptions,
): void {
  type Kept = Values & Stamps;

  function sendList(
    records: readonly Kept[],
    by: Filters<Kept>,
    query: unknown,
    reply: FastifyReply,
  ): FastifyReply {
    const listed = listRecords(records, by, asBody(query));
    if (!listed.ok) {
      const { reasons } = listed;
      return refuse(reply, { status: 400, message: "Some parameters are not valid.", reasons });
    }
    return reply.send(listAnswer(listed.records, answer, { page: listed.page, size, style }));
  }

  app.get(`/${path}`, (request, reply) => sendList(shelf.listed(), filters, request.query, reply));
  app.get<{ Params: Ids }>(`/groups/:id/${path}`, (request, reply) => {
    const { id } = request.params;
    if (!store.world().groups.some((group) => group.id === id)) return notFound(reply);
    const members = shelf.listed().filter(({ group_ids }) => group_ids.includes(id));
    return sendList(members, groupFilters, request.query, reply);
  });
  app.get<{ Params: Ids }>(`/${path}/:id`, (request, reply) => {
    const record = shelf.current(request.params.id);
    return record ? reply.send(answer(record)) : notFound(reply);
  });
}

function addWrites<Values extends Grouped>(
  app: FastifyInstance,
  routes: RecordRoutes<Values>,
): void {
  const { path, shelf } = routes;
  app.post(`/${path}`, (request, reply) => {
    const judged = routes.judgeCreate(asBody(request.body));
    if (!judged.ok) return refuse(reply, judged.refusal);
    const record = shelf.create(judged.value.values);
    if (judged.value.invite) routes.invite(record);
    return reply.send(routes.created(record.id));
  });
  app.post<{ Params: Ids }>(`/${path}/:id`, (request, reply) => {
    const record = shelf.current(request.params.id);
    if (!record) return notFound(reply);
    const judged = routes.judgeUpdate(asBody(request.body), record);
    if (!judged.ok) return refuse(reply, judged.refusal);
    const changed = shelf.change(record, judged.value.values);
    if (judged.value.invite) routes.invite(changed);
    return changed === record ? reply.code(304).send() : reply.send(routes.answer(changed));
  });
  app.delete<{ Params: Ids }>(`/${path}/:id`, (request, reply) => {
    const { id } = request.params;
    return shelf.remove(id) ? reply.send({ id }) : notFound(reply);
  });
}
