import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Role } from "../../engine/state/service-store.ts";
import type { Known } from "../access/access.ts";

/*
 * Each route says who may use it. A route of the API that does not say so cannot be registered, so that none is open by
 * mistake.
 */

declare module "fastify" {
  interface FastifyContextConfig {
    /** `open`: everybody. A role: whoever has it or a higher one, for the workspaces that the service lets them see. */
    readonly access?: "open" | Role;
  }
  interface FastifyRequest {
    /** Who asks; null on routes that are open. */
    known: Known | null;
  }
}

/** The pattern of the route; what was asked for may name a company or a person, and this does not. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? "(nothing)";
}

export function requireAccess(app: FastifyInstance): void {
  app.decorateRequest("known", null);
  app.addHook("onRoute", ({ url, config }) => {
    if (/^\/(api\/v|metrics|health|ready)/.test(url) && config?.access === undefined) {
      throw new Error(`The route ${url} does not say who may use it.`);
    }
  });
}
