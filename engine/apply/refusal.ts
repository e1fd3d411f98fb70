import type { Code } from "../codes.ts";
import { sealPlan } from "../plan/build-plan.ts";
import { type Plan, planStatus } from "../plan/plan.ts";
import type { ApplyGround } from "./apply.ts";

export interface Refusal {
  readonly code: Code;
  readonly message: string;
}

/** Why a plan may not be applied at all; null when it may. */
export function refusalOf(plan: Plan, ground: ApplyGround): Refusal | null {
  if (plan.header.configurationDigest !== ground.configurationDigest) {
    const message =
      "The plan was made from another configuration than the one here: the mappings, the connections or the environment differ. Make a new plan.";
    return { code: "plan-foreign", message };
  }
  if (!isWhole(plan)) {
    return {
      code: "plan-unreadable",
      message: "The plan was edited or cut after it was made. Make a new plan.",
    };
  }
  if (planStatus(plan) === "refused") {
    const messages = plan.guards.filter((guard) => !guard.allowed).map((guard) => guard.message);
    return { code: "plan-refused", message: messages.join(" ") };
  }
  return null;
}

function isWhole(plan: Plan): boolean {
  const { format: _format, id, header, digest: _digest, ...body } = plan;
  return sealPlan(header, body).id === id;
}
