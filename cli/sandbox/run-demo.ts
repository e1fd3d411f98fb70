import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Plan, planStatus } from "../../engine/plan/plan.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { makePlan } from "../make-plan.ts";
import { outcomeText } from "../render/outcome-text.ts";
import { planText } from "../render/plan-text.ts";
import { type Session, withEngine } from "../session.ts";
import { outText, terminal } from "../terminal.ts";
import { hired, worked } from "./newcomer.ts";
import { heldShort, namesOfChanges, type Pick, picksInFull } from "./short-plan.ts";
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
    terminal.out("\n");
    explain(
      "Northridge Builders",
      "People are kept in Workforce Planning: who logs in becomes a user of Procore, who works on site a contact. Users of",
      "Procore become workers in SmartBarrel, and the shifts that they work there become timecards in Procore. Projects are",
      "kept in Procore, and Workforce Planning follows. All three are simulators on this machine, spoken to over HTTP; no",
      "account is needed, and nothing is left behind.",
    );
    const projectFlags = { project: folder, json: false };
    return await withEngine(projectFlags, { command: "demo" }, async (session) => {
      const isTold = await tell({ session, flags }, sandbox);
      if (!isTold) return exitCode.error;
      terminal.out(howToGoOn);
      return exitCode.ok;
    });
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Demo {
  readonly session: Session;
  readonly flags: DemoFlags;
}

/** False when it did not go as a demonstration must; then the output shows why. */
async function tell(demo: Demo, sandbox: Sandbox): Promise<boolean> {
  explain(
    "1. syncctl link",
    "Much is in two systems already. A record is linked when its key finds exactly one counterpart and the fields that",
    "must agree do agree. Everybody else is held, with the reason and what a person can do.",
  );
  if (!(await round(demo, { purpose: "link", held: true }))) return false;
  explain(
    "2. syncctl apply --mapping people --mapping projects",
    "Every change is shown before it happens, field by field, with the line of the mapping that decides it. Here are all",
    "by name, and one as a plan shows each.",
  );
  if (!(await round(demo, { mappings: ["people", "projects"], picks: firstPicks }))) return false;
  explain(
    "3. syncctl apply",
    "Now all mappings. A worker whom Procore does not know becomes a contact with the first timecard, and not before. What",
    "has just come into Procore goes on to SmartBarrel with the next run. When all is in step, the plan is empty.",
  );
  if (!(await round(demo, { picks: [{ mapping: "timesheets", kind: "create", name: "Aaberg" }] })))
    return false;
  if (!(await untilInStep(demo))) return false;
  explain("4. A week later", ...week.map((event) => `- ${event}`));
  sandbox.load(afterAWeek(sandbox.save()));
  if (!(await round(demo, { picks: weekPicks }))) return false;
  if (!(await untilInStep(demo))) return false;
  explain(
    "5. One person, three systems",
    "The office enters Nora Beck in Workforce Planning, once. In the first hour she becomes a user of Procore, in the",
    "second a worker in SmartBarrel. She works a day, and her shift becomes a timecard.",
  );
  sandbox.load(hired(sandbox.save()));
  if (!(await round(demo, {}))) return false;
  nextHour();
  if (!(await round(demo, {}))) return false;
  sandbox.load(worked(sandbox.save(), systemClock.now()));
  nextHour();
  if (!(await round(demo, { picks: [{ mapping: "timesheets", kind: "create" }] }))) return false;
  return untilInStep(demo);
}

const firstPicks: readonly Pick[] = [{ mapping: "people", kind: "update", name: "Okafor" }];

const weekPicks: readonly Pick[] = [
  { mapping: "people", kind: "update", name: "Souza" },
  { mapping: "timesheets", kind: "update" },
];

interface RoundOptions {
  readonly purpose?: "sync" | "link";
  /** All of them, unless some are named. */
  readonly mappings?: readonly string[];
  readonly picks?: readonly Pick[];
  /** Whether the records that are held are told. */
  readonly held?: boolean;
}

/** A plan, shown and applied. */
async function round(demo: Demo, options: RoundOptions): Promise<boolean> {
  const plan = await planned(demo.session, options);
  return plan !== undefined && applied(demo, plan, options);
}

async function applied(
  { session, flags }: Demo,
  plan: Plan,
  { picks = [], held = false }: RoundOptions,
): Promise<boolean> {
  const text = outText(flags);
  const parts = flags.all
    ? [planText(plan, text).trimEnd()]
    : [namesOfChanges(plan, text), picksInFull(plan, picks, text), held && heldShort(plan, text)];
  for (const part of parts) if (part) terminal.out(`${part}\n\n`);
  const result = await session.engine.apply(plan, { startedBy: "demo", signal: session.signal });
  session.clearProgress();
  const outcome = outcomeText(plan, result, text);
  const isWhole = result.status === "applied";
  // The changes have just been shown; of what became of them the end is enough.
  terminal.out(`${isWhole ? lastLine(outcome, /Run \S+:/) : outcome.trimEnd()}\n\n`);
  return isWhole;
}

/** More hours than the longest way through the systems takes. */
const hoursMax = 4;

/** Hour after hour, until a plan is empty. */
async function untilInStep(demo: Demo): Promise<boolean> {
  for (let hour = 0; hour < hoursMax; hour += 1) {
    const plan = await planned(demo.session, {});
    if (plan === undefined) return false;
    if (planStatus(plan) === "empty") {
      const text = planText(plan, outText({ all: false }));
      terminal.out(`${lastLine(text, /Plan:\S* no changes/)}\n\n`);
      return true;
    }
    nextHour();
    if (!(await applied(demo, plan, {}))) return false;
  }
  terminal.out("The systems are still not in step.\n");
  return false;
}

function lastLine(text: string, sign: RegExp): string {
  return text.split("\n").findLast((line) => sign.test(line)) ?? text;
}

async function planned(
  session: Session,
  { purpose = "sync", mappings }: RoundOptions,
): Promise<Plan | undefined> {
  const words = { json: false, ...(mappings && { mapping: mappings }) };
  const made = await makePlan(session, purpose, words);
  session.clearProgress();
  return made.plan;
}

function nextHour(): void {
  terminal.out(`${terminal.outPaint("dim", "The next hour")}\n`);
}

function explain(title: string, ...lines: readonly string[]): void {
  terminal.out(`${terminal.outPaint(["bold", "cyan"], title)}\n${lines.join("\n")}\n\n`);
}

const howToGoOn = `How to go on
  npm run syncctl -- sandbox           the same company, kept running, with a project to play with
  npm run syncctl -- init my-company   a project of your own: syncctl.yaml, mappings, .env.example, a CI example
  npm run syncctl -- --help            all commands
`;
