import { Type } from "typebox";
import { actorOf } from "../authenticate.ts";
import { answers } from "../schemas/answers.ts";
import { entryPage, entryStatuses, requestStatuses, runPage, runView } from "../schemas/run.ts";
import {
  type App,
  fromSchema,
  limitSchema,
  nameSchema,
  query,
  type RouteContext,
  respond,
  runParams,
  searchSchema,
  workspaceNamed,
} from "./kit.ts";

const path = "/api/v1/runs";

const pageMax = 200;
const entriesMax = 500;

const tags = ["runs"];

/** Runs and their entries. */
export function runRoutes(app: App, context: RouteContext): void {
  listRoute(app, context);
  oneRoutes(app, context);
}

function listRoute(app: App, { service }: RouteContext): void {
  app.get(
    path,
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listRuns",
        tags,
        summary: "Runs, newest first",
        querystring: query({
          workspace: Type.Optional(nameSchema),
          mapping: Type.Optional(nameSchema),
          status: Type.Optional(
            Type.Array(Type.Enum([...requestStatuses]), { maxItems: requestStatuses.length }),
          ),
          before: Type.Optional(nameSchema),
          limit: limitSchema(pageMax),
        }),
        response: answers(200, "A page of them.", runPage, [404]),
      },
    },
    async (request, reply) => {
      const { workspace, mapping, status, before, limit } = request.query;
      const filter = {
        ...(workspace === undefined ? {} : { workspace: workspaceNamed(workspace) }),
        ...(mapping === undefined ? {} : { mapping }),
        ...(status === undefined ? {} : { statuses: status }),
        ...(before === undefined ? {} : { before }),
        limit,
      };
      return respond(request, reply, await service.runs(actorOf(request), filter));
    },
  );
}

function oneRoutes(app: App, { service }: RouteContext): void {
  app.get(
    `${path}/:id`,
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getRun",
        tags,
        summary: "One run",
        params: runParams,
        response: answers(200, "The run.", runView, [404]),
      },
    },
    async (request, reply) =>
      respond(request, reply, await service.run(actorOf(request), request.params.id)),
  );
  app.get(
    `${path}/:id/entries`,
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listEntries",
        tags,
        summary: "What became of each record",
        params: runParams,
        querystring: query({
          from: fromSchema,
          limit: limitSchema(entriesMax),
          status: Type.Optional(
            Type.Array(Type.Enum([...entryStatuses]), { maxItems: entryStatuses.length }),
          ),
          search: searchSchema,
        }),
        response: answers(200, "A page of entries.", entryPage, [404]),
      },
    },
    async (request, reply) => {
      const { from, limit, status, search } = request.query;
      const page = {
        from,
        limit,
        ...(status === undefined ? {} : { statuses: status }),
        ...(search === undefined || search === "" ? {} : { search }),
      };
      const { id } = request.params;
      return respond(request, reply, await service.entries(actorOf(request), id, page));
    },
  );
}
