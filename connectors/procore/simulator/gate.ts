import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { RateWindows } from "../../http/simulator/rate-windows.ts";
import type { Tokens } from "../../http/simulator/tokens.ts";
import { badRequest, forbidden } from "./answers.ts";
import type { Directory } from "./directory.ts";

export interface GateOptions {
  readonly tokens: Tokens;
  readonly rates: RateWindows;
  readonly directory: Directory;
  /** The status of a call without the company header is not documented. */
  readonly missingCompanyStatus: 400 | 404;
}

/** What every call has to pass: the token, the company header, the limit of calls, the company. */
export function addGate(app: FastifyInstance, options: GateOptions): void {
  app.addHook("preHandler", async (request, reply) => {
    if (request.url.startsWith("/rest/")) return admit(request, reply, options);
  });
}

function admit(
  request: FastifyRequest,
  reply: FastifyReply,
  { tokens, rates, directory, missingCompanyStatus }: GateOptions,
): FastifyReply | undefined {
  const check = tokens.check(request.headers.authorization);
  if (!check.ok) {
    const text = "The access token is invalid";
    return reply.code(401).send({ error: "invalid_token", error_description: text });
  }
  const header = request.headers["procore-company-id"];
  if (header === undefined) {
    return reply.code(missingCompanyStatus).send({ message: "Missing Procore-Company-Id header!" });
  }
  const decision = rates.take(`${check.clientId} ${String(header)}`);
  void reply.headers(decision.headers);
  if (!decision.allowed) {
    const text =
      "You have surpassed the max number of requests for an hour. Please wait until your limit resets.";
    return reply.code(429).send({ message: text });
  }
  if (!directory.company(Number(header))) {
    return forbidden(reply, "App is not connected to this company.");
  }
  const { company } = request.params as { readonly company?: string };
  if (company !== undefined && company !== header) {
    return badRequest(
      reply,
      "The company of the path is not that of the Procore-Company-Id header",
    );
  }
  return undefined;
}
