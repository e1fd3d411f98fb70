import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Code } from "../../engine/codes.ts";
import type { HttpLog } from "./options.ts";
import { type Problem, sendProblem } from "./problem.ts";
import { routeOf } from "./route-config.ts";
import { wrongParts } from "./validate.ts";

/* What goes wrong before, in and after a route, as problems. Of what nobody expected only the id of the request is told. */

const known: Readonly<Record<number, { readonly code: Code; readonly detail: string }>> = {
  400: {
    code: "request-unreadable",
    detail: "The request is not written as HTTP and JSON want it.",
  },
  403: { code: "page-unknown", detail: "There is nothing at this address." },
  404: { code: "page-unknown", detail: "There is nothing at this address." },
  408: { code: "request-late", detail: "The request did not arrive in time." },
  413: { code: "body-too-large", detail: "The body is larger than what is taken here." },
  414: { code: "address-too-long", detail: "A part of the address is too long." },
  415: {
    code: "media-type-unknown",
    detail: "The body is taken as JSON only. Send it with Content-Type: application/json.",
  },
  503: { code: "service-not-ready", detail: "The service did not answer in time. Try again." },
};

function problemOf(error: FastifyError & { readonly expose?: boolean }): Problem | null {
  if (error.validation) {
    const errors = wrongParts(error.validationContext, error.validation);
    const first = errors[0];
    const detail = first ? `${first.in} ${first.pointer} ${first.detail}.` : "A value is wrong.";
    return { status: 400, code: "request-invalid", detail, errors };
  }
  const status = error.statusCode ?? 500;
  const problem = known[status];
  // Only what the server itself has found wrong with a request says something about the request; the status of any other
  // error, such as that of an answer of another system, does not.
  const isOfServer = error.code?.startsWith("FST_ERR_") || error instanceof SyntaxError;
  return problem && (isOfServer || error.expose === true) ? { status, ...problem } : null;
}

export function handleErrors(app: FastifyInstance, log: HttpLog): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    return sendProblem(request, reply, problemOf(error) ?? fault(error, request, log));
  });
}

/** For what goes wrong before there is a route. */
export function handleFrameworkErrors(log: HttpLog) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    reply.header("x-request-id", request.id);
    sendProblem(request, reply, problemOf(error) ?? fault(error, request, log));
  };
}

function fault(error: FastifyError, request: FastifyRequest, log: HttpLog): Problem {
  log.error("A request has failed for a reason that nobody expected.", {
    requestId: request.id,
    method: request.method,
    route: routeOf(request),
    err: error,
  });
  return {
    status: 500,
    code: "service-fault",
    detail: `The service did not expect this. Its log has the details under the id ${request.id}.`,
  };
}
