import type { ApplyResult } from "../engine/apply/outcome.ts";
import { codeEntry } from "../engine/codes.ts";
import { type Plan, planStatus } from "../engine/plan/plan.ts";
import { approvalTrouble } from "./approval.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { trouble } from "./plan-options.ts";
import { outcomeText } from "./render/outcome-text.ts";
import { planText } from "./render/plan-text.ts";
import { jsonText } from "./render/visible.ts";
import { count } from "./render/words.ts";
import type { Session } from "./session.ts";
import { outText, saysYes, terminal } from "./terminal.ts";
import { report } from "./trouble.ts";

export interface ApplyFlags {
  readonly yes: boolean;
  /** Nobody has looked at the plan and nobody will: it was made in this command, which was told not to ask. */
  readonly unseen?: boolean;
  readonly json: boolean;
  readonly all: boolean;
  readonly project: string;
  readonly "fail-on-held": boolean;
}

/** Shows the plan, asks unless somebody has said yes, applies it, and shows what became of it. */
export async function applyPlan(
  session: Session,
  plan: Plan,
  flags: ApplyFlags,
): Promise<ExitCode> {
  if (!flags.json) terminal.out(`${planText(plan, outText(flags))}\n`);
  // A refused plan goes to the engine without a question: the refusal is recorded as a run.
  const isRefused = planStatus(plan) === "refused";
  const unapproved =
    flags.unseen && !isRefused ? approvalTrouble(plan, session.project) : undefined;
  if (unapproved !== undefined) {
    report(unapproved, flags);
    return exitCode.refused;
  }
  const asks = plan.changes.length > 0 && !isRefused && !flags.yes;
  if (asks && (flags.json || !terminal.inIsTerminal || !terminal.outIsTerminal)) {
    return report(
      trouble("confirmation-needed", "Nobody is there to answer yes; nothing was written."),
      flags,
    );
  }
  if (asks && !(await saysYes(`Apply ${count(plan.changes.length, "change")}?`, session.signal))) {
    terminal.err("Nothing was written.\n");
    return exitCode.error;
  }
  const result = await session.engine.apply(plan, { startedBy: "cli", signal: session.signal });
  session.clearProgress();
  if (flags.json) terminal.out(`${jsonText(resultJson(plan, result))}\n`);
  else terminal.out(outcomeText(plan, result, outText(flags)));
  if (session.signal.aborted) terminal.err("Stopped as asked. Run again to go on.\n");
  return applyExitCode(plan, result, flags);
}

function resultJson(plan: Plan, result: ApplyResult) {
  const refusal =
    result.refusal === undefined
      ? {}
      : { error: { ...result.refusal, help: codeEntry(result.refusal.code).remedy } };
  return { ...result, ...refusal, held: plan.held };
}

function applyExitCode(plan: Plan, result: ApplyResult, flags: ApplyFlags): ExitCode {
  if (result.status === "refused") return exitCode.refused;
  const part = result.status === "partial" || planStatus(plan) === "incomplete";
  const held = flags["fail-on-held"] && plan.held.length > 0;
  return part || held ? exitCode.partly : exitCode.ok;
}
