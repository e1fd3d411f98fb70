import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Plan, planStatus } from "../../engine/plan/plan.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { makePlan } from "../make-plan.ts";
import { outcomeText } from "../render/outcome-text.ts";
import { planText } from "../render/plan-text.ts";
import { type Session, withEngine } from "../session.ts";
import { outText, terminal } from "../terminal.ts";
import { type Sandbox, sampleCompany, startSandbox, writeSandboxProject } from "./start-sandbox.ts";
import { afterAWeek, week } from "./week.ts";

interface DemoFlags {
  readonly all: boolean;
}

/** The whole story in a minute, by the same code that the commands run. */
export async function runDemo(flags: DemoFlags): Promise<ExitCode> {
  const folder = await mkdtemp(join(tmpdir(), "syncctl-demo-"));
  const sandbox = await startSandbox(await sampleCompany());
  try {
    await writeSandboxProject(folder, sandbox.urls);
    explain(
      "Northridge Builders",
      "This builder keeps its people in Workforce Planning. The Procore directory shall follow: people who log in as",
      "users, the others as contacts. Its projects are kept in Procore, and Workforce Planning shall follow. Both",
      "systems are simulators on this machine, spoken to over HTTP; no account is needed and nothing is left behind.",
    );
    const projectFlags = { project: folder, json: false };
    return await withEngine(projectFlags, { command: "demo" }, (session) =>
      tell(session, sandbox, flags),
    );
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function tell(session: Session, sandbox: Sandbox, flags: DemoFlags): Promise<ExitCode> {
  explain(
    "1. syncctl link",
    "Some people and projects are in both systems already. A record is linked when its key finds exactly one counterpart and the",
    "fields that must agree do agree. Everybody else is held, with the reason and what a person can do.",
  );
  if (!(await planAndApply(session, "link", flags))) return exitCode.error;
  explain(
    "2. syncctl plan, syncctl apply",
    "Every change is shown before it happens, field by field, with the line of the mapping that decides it. Then it is",
    "applied, one recorded step at a time.",
  );
  if (!(await planAndApply(session, "sync", flags))) return exitCode.error;
  explain("3. syncctl plan", "What was applied is in step: the second plan is empty.");
  if (!(await showEmptyPlan(session))) return exitCode.error;
  explain("4. A week later", ...week.map((event) => `- ${event}`));
  sandbox.load(afterAWeek(sandbox.save()));
  if (!(await planAndApply(session, "sync", flags))) return exitCode.error;
  if (!(await showEmptyPlan(session))) return exitCode.error;
  terminal.out(howToGoOn);
  return exitCode.ok;
}

/** False when it did not go as a demonstration must; then the output shows why. */
async function planAndApply(
  session: Session,
  purpose: "sync" | "link",
  flags: DemoFlags,
): Promise<boolean> {
  const plan = await planned(session, purpose);
  if (plan === undefined) return false;
  terminal.out(`${planText(plan, outText(flags))}\n`);
  const options = { startedBy: "demo", signal: session.signal };
  const result = await session.engine.apply(plan, options);
  session.clearProgress();
  // The plan has just been shown; of the outcome the end is enough.
  terminal.out(outcomeText(plan, result, { ...outText({ all: false }), brief: true }));
  return result.status === "applied";
}

async function showEmptyPlan(session: Session): Promise<boolean> {
  const plan = await planned(session, "sync");
  if (plan === undefined) return false;
  const text = planText(plan, outText({ all: false }));
  // The held records are those of before; what counts are the last lines.
  terminal.out(planStatus(plan) === "empty" ? text.slice(text.lastIndexOf("\n\n") + 1) : text);
  return planStatus(plan) === "empty";
}

async function planned(session: Session, purpose: "sync" | "link"): Promise<Plan | undefined> {
  const made = await makePlan(session, purpose, { json: false });
  session.clearProgress();
  return made.plan;
}

function explain(title: string, ...lines: readonly string[]): void {
  terminal.out(`\n${terminal.outPaint(["bold", "cyan"], title)}\n${lines.join("\n")}\n\n`);
}

const howToGoOn = `
How to go on
  npm run syncctl -- sandbox           the same company, kept running, with a project to play with
  npm run syncctl -- init my-company   a project of your own: syncctl.yaml, mappings, .env.example, a CI example
  npm run syncctl -- --help            all commands
`;
