import type { Call, CheckResult, Stream } from "../../engine/connector/connector.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import type { WorkforcePlanningConfig } from "./config.ts";

/**
 * Whether the credentials are taken, whether the company is there, and one page of each stream. Nothing in the API asks
 * for the first two alone, so that they are concluded from the answers to the lists.
 */
export async function checkConnection(
  streams: Readonly<Record<string, Stream>>,
  config: WorkforcePlanningConfig,
  call: Call,
): Promise<readonly CheckResult[]> {
  const tried: Tried[] = [];
  for (const [name, stream] of Object.entries(streams)) {
    const problem = await readFirst(stream, call);
    tried.push({ stream: name, problem });
    // Whoever is turned away at the door is turned away again, and some services then close it for good.
    if (problem?.code === "credentials-refused") break;
  }
  return [
    credentialsLine(tried),
    companyLine(config, tried),
    ...Object.keys(streams).map((name) => streamLine(name, tried)),
  ];
}

async function readFirst(stream: Stream, call: Call): Promise<Problem | null> {
  for await (const event of stream.read(call)) {
    return event.kind === "stopped" ? event.problem : null;
  }
  return null;
}

interface Tried {
  readonly stream: string;
  readonly problem: Problem | null;
}

function credentialsLine(tried: readonly Tried[]): CheckResult {
  const what = "credentials";
  const refused = tried.find(({ problem }) => problem?.code === "credentials-refused")?.problem;
  if (refused) return { what, status: "failed", message: refused.message };
  const answered = tried.some(({ problem }) => problem === null || isAnswer(problem));
  if (answered) return { what, status: "ok", message: "The credentials are accepted." };
  return { what, status: "unknown", message: unknownUntil("an answer comes") };
}

function companyLine(config: WorkforcePlanningConfig, tried: readonly Tried[]): CheckResult {
  const what = `company ${config.companyId}`;
  if (tried.some(({ problem }) => problem === null)) {
    return { what, status: "ok", message: "The company is there, and the account may see it." };
  }
  const keys = config.frontDoor === "procore" ? "companyId and procoreCompanyId" : "companyId";
  const problems = tried.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0 && problems.every(isAnswer)) {
    const message = `No list of the company can be read. Check ${keys}: ${problems[0]?.message}`;
    return { what, status: "failed", message };
  }
  return { what, status: "unknown", message: unknownUntil("a list of the company can be read") };
}

function streamLine(what: string, tried: readonly Tried[]): CheckResult {
  const found = tried.find(({ stream }) => stream === what);
  if (!found || found.problem?.code === "credentials-refused") {
    return { what, status: "unknown", message: unknownUntil("the credentials are accepted") };
  }
  return found.problem
    ? { what, status: "failed", message: found.problem.message }
    : { what, status: "ok", message: "One page was read." };
}

/** Whether the problem is the system's answer to somebody whom it knows. */
function isAnswer({ code }: Problem): boolean {
  return code === "permission-denied" || code === "not-found" || code === "rejected";
}

function unknownUntil(what: string): string {
  return `This cannot be told until ${what}.`;
}
