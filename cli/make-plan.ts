import type { Plan } from "../engine/plan/plan.ts";
import type { Engine } from "../engine/run/engine.ts";
import type { ExitCode } from "./exit-code.ts";
import { type PlanWords, planOptions, trouble } from "./plan-options.ts";
import { report } from "./trouble.ts";

export type Made =
  | { readonly plan: Plan }
  /** What was in the way has been printed. */
  | { readonly plan?: undefined; readonly code: ExitCode };

export async function makePlan(
  session: { readonly engine: Engine; readonly signal: AbortSignal },
  purpose: "sync" | "link",
  words: PlanWords & { readonly json: boolean },
): Promise<Made> {
  const { engine, signal } = session;
  const plan = await engine.plan(planOptions(words, { purpose, signal }));
  // What was read before a Ctrl-C is a part, and a plan of a part is nothing to look at.
  if (signal.aborted) {
    return {
      code: report(trouble("interrupted", "Stopped while reading; nothing was written."), words),
    };
  }
  return { plan };
}
