import { actorOf } from "../authenticate.ts";
import { answers } from "../schemas/answers.ts";
import { connectionChecks, workspaceList, workspaceView } from "../schemas/workspace.ts";
import {
  type App,
  type RouteContext,
  respond,
  respondWith,
  workspaceNamed,
  workspaceParams,
} from "./kit.ts";

const path = "/api/v1/workspaces";

/** Companies, and whether their connections work. */
export function workspaceRoutes(app: App, { service }: RouteContext): void {
  const tags = ["workspaces"];
  app.get(
    path,
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listWorkspaces",
        tags,
        summary: "The workspaces that the token is good for",
        response: answers(200, "In the order of their names.", workspaceList),
      },
    },
    async (request) => ({ workspaces: await service.workspaces(actorOf(request)) }),
  );
  app.get(
    `${path}/:workspace`,
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getWorkspace",
        tags,
        summary: "One workspace with its mappings",
        params: workspaceParams,
        response: answers(200, "The workspace.", workspaceView, [404]),
      },
    },
    async (request, reply) => {
      const name = workspaceNamed(request.params.workspace);
      return respond(request, reply, await service.workspace(actorOf(request), name));
    },
  );
  app.post(
    `${path}/:workspace/connections/check`,
    {
      config: { access: "operator" },
      schema: {
        operationId: "checkConnections",
        tags,
        summary: "Ask each system whether its connection works",
        params: workspaceParams,
        response: answers(200, "What each of them says.", connectionChecks, [404, 409, 503]),
      },
    },
    async (request, reply) => {
      const name = workspaceNamed(request.params.workspace);
      const answer = await service.checkConnections(actorOf(request), name);
      return respondWith(request, reply, "connections", answer);
    },
  );
}
