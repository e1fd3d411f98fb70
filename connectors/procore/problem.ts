import type { Problem } from "../../engine/connector/problem.ts";
import type { HttpAnswer, HttpResult } from "../http/http.ts";
import { unreadable } from "../http/problem.ts";
import { readReasons } from "../http/reasons.ts";
import type { Prepared } from "./api.ts";
import type { Company } from "./company.ts";

type Failure = Extract<HttpResult, { readonly ok: false }>;

export const readPermission =
  "In Procore: install the app in the company, and give its service account at least Read Only on the Directory.";

export const writePermission = "In Procore: give the app's service account Admin on the Directory.";

export const projectReadPermission =
  "In Procore: permit the app the projects (Company Admin, App Management).";

export const projectCreatePermission =
  "In Procore: allow the app's service account to create new projects (its entry in the Directory).";

export const projectUpdatePermission =
  "In Procore: permit the app the project (Company Admin, App Management), with Admin on the project's Admin tool.";

export const classificationWritePermission =
  "In Procore: give the app's service account Admin on the company's Admin tool, where classifications are kept.";

export const timecardPermission =
  "In Procore: enable the company's Timecard tool, and give the app's service account Admin on it.";

export const bulkPermission =
  "In Procore: permit the app the project, with Admin on its Timesheets tool. This call may also have to be opened for the app by Procore, as a beta.";

export const projectToolPermission =
  "In Procore: permit the app the project (Company Admin, App Management), and see that the tool is switched on in it and that the app may read it.";

/** The trouble with a call, and what to do if it is a missing permission. */
export function problemOf({ problem }: Failure, permission: string): Problem {
  if (problem.code !== "permission-denied") return problem;
  return { ...problem, message: `${problem.message} ${permission}` };
}

/**
 * The trouble with the creation of one record. 409 is the documented answer to a duplicate user; others are
 * possible.
 */
export function creationProblem(failure: Failure, permission: string): Problem {
  const problem = problemOf(failure, permission);
  const reasons = readReasons(failure.answer?.body);
  if (problem.code !== "rejected" || !reasons.some(saysTaken)) return problem;
  return { ...problem, code: "already-exists" };
}

/** The exact texts are not published; these words are what the refusal of a duplicate is assumed to hold. */
export function saysTaken(reason: string): boolean {
  return /already|taken|duplicate|exists|in use/i.test(reason);
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

/** Nothing can be concluded about one project from an account that sees none. */
export function noProjects(company: Company): Problem {
  return {
    code: "permission-denied",
    message: `${company.connection} shows this account no project at all, so that nothing can be said of any. When an app is updated or installed again, its permitted projects have to be chosen again. ${projectReadPermission}`,
    retry: "never",
    applied: "no",
  };
}

/** Values that we know Procore cannot take. */
export function refusedHere(wrong: string): Problem {
  return {
    code: "rejected",
    message: `Nothing was sent to Procore: ${wrong}.`,
    retry: "never",
    applied: "no",
  };
}
