import { type Made, makePlan } from "./make-plan.ts";
import { readPlan } from "./plan-file.ts";
import { type PlanWords, trouble } from "./plan-options.ts";
import type { Session } from "./session.ts";
import { report, type Trouble } from "./trouble.ts";

/** A saved plan is what somebody looked at: the flags that make a plan have no place beside it. */
export function fileTrouble(file: string | undefined, words: PlanWords): Trouble | undefined {
  const given = [words.mapping, words.only, words.exclude, words.allow].flatMap(
    (each) => each ?? [],
  );
  if (file === undefined || given.length === 0) return undefined;
  return trouble(
    "plan-fixed",
    `${file} is applied as it is, so ${given.join(" ")} has no place here.`,
  );
}

/** The saved plan, or a new one when no file is named. */
export async function planToApply(
  session: Session,
  file: string | undefined,
  flags: PlanWords & { readonly json: boolean },
): Promise<Made> {
  if (file === undefined) return makePlan(session, "sync", flags);
  const plan = await readPlan(file);
  return "code" in plan ? { code: report(plan, flags) } : { plan };
}
