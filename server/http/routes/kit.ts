import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import { Type } from "typebox";
import type { Answer, Service } from "../../service.ts";
import type { Doorkeeper } from "../authenticate.ts";
import type { EventStreams } from "../event-streams.ts";
import type { HttpOptions } from "../options.ts";
import type { PlanCache } from "../plan-cache.ts";
import { sendProblem } from "../problem.ts";

/* What the routes share. */

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface RouteContext {
  readonly service: Service;
  readonly door: Doorkeeper;
  readonly streams: EventStreams;
  readonly plans: PlanCache;
  readonly options: HttpOptions;
}

/** The value, or the trouble as a problem. */
export function respond(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer<unknown>,
  status = 200,
): FastifyReply {
  if (answer.ok) return reply.code(status).send(answer.value);
  const { code, message, status: wrong } = answer.trouble;
  return sendProblem(request, reply, { status: wrong, code, detail: message });
}

/** As `respond`, with the value as the one member of the answer. */
export function respondWith(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  answer: Answer<unknown>,
): FastifyReply {
  return respond(
    request,
    reply,
    answer.ok ? { ok: true, value: { [name]: answer.value } } : answer,
  );
}

/** Of a name in an address or a query, characters. */
const nameCharactersMax = 200;

export const nameSchema = Type.String({ minLength: 1, maxLength: nameCharactersMax });

/** `-` in addresses and queries: the workspace without a name. */
export function workspaceNamed(text: string): string {
  return text === "-" ? "" : text;
}

export const workspaceParams = Type.Object({ workspace: nameSchema });
export const mappingParams = Type.Object({ workspace: nameSchema, mapping: nameSchema });
export const runParams = Type.Object({ id: nameSchema });

const noExtra = { additionalProperties: false } as const;

export function query<Parts extends Type.TProperties>(parts: Parts) {
  return Type.Object(parts, noExtra);
}

/** `example`: one that the API's document shows. */
export function body<Parts extends Type.TProperties>(parts: Parts, example: object) {
  return Type.Object(parts, { ...noExtra, examples: [example] });
}

const searchCharactersMax = 200;

export const searchSchema = Type.Optional(
  Type.String({
    maxLength: searchCharactersMax,
    description: "Only those in which this text occurs; capitals do not matter.",
  }),
);

export const fromSchema = Type.Integer({ minimum: 0, default: 0 });

export function limitSchema(maximum: number) {
  return Type.Integer({ minimum: 1, maximum, default: 50 });
}
