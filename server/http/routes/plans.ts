import { Type } from "typebox";
import { actorOf } from "../authenticate.ts";
import { planStream } from "../pieces.ts";
import { changesOf, heldOf, summaryOf } from "../plan-slices.ts";
import { answers } from "../schemas/answers.ts";
import { named, ref } from "../schemas/kit.ts";
import { change, held, planSummary, storedPlan } from "../schemas/plan.ts";
import {
  type App,
  fromSchema,
  limitSchema,
  query,
  type RouteContext,
  respond,
  runParams,
  searchSchema,
} from "./kit.ts";

const path = "/api/v1/runs/:id/plan";
const pageMax = 200;

const total = Type.Integer({ description: "How many there are, by kind and search." });
const next = Type.Optional(Type.Integer({ description: "`from` of the next page." }));
const changePage = named(
  "ChangePage",
  Type.Object({ changes: Type.Array(ref(change)), total, next }),
);
const heldPage = named("HeldPage", Type.Object({ held: Type.Array(ref(held)), total, next }));
export const planPageSchemas = [changePage, heldPage];

const page = { from: fromSchema, limit: limitSchema(pageMax), search: searchSchema };
const kinds = ["create", "link", "update", "retire", "unlink", "delete"] as const;

const common = { tags: ["plans"], params: runParams };

/** The plan of a run: whole, in short, and page by page. */
export function planRoutes(app: App, context: RouteContext): void {
  wholeRoutes(app, context);
  pageRoutes(app, context);
}

function wholeRoutes(app: App, { plans }: RouteContext): void {
  app.get(
    path,
    {
      config: { access: "viewer" },
      exposeHeadRoute: false,
      schema: {
        ...common,
        operationId: "getPlan",
        summary: "The whole plan",
        description: "It can be large; pages of it are under `changes` and `held`.",
        response: answers(200, "The plan.", storedPlan, [404]),
      },
    },
    async (request, reply) => {
      const answer = await plans.of(actorOf(request), request.params.id);
      if (!answer.ok) return respond(request, reply, answer);
      return reply.type("application/json; charset=utf-8").send(planStream(answer.value));
    },
  );
  app.get(
    `${path}/summary`,
    {
      config: { access: "viewer" },
      schema: {
        ...common,
        operationId: "getPlanSummary",
        summary: "The plan in short",
        response: answers(200, "The plan without its long lists.", planSummary, [404]),
      },
    },
    async (request, reply) => {
      const answer = await plans.of(actorOf(request), request.params.id);
      return answer.ok ? summaryOf(answer.value) : respond(request, reply, answer);
    },
  );
}

function pageRoutes(app: App, { plans }: RouteContext): void {
  app.get(
    `${path}/changes`,
    {
      config: { access: "viewer" },
      schema: {
        ...common,
        operationId: "listChanges",
        summary: "Changes of the plan, in the order in which they will be applied",
        querystring: query({
          ...page,
          kind: Type.Optional(Type.Array(Type.Enum([...kinds]), { maxItems: kinds.length })),
        }),
        response: answers(200, "A page of changes.", changePage, [404]),
      },
    },
    async (request, reply) => {
      const answer = await plans.of(actorOf(request), request.params.id);
      if (!answer.ok) return respond(request, reply, answer);
      const { kind, ...slice } = request.query;
      const { found, ...rest } = changesOf(answer.value.plan, { ...slice, kinds: kind });
      return { changes: found, ...rest };
    },
  );
  app.get(
    `${path}/held`,
    {
      config: { access: "viewer" },
      schema: {
        ...common,
        operationId: "listHeldOfPlan",
        summary: "Held records of the plan",
        querystring: query(page),
        response: answers(200, "A page of held records.", heldPage, [404]),
      },
    },
    async (request, reply) => {
      const answer = await plans.of(actorOf(request), request.params.id);
      if (!answer.ok) return respond(request, reply, answer);
      const { found, ...rest } = heldOf(answer.value.plan, request.query);
      return { held: found, ...rest };
    },
  );
}
