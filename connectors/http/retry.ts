import type { Exchange, Trouble } from "./exchange.ts";
import type { HttpLimits, HttpRequest } from "./http.ts";
import { isWrite, leavesDoubt } from "./problem.ts";

/** Answers after which a request that does no harm is sent again. */
const passingStatuses: readonly number[] = [408, 429, 500, 502, 503, 504];

/** Answers that say that the service did not even begin with the request. 401 is the client's own affair. */
const turnedAwayStatuses: readonly number[] = [429, 503];

/** Whether this exchange may have changed something though nobody says so. */
export function leftInDoubt(request: HttpRequest, exchange: Exchange): boolean {
  if (!isWrite({ request })) return false;
  return exchange.kind === "answer" ? leavesDoubt(exchange.answer.status) : exchange.trouble.sent;
}

/**
 * Whether the request may be sent again. One that can be told apart from nothing (`once`) is sent again only when the
 * service surely did not carry it out; what is in doubt is the engine's to find out.
 */
export function mayRepeat(request: HttpRequest, exchange: Exchange): boolean {
  if (exchange.kind === "trouble") return mayRepeatAfter(exchange.trouble, request.repeat);
  const statuses = request.repeat === "harmless" ? passingStatuses : turnedAwayStatuses;
  return statuses.includes(exchange.answer.status);
}

function mayRepeatAfter(trouble: Trouble, repeat: HttpRequest["repeat"]): boolean {
  switch (trouble.kind) {
    case "unconnected":
      return true;
    case "cut":
    case "timed-out":
      return repeat === "harmless" || !trouble.sent;
    case "untrusted":
    case "malformed":
    case "too-large":
    case "cancelled":
      return false;
  }
}

/** Full jitter: anything from nothing up to the doubled wait, so that callers who failed together do not return together. */
export function backoffMs(tried: number, limits: HttpLimits, random: () => number): number {
  const ceiling = Math.min(limits.backoffMaxMs, limits.backoffBaseMs * 2 ** (tried - 1));
  return Math.floor(random() * ceiling);
}
