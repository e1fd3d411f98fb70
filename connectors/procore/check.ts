import type { Call, CheckResult } from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import {
  companies,
  contacts,
  type Prepared,
  permissionTemplates,
  projects,
  users,
  workClassifications,
} from "./api.ts";
import { people } from "./api-time.ts";
import { checkTime } from "./check-time.ts";
import type { Company } from "./company.ts";
import { isRow } from "./convert.ts";
import { problemOf, projectReadPermission, readPermission } from "./problem.ts";

/** Credentials, the company, one page of each stream, and what can be said of permissions without writing. */
export async function checkCompany(company: Company, call: Call): Promise<readonly CheckResult[]> {
  const reached = await checkReach(company, call);
  if (reached.some(({ status }) => status === "failed")) return reached;
  const pages = directoryPages(company.id);
  const [projectsRead, ...problems] = await Promise.all([
    checkProjects(company, call),
    ...Object.values(pages).map((requests) => firstProblem(company, requests, call)),
  ]);
  const streams = Object.keys(pages).map((what, index) => readable(what, problems[index] ?? null));
  const refused = problems.some((problem) => problem?.code === "permission-denied");
  const writing = [refused ? notAdmin : maybeAdmin, maybeProjects];
  return [...reached, ...streams, projectsRead, ...writing, ...(await checkTime(company, call))];
}

function directoryPages(company: string): Readonly<Record<string, readonly Prepared[]>> {
  const one = { per_page: 1 };
  return {
    users: [users(company, "active", one), users(company, "inactive", one)],
    contacts: [contacts(company, "active", 1), contacts(company, "inactive", 1)],
    permission_templates: [
      permissionTemplates(company, "company_tools"),
      permissionTemplates(company, "project_tools"),
    ],
    work_classifications: [workClassifications(company, 1)],
    people: [people(company, "active", 1), people(company, "inactive", 1)],
  };
}

/** A project that the app is not permitted to see is left out of the list, and nothing says so (documented). */
async function checkProjects(company: Company, { signal }: Call): Promise<CheckResult> {
  const what = "projects";
  const request = projects(company.id, { per_page: 1 });
  const result = await company.client.send({ ...request, signal });
  if (!result.ok) return readable(what, problemOf(result, projectReadPermission));
  const { body } = result.answer;
  return Array.isArray(body) && body.length === 0
    ? { what, status: "unknown", message: seesNone }
    : readable(what, null);
}

const seesNone = `Can be read, and there is none. If the company has projects, the app is permitted none of them. ${projectReadPermission}`;

/** The list of companies is the list of those in which the app is installed (documented). */
async function checkReach(company: Company, { signal }: Call): Promise<readonly CheckResult[]> {
  const result = await company.client.send({ ...companies(), signal });
  if (!result.ok && result.problem.code !== "permission-denied") {
    return [{ what: "credentials", status: "failed", message: result.problem.message }];
  }
  const accepted: CheckResult = {
    what: "credentials",
    status: "ok",
    message: "Procore gave a token and accepts it.",
  };
  const what = `company ${company.id}`;
  if (!result.ok) {
    return [
      accepted,
      { what, status: "failed", message: problemOf(result, readPermission).message },
    ];
  }
  const rows = Array.isArray(result.answer.body) ? result.answer.body.filter(isRow) : [];
  const row = rows.find(({ id }) => String(id) === company.id);
  const found: CheckResult = row
    ? { what, status: "ok", message: `The app is installed in ${String(row["name"])}.` }
    : {
        what,
        status: "failed",
        message: `The app is not installed in company ${company.id}. Ask an administrator of the company to install it (Company Admin, App Management), or correct companyId.`,
      };
  return [accepted, found];
}

async function firstProblem(
  company: Company,
  requests: readonly Prepared[],
  { signal }: Call,
): Promise<Problem | null> {
  for (const request of requests) {
    const result = await company.client.send({ ...request, signal });
    if (!result.ok) return problemOf(result, readPermission);
  }
  return null;
}

function readable(what: string, problem: Problem | null): CheckResult {
  return problem
    ? { what, status: "failed", message: problem.message }
    : { what, status: "ok", message: "Can be read." };
}

/** Whether an account is Admin on the Directory shows only when something is written. */
const maybeAdmin: CheckResult = {
  what: "writing",
  status: "unknown",
  message:
    "Creating users and setting their e-mail address or permission template takes Admin on the Directory, which cannot be proved without writing. Ask an administrator of the Procore company whether the app's service account has it.",
};

const notAdmin: CheckResult = {
  what: "writing",
  status: "failed",
  message:
    "An account that may not read all of this is not Admin on the Directory, which creating users and setting their e-mail address or permission template takes. Ask an administrator of the Procore company to give it to the app's service account.",
};

/** The same goes for projects; and each has an Admin tool of its own. */
const maybeProjects: CheckResult = {
  what: "writing projects",
  status: "unknown",
  message:
    "Creating projects takes the privilege for that, which stands in the Directory, and changing one takes Admin on the project's Admin tool. Neither can be proved without writing. Ask an administrator of the Procore company whether the app's service account has both, if projects are written to Procore.",
};
