import { type Plan, planStatus } from "../engine/plan/plan.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { planHtml } from "./render/plan-html.ts";
import { planMarkdown } from "./render/plan-markdown.ts";
import { planText } from "./render/plan-text.ts";
import { jsonText } from "./render/visible.ts";
import { inFolder, outText, terminal } from "./terminal.ts";

export interface PlanView {
  readonly json: boolean;
  readonly markdown: boolean;
  readonly html: boolean;
  readonly all: boolean;
}

export function printPlan(plan: Plan, view: PlanView): void {
  terminal.out(viewOf(plan, view));
}

function viewOf(plan: Plan, view: PlanView): string {
  if (view.json) return `${jsonText(plan)}\n`;
  if (view.markdown) return planMarkdown(plan);
  if (view.html) return planHtml(plan);
  return planText(plan, outText(view));
}

/** What a plan means for the exit code, before anything is applied. */
export function planExitCode(plan: Plan, flags: { readonly "fail-on-held": boolean }): ExitCode {
  const status = planStatus(plan);
  if (status === "refused") return exitCode.refused;
  if (status === "incomplete") return exitCode.error;
  if (flags["fail-on-held"] && plan.held.length > 0) return exitCode.error;
  return status === "changes" ? exitCode.changes : exitCode.ok;
}

/** The next step, for a person: standard error, so that it never gets into a file. */
export function printNextStep(
  plan: Plan,
  flags: { readonly out?: string | undefined; readonly project: string },
): void {
  if (planStatus(plan) !== "changes") return;
  const saved = flags.out === undefined ? "" : ` ${flags.out}`;
  terminal.err(`Apply it with: syncctl apply${saved}${inFolder(flags.project)}\n`);
}
