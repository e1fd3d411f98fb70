import { accessSchemas } from "../schemas/access.ts";
import { planSchemas } from "../schemas/plan.ts";
import { runSchemas } from "../schemas/run.ts";
import { workspaceSchemas } from "../schemas/workspace.ts";
import { eventRoutes } from "./events.ts";
import { healthRoutes } from "./health.ts";
import { heldRoutes } from "./held.ts";
import type { App, RouteContext } from "./kit.ts";
import { logRoutes } from "./logs.ts";
import { mappingRoutes } from "./mappings.ts";
import { planPageSchemas, planRoutes } from "./plans.ts";
import { recordRoutes } from "./records.ts";
import { runActionRoutes } from "./run-actions.ts";
import { runRoutes } from "./runs.ts";
import { sessionRoutes } from "./session.ts";
import { tokenRoutes } from "./tokens.ts";
import { workspaceRoutes } from "./workspaces.ts";

/** Everything that has a name in the API's document. */
export const apiSchemas = [
  ...accessSchemas,
  ...workspaceSchemas,
  ...runSchemas,
  ...planSchemas,
  ...planPageSchemas,
];

export function apiRoutes(app: App, context: RouteContext): void {
  sessionRoutes(app, context);
  workspaceRoutes(app, context);
  mappingRoutes(app, context);
  heldRoutes(app, context);
  recordRoutes(app, context);
  runRoutes(app, context);
  runActionRoutes(app, context);
  logRoutes(app, context);
  planRoutes(app, context);
  tokenRoutes(app, context);
  eventRoutes(app, context);
  healthRoutes(app, context);
}
