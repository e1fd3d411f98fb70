import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createRateWindows, type RateWindow } from "../../http/simulator/rate-windows.ts";
import { createTokens, type Tokens, type TokensOptions } from "../../http/simulator/tokens.ts";
import { notFound, refuse } from "./answers.ts";
import { addRoutes, type RouteOptions } from "./routes.ts";

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface FrontDoorOptions extends Omit<RouteOptions, "projectCreated"> {
  readonly now: () => number;
  readonly tokenLifeSeconds: number;
  readonly oauth: Credentials;
  readonly basic: Credentials;
  /** Limits behind Procore's front door. */
  readonly rateWindows: readonly RateWindow[];
}

/**
 * Puts one store behind both front doors. Each has its own tokens, and neither takes those of the other. Returns what
 * ends all tokens.
 */
export function openFrontDoors(app: FastifyInstance, options: FrontDoorOptions): () => void {
  const doors = [openLaborChart(app, options), openProcore(app, options)];
  return () => {
    for (const tokens of doors) tokens.expireAll();
  };
}

function openLaborChart(app: FastifyInstance, options: FrontDoorOptions): Tokens {
  const tokens = tokensOf(options, { format: "jwt" });
  const { basic, store } = options;
  const pair = Buffer.from(`${basic.clientId}:${basic.clientSecret}`).toString("base64");

  app.post("/v2/oauth/token", (request, reply) => {
    const { company_id, email } = keysOf(request.body);
    if (company_id !== store.world().companyId) return refuseToken(reply, "company_id");
    if (typeof email !== "string" || email === "") return refuseToken(reply, "email");
    const { status, body } = tokens.grant(request.body);
    return reply.code(status).send(body);
  });

  const prefix = "/v2/companies/:companyId";
  void app.register(
    (door, _options, done) => {
      door.addHook("preHandler", (request, reply, next) => {
        const { authorization } = request.headers;
        if (authorization !== `Basic ${pair}` && !tokens.check(authorization).ok) {
          return refuseCredentials(reply);
        }
        if (companyIn(request) !== store.world().companyId) return notFound(reply);
        next();
      });
      addRoutes(door, { ...options, projectCreated: "id" });
      done();
    },
    { prefix },
  );
  return tokens;
}

function openProcore(app: FastifyInstance, options: FrontDoorOptions): Tokens {
  const tokens = tokensOf(options, { demands: { grant_type: "client_credentials" } });
  const { now, rateWindows: windows, store } = options;
  const rates = createRateWindows({ windows, now });

  app.post("/oauth/token", (request, reply) => {
    const { status, body } = tokens.grant(request.body);
    return reply.code(status).send(body);
  });

  const prefix = "/rest/v1.0/workforce-planning/v2/companies/:companyId";
  void app.register(
    (door, _options, done) => {
      door.addHook("preHandler", (request, reply, next) => {
        const known = tokens.check(request.headers.authorization);
        if (!known.ok) return refuseCredentials(reply);
        const { allowed, headers } = rates.take(known.clientId);
        reply.headers(headers);
        if (!allowed)
          return refuse(reply, { status: 429, message: "Too many calls.", reasons: {} });
        const { companyId, procoreCompanyId } = store.world();
        if (request.headers["procore-company-id"] !== procoreCompanyId) {
          const reasons = { "Procore-Company-Id": ["is missing or names another company"] };
          return refuse(reply, { status: 400, message: "The company is not named.", reasons });
        }
        // Either id of the company is understood here (documented).
        const named = companyIn(request);
        if (named !== companyId && named !== procoreCompanyId) return notFound(reply);
        next();
      });
      addRoutes(door, { ...options, projectCreated: "list of ids" });
      done();
    },
    { prefix },
  );
  return tokens;
}

function tokensOf(
  { oauth, tokenLifeSeconds: lifeSeconds, now }: FrontDoorOptions,
  kind: Pick<TokensOptions, "format" | "demands">,
): Tokens {
  const clients = { [oauth.clientId]: oauth.clientSecret };
  return createTokens({ clients, lifeSeconds, now, ...kind });
}

function companyIn(request: FastifyRequest): unknown {
  return keysOf(request.params)["companyId"];
}

function keysOf(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function refuseToken(reply: FastifyReply, key: string): FastifyReply {
  const reasons = { [key]: ["is missing or not right"] };
  return refuse(reply, { status: 400, message: "No token is given.", reasons });
}

function refuseCredentials(reply: FastifyReply): FastifyReply {
  return refuse(reply, { status: 401, message: "The credentials are not valid.", reasons: {} });
}
