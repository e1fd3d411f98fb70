import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { RestDefinition, StreamShape } from "../../http/rest/definition.ts";
import { withValueAt } from "../../http/rest/path.ts";
import { refuse } from "./gate.ts";
import { filtered, listAnswer, pagingIn, type Query } from "./list.ts";
import { type Collection, collections, type Kept } from "./records.ts";
import { refused } from "./refusal.ts";
import type { Store } from "./store.ts";
import { recordToWire, shapeOf } from "./wire.ts";
import { createFrom, type Written, writeTo } from "./writes.ts";

export interface RouteOptions {
  readonly definition: RestDefinition;
  readonly store: Store;
  readonly now: () => number;
  /** Pages hold no more than this, whatever is asked for. */
  readonly pageSize: number | null;
}

/** Created answers that are remembered, for as long as they are. */
interface Remembered {
  readonly at: number;
  readonly written: Written;
}

const rememberedMs = 24 * 60 * 60 * 1_000;

export function addRoutes(app: FastifyInstance, options: RouteOptions): void {
  const remembered = new Map<string, Remembered>();
  for (const name of collections) {
    const shape = shapeOf(options.definition, name);
    addList(app, name, shape, options);
    addGet(app, name, shape, options);
    addCreate(app, name, shape, options, remembered);
    addUpdate(app, name, shape, options);
  }
}

function addList(
  app: FastifyInstance,
  name: Collection,
  shape: StreamShape,
  { definition, store, pageSize }: RouteOptions,
): void {
  const { list } = shape;
  app.route({
    method: list.method,
    url: routeOf(definition, list.path),
    handler(request, reply) {
      const { project_id: parent } = keysOf(request.params);
      const project = parent === undefined ? undefined : String(parent);
      if (project !== undefined && !store.current("projects", project)) {
        return refuse(reply, definition, notThere);
      }
      const query: Query = keysOf(list.method === "POST" ? request.body : request.query);
      const records = filtered(store.listed(name), { name, query, project }, definition);
      if (!records.ok) return refuse(reply, definition, records.refusal);
      const path = request.url.replace(/\?.*$/s, "");
      const rowOf = (record: Kept) => recordToWire(name, record, definition);
      const asked = { query, path, sizeMost: pageSize, rowOf };
      const answer = listAnswer(records.value, asked, pagingIn(definition, list));
      if (!answer.ok) return refuse(reply, definition, answer.refusal);
      return reply.headers(answer.value.headers).send(answer.value.body);
    },
  });
}

function addGet(
  app: FastifyInstance,
  name: Collection,
  { get }: StreamShape,
  { definition, store }: RouteOptions,
): void {
  if (get === null) return;
  app.get(routeOf(definition, get.path), (request, reply) => {
    const record = store.current(name, idIn(request));
    if (!record) return refuse(reply, definition, notThere);
    const answer = get.answer ?? definition.writing.answer;
    return reply.send(withValueAt({}, answer, recordToWire(name, record, definition)));
  });
}

function addCreate(
  app: FastifyInstance,
  name: Collection,
  { create }: StreamShape,
  { definition, store, now }: RouteOptions,
  remembered: Map<string, Remembered>,
): void {
  if (create === null) return;
  const header = definition.writing.idempotencyHeader?.toLowerCase();
  app.post(routeOf(definition, create.path), (request, reply) => {
    const key = header === undefined ? undefined : request.headers[header];
    const known = remembered.get(`${name} ${key}`);
    const isFresh = key !== undefined && known && now() - known.at < rememberedMs;
    const written = isFresh
      ? known.written
      : createFrom(store, name, request.body, create, definition);
    if (written.ok && key !== undefined && !isFresh) {
      remembered.set(`${name} ${String(key)}`, { at: now(), written });
    }
    return answerWrite(reply, 201, name, written, create.answer, definition);
  });
}

function addUpdate(
  app: FastifyInstance,
  name: Collection,
  { update }: StreamShape,
  { definition, store }: RouteOptions,
): void {
  if (update === null) return;
  app.route({
    method: update.method ?? definition.writing.updateMethod,
    url: routeOf(definition, update.path),
    handler(request, reply) {
      const record = store.current(name, idIn(request));
      if (!record) return refuse(reply, definition, notThere);
      const written = writeTo(store, name, record, request.body, update, definition);
      return answerWrite(reply, 200, name, written, update.answer, definition);
    },
  });
}

function answerWrite(
  reply: FastifyReply,
  status: number,
  name: Collection,
  written: Written,
  answer: string | undefined,
  definition: RestDefinition,
): FastifyReply {
  if (!written.ok) return refuse(reply, definition, written.refusal, name);
  const item = recordToWire(name, written.value, definition);
  return reply.code(status).send(withValueAt({}, answer ?? definition.writing.answer, item));
}

const { refusal: notThere } = refused("not_found", "There is no such record.");

function routeOf({ prefix }: RestDefinition, path: string): string {
  return `${prefix}${path}`.replace(/\{(\w+)\}/g, ":$1");
}

function idIn(request: FastifyRequest): string {
  return String(keysOf(request.params)["id"]);
}

function keysOf(value: unknown): Query {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
