import type { Problem } from "../../../engine/connector/problem.ts";
import type { HttpAnswer, HttpResult } from "../http.ts";
import { problemOfAnswer, unreadable } from "../problem.ts";
import { readReasons } from "../reasons.ts";
import type { Prepared } from "./calls.ts";
import type { ErrorShape } from "./definition.ts";
import { valueAt } from "./path.ts";
import type { RestSystem } from "./system.ts";

type Failure = Extract<HttpResult, { readonly ok: false }>;

/** What the statuses of the definition are called in HTTP. */
const rejectedStatus = 422;
const conflictStatus = 409;

/** The trouble with a call, with the reasons from where the definition says that they stand. */
export function problemOf(system: RestSystem, request: Prepared, failure: Failure): Problem {
  const { problem, answer } = failure;
  // Below 400 and from 500 on, what the client says about the answer does not hang on the system.
  if (!answer || answer.status < 400 || answer.status >= 500) return problem;
  const { errors } = system.definition;
  const told = problemOfAnswer(
    { connection: system.connection, request, secrets: system.secrets },
    { ...answer, status: meantStatus(answer.status, errors), body: reasonsBody(answer, errors) },
  );
  // An earlier try of the same call may have left a doubt that this answer does not settle.
  const settles = told.code === "rejected" || told.code === "already-exists";
  return { ...told, applied: settles ? "no" : problem.applied, detail: problem.detail ?? "" };
}

/** The same for an update: another record has such a value, which is no reason to link the two. */
export function updateProblem(system: RestSystem, request: Prepared, failure: Failure): Problem {
  const problem = problemOf(system, request, failure);
  if (problem.code !== "already-exists") return problem;
  const { errors } = system.definition;
  const body = failure.answer ? reasonsBody(failure.answer, errors) : null;
  const words = readReasons(body, system.secrets).join("; ") || "it gave no reason";
  const message = `${system.connection} refused the values because of another record: ${words}. Correct them in the source system, or the other record.`;
  return { ...problem, code: "rejected", message };
}

function meantStatus(status: number, { rejected, conflict }: ErrorShape): number {
  if (conflict.includes(status)) return conflictStatus;
  return rejected.includes(status) ? rejectedStatus : status;
}

/** The body as `readReasons` understands it. Where nothing stands at the places, the whole body is searched. */
function reasonsBody({ body }: HttpAnswer, { message, fields }: ErrorShape): unknown {
  const told = message === null ? undefined : valueAt(body, message);
  const byField = fields === null ? undefined : valueAt(body, fields);
  const found = {
    ...(typeof told === "string" && { message: told }),
    ...(typeof byField === "object" && byField !== null && { errors: byField }),
  };
  return Object.keys(found).length === 0 ? body : found;
}

/** An answer of 2xx that is not what the definition says. A write may have been carried out all the same. */
export function unreadableAnswer(
  system: RestSystem,
  request: Prepared,
  answer: HttpAnswer,
  what: string,
): Problem {
  const problem = unreadable({ connection: system.connection, request }, answer, what);
  const message = `${system.connection} answered, but ${what}. Correct the connection's \`definition\` where it differs from what the system sends.`;
  return { ...problem, message, retry: "never" };
}
