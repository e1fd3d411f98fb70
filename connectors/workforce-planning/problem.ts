import type { Problem } from "../../engine/connector/problem.ts";
import type { HttpAnswer, HttpResult } from "../http/http.ts";
import { unreadable } from "../http/problem.ts";
import type { Prepared } from "./api.ts";
import type { Company } from "./company.ts";

type Failure = Extract<HttpResult, { readonly ok: false }>;

/** The trouble with a call, and what to do if it is a missing permission. */
export function problemOf({ problem }: Failure): Problem {
  if (problem.code !== "permission-denied") return problem;
  const advice =
    "In Workforce Planning: give the user of the credentials a permission level that may do this.";
  return { ...problem, message: `${problem.message} ${advice}` };
}

/** 409 says that somebody else has the phone number or the address, which is no reason to link the two. */
export function updateProblem(failure: Failure): Problem {
  const problem = problemOf(failure);
  return problem.code === "already-exists" ? { ...problem, code: "rejected" } : problem;
}

/** An answer of 2xx that is not what it must be. A write may have been carried out all the same. */
export function unreadableAnswer(
  company: Company,
  request: Prepared,
  answer: HttpAnswer,
  what: string,
): Problem {
  return unreadable({ connection: company.connection, request }, answer, what);
}

/** Values that would not survive the way, so that they were not sent. `why` ends a sentence. */
export function refusedHere(company: Company, why: string): Problem {
  return {
    code: "rejected",
    message: `Nothing was sent to ${company.connection}: ${why}. Correct it where the value comes from.`,
    retry: "never",
    applied: "no",
  };
}
