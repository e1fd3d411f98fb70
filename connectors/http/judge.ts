import type { Exchange, WireAnswer } from "./exchange.ts";
import type { HttpAnswer, HttpRequest, HttpResult } from "./http.ts";
import {
  type ProblemContext,
  type ProblemLimits,
  problemOfAnswer,
  problemOfTrouble,
  unreadable,
} from "./problem.ts";

/** Tells an answer from trouble: 2xx and what the request accepts are answers, and a 2xx must be JSON or empty. */
export function judge(
  request: HttpRequest,
  done: Exchange,
  context: ProblemContext,
  limits: ProblemLimits,
): HttpResult {
  if (done.kind === "trouble")
    return { ok: false, problem: problemOfTrouble(context, done.trouble, limits) };
  const { isJson, body } = parseBody(done.answer);
  const answer: HttpAnswer = { status: done.answer.status, headers: done.answer.headers, body };
  const isSuccess = answer.status >= 200 && answer.status < 300;
  if (isSuccess && !isJson)
    return { ok: false, problem: unreadable(context, answer, "its answer is not JSON"), answer };
  if (isSuccess || request.accept?.includes(answer.status)) return { ok: true, answer };
  return { ok: false, problem: problemOfAnswer(context, answer), answer };
}

/** The text itself when it is not JSON: the body of an error may be a sentence or a page of HTML. */
function parseBody({ text }: WireAnswer): { readonly isJson: boolean; readonly body: unknown } {
  if (text.trim() === "") return { isJson: true, body: null };
  try {
    return { isJson: true, body: JSON.parse(text) };
  } catch {
    return { isJson: false, body: text };
  }
}
