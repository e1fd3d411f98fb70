import type { FastifyReply } from "fastify";
import type { Errors } from "./attributes.ts";

/*
 * How the simulator says no. Statuses are documented; which shape of body belongs to which is not, so that several of
 * the known ones are used.
 */

export function refuse(reply: FastifyReply, status: number, errors: Errors): FastifyReply {
  return reply.code(status).send({ errors });
}

export function notFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ errors: ["Not found"] });
}

export function forbidden(reply: FastifyReply, text: string): FastifyReply {
  return reply.code(403).send({ errors: [text] });
}

export function badRequest(reply: FastifyReply, text: string): FastifyReply {
  return reply.code(400).send({ code: 400, message: text });
}
