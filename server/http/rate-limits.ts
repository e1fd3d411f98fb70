import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { HttpLimits } from "./options.ts";
import { sendProblem } from "./problem.ts";

/*
 * How often one address may ask. Counted in this process: several of them behind one proxy allow as many times more, which
 * tokens of 256 bits bear. Addresses of IPv6 count by their network of 64 bits.
 */

export interface Counted {
  readonly isExceeded: boolean;
  readonly seconds: number;
}

export interface RateLimits {
  /** Any request. */
  request(request: FastifyRequest): Promise<Counted>;
  /** An attempt to sign in, of its address and of all together. */
  signIn(request: FastifyRequest): Promise<Counted>;
  /** A request with a token that is not valid. */
  refusedToken(request: FastifyRequest): Promise<Counted>;
}

const minuteMs = 60_000;
const fiveMinutesMs = 5 * minuteMs;

/** Addresses remembered by each limit, about 200 bytes each; the oldest are forgotten first. */
const addressesMax = 20_000;

export async function rateLimits(app: FastifyInstance, limits: HttpLimits): Promise<RateLimits> {
  await app.register(rateLimit, { global: false, cache: addressesMax });
  const counter = (max: number, timeWindow: number, keyGenerator?: () => string) => {
    const count = app.createRateLimit({
      max,
      timeWindow,
      ...(keyGenerator ? { keyGenerator } : {}),
    });
    return async (request: FastifyRequest): Promise<Counted> => {
      const counted = await count(request);
      if (counted.isAllowed) return { isExceeded: false, seconds: 0 };
      return { isExceeded: counted.isExceeded, seconds: Math.max(1, counted.ttlInSeconds) };
    };
  };
  const ofAddress = counter(limits.signIns, fiveMinutesMs);
  const ofAll = counter(limits.signInsInAll, fiveMinutesMs, () => "all");
  return {
    request: counter(limits.requestsPerMinute, minuteMs),
    refusedToken: counter(limits.refusedTokens, fiveMinutesMs),
    async signIn(request) {
      const own = await ofAddress(request);
      return own.isExceeded ? own : ofAll(request);
    },
  };
}

export function limitRequests(app: FastifyInstance, limits: RateLimits): void {
  app.addHook("onRequest", async (request, reply) => {
    const counted = await limits.request(request);
    if (counted.isExceeded) return sendTooMany(request, reply, counted);
  });
}

export function sendTooMany(
  request: FastifyRequest,
  reply: FastifyReply,
  { seconds }: Counted,
): FastifyReply {
  reply.header("retry-after", seconds);
  return sendProblem(request, reply, {
    status: 429,
    code: "requests-too-many",
    detail: `There were too many requests in a short time. Try again in ${seconds} seconds.`,
  });
}
