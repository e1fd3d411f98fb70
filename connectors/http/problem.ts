import type { Problem, ProblemCode } from "../../engine/connector/problem.ts";
import type { Trouble } from "./exchange.ts";
import type { HttpAnswer, HttpRequest } from "./http.ts";
import { readReasons } from "./reasons.ts";

/** What a problem is about. */
export interface ProblemContext {
  /** The name of the connection, for the message. */
  readonly connection: string;
  readonly request: Pick<HttpRequest, "method" | "template">;
  /** Taken out of the service's words. */
  readonly secrets?: readonly string[];
  /** An earlier try of the same write may have been carried out. */
  readonly doubt?: boolean;
}

/** Our limits, for the messages that name them. */
export interface ProblemLimits {
  readonly requestTimeoutMs: number;
  readonly answerBytesMax: number;
}

/** The problem that an answer's status stands for, with the reasons that the service gives in its body. */
export function problemOfAnswer(context: ProblemContext, answer: HttpAnswer): Problem {
  const code = codeOfStatus(answer.status);
  const reasons = readReasons(answer.body, context.secrets);
  const doubt = isWrite(context) && (context.doubt === true || leavesDoubt(answer.status));
  return {
    code,
    message: messageOfAnswer(context.connection, code, answer.status, reasons),
    retry: retryOf(code, answer.status),
    // The answer to a repeated write judges the values, and so the earlier try as well.
    applied: doubt && !judgesValues(code) ? "maybe" : "no",
    detail: detailOf(context, answer),
  };
}

/** The problem that a missing answer stands for. */
export function problemOfTrouble(
  context: ProblemContext,
  trouble: Trouble,
  limits: ProblemLimits,
): Problem {
  const doubt = isWrite(context) && (context.doubt === true || trouble.sent);
  return {
    ...textOfTrouble(context.connection, trouble, limits),
    applied: doubt ? "maybe" : "no",
    detail: `${context.request.method} ${context.request.template} -> ${trouble.cause}`,
  };
}

/** An answer came that does not have the shape it must have. Connectors use it when they read bodies. */
export function unreadable(context: ProblemContext, answer: HttpAnswer, what: string): Problem {
  return {
    code: "answer-unreadable",
    message: `${context.connection} answered, but ${what}. Check that the address of the connection belongs to the system.`,
    retry: "later",
    applied: isWrite(context) ? "maybe" : "no",
    detail: detailOf(context, answer),
  };
}

/** Somebody stopped the run before anything was sent. */
export function cancelled(): Problem {
  return {
    code: "cancelled",
    message: "The run was stopped. What was not done comes back in the next plan.",
    retry: "later",
    applied: "no",
  };
}

/** Method, template, status and the service's own number of the request, by which its support finds it. */
export function detailOf(context: Pick<ProblemContext, "request">, answer: HttpAnswer): string {
  const { method, template } = context.request;
  const id = answer.headers["x-request-id"]?.replace(/[^\w\-.:]/g, "").slice(0, 100);
  return `${method} ${template} -> ${answer.status}${id ? `, request id ${id}` : ""}`;
}

/** Whether a write that got this answer may have been carried out all the same. A 503 turns away at the door. */
export function leavesDoubt(status: number): boolean {
  return status === 408 || (status >= 500 && status !== 503);
}

export function isWrite(context: Pick<ProblemContext, "request">): boolean {
  return context.request.method !== "GET";
}

function codeOfStatus(status: number): ProblemCode {
  switch (status) {
    case 401:
      return "credentials-refused";
    case 403:
      return "permission-denied";
    case 404:
    case 410:
      return "not-found";
    case 408:
      return "timed-out";
    case 409:
      return "already-exists";
    case 413:
      return "limit-reached";
    case 429:
      return "rate-limited";
    default:
      if (status >= 500) return "unreachable";
      return status >= 400 ? "rejected" : "answer-unreadable";
  }
}

function retryOf(code: ProblemCode, status: number): Problem["retry"] {
  // 501 and 505 say that the service will never understand the request.
  if (status === 501 || status === 505) return "never";
  return code === "timed-out" || code === "rate-limited" || code === "unreachable"
    ? "later"
    : "never";
}

function judgesValues(code: ProblemCode): boolean {
  return code === "rejected" || code === "not-found" || code === "already-exists";
}

function messageOfAnswer(
  connection: string,
  code: ProblemCode,
  status: number,
  reasons: readonly string[],
): string {
  const words = reasons.join("; ");
  const because = words === "" ? ` (status ${status}, no reason given).` : `: ${closed(words)}`;
  switch (code) {
    case "credentials-refused":
      return `${connection} does not accept the credentials${because} Check them, then run \`syncctl connections check\`.`;
    case "permission-denied":
      return `${connection} does not allow this account to do that${because} Ask an administrator of the system for the permission.`;
    case "not-found":
      return `${connection} knows no such record or page, or the account may not see it${because}`;
    case "already-exists":
      return `${connection} has such a record already${because} Find it and link it, or change it.`;
    case "timed-out":
      return `${connection} took too long${because} Run again later.`;
    case "limit-reached":
      return `${connection} says that the request is too large${because}`;
    case "rate-limited":
      return `${connection} allows no more calls at the moment${because} Run again later.`;
    case "unreachable":
      return `${connection} is overloaded or out of order (status ${status})${words === "" ? "." : `: ${closed(words)}`} Run again later.`;
    case "answer-unreadable":
      return `${connection} answered with status ${status}, which leads elsewhere. Check the address of the connection.`;
    default:
      return `${connection} refused the values${because} Correct them in the source system.`;
  }
}

/** Ends with a full stop, or with whatever the service ended its sentence with. */
function closed(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`;
}

function textOfTrouble(
  connection: string,
  trouble: Trouble,
  limits: ProblemLimits,
): Pick<Problem, "code" | "message" | "retry"> {
  switch (trouble.kind) {
    case "unconnected":
      return {
        code: "unreachable",
        message: `${connection} cannot be reached (${trouble.cause}). Check the address and the network, and run again later.`,
        retry: "later",
      };
    case "untrusted":
      return {
        code: "unreachable",
        message: `${connection} shows a certificate that is not valid (${trouble.cause}). Check the address; nothing was sent.`,
        retry: "never",
      };
    case "cut":
      return {
        code: "answer-lost",
        message: `The connection to ${connection} ended before the whole answer had come. Run again later.`,
        retry: "later",
      };
    case "malformed":
      return {
        code: "answer-unreadable",
        message: `What ${connection} answered is not HTTP. Check the address of the connection.`,
        retry: "never",
      };
    case "too-large":
      return {
        code: "limit-reached",
        message: `${connection} sent an answer larger than ${limits.answerBytesMax} bytes (answerBytesMax).`,
        retry: "never",
      };
    case "timed-out":
      return {
        code: "timed-out",
        message: `${connection} gave no complete answer within ${limits.requestTimeoutMs / 1_000} seconds. Run again later.`,
        retry: "later",
      };
    case "cancelled":
      return {
        code: "cancelled",
        message: "The run was stopped before the answer had come.",
        retry: "later",
      };
  }
}
