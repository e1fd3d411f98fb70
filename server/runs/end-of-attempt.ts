import type { ApplyResult, OutcomeStatus } from "../../engine/apply/outcome.ts";
import type { Code } from "../../engine/codes.ts";
import { type Plan, planStatus } from "../../engine/plan/plan.ts";
import type { RequestStatus } from "../../engine/state/service-store.ts";
import { streamText } from "../../engine/value/address.ts";
import type { StopReason } from "./watch-attempt.ts";

/** What has become of an attempt, before anything of it is stored. */
export type End =
  | {
      readonly kind: "ended";
      readonly status: Extract<
        RequestStatus,
        "done" | "partial" | "refused" | "failed" | "cancelled"
      >;
      /** For people; holds no secret and nothing of a record. */
      readonly note?: string;
      readonly code?: Code;
      readonly plan?: Plan;
    }
  | { readonly kind: "waiting"; readonly plan: Plan }
  /** Back into the queue. `note`: what it waits for. */
  | { readonly kind: "again"; readonly delayMs: number; readonly note?: string }
  /** The request is another attempt's by now. */
  | { readonly kind: "lost" };

/** After a plan was carried out as far as nothing came in between. */
export function endOfApply(plan: Plan, result: ApplyResult): End {
  const { refusal } = result;
  if (refusal)
    return { kind: "ended", status: "refused", code: refusal.code, note: refusal.message, plan };
  const unread = plan.readings.filter((reading) => !reading.ended);
  const failed = result.outcomes.filter(({ status }) => status !== "applied");
  if (unread.length === 0 && failed.length === 0) return { kind: "ended", status: "done", plan };
  const sentences = [
    ...(failed.length > 0 ? [`${countText(result)}.`] : []),
    ...unread.map((one) => `${streamText(one)}: ${one.problem ?? "It was not read to its end."}`),
  ];
  const code = failed.find((one) => one.code !== undefined)?.code;
  const known: Code | undefined = unread.length > 0 ? "reading-stopped" : code;
  return {
    kind: "ended",
    status: "partial",
    note: sentences.join(" "),
    ...(known === undefined ? {} : { code: known }),
    plan,
  };
}

/** After an attempt was stopped. `result`: what was applied until then. */
export function endOfStop(reason: StopReason, plan: Plan | null, result: ApplyResult | null): End {
  const isWhole =
    result?.status === "applied" && plan !== null && planStatus(plan) !== "incomplete";
  if (isWhole) return endOfApply(plan, result);
  switch (reason.kind) {
    case "lost":
      return { kind: "lost" };
    case "cancelled": {
      const far = result ? `${countText(result)}.` : "Nothing was written.";
      return { kind: "ended", status: "cancelled", note: `Stopped by ${reason.by}. ${far}` };
    }
    case "stopping":
    case "lapsed":
    case "quiet":
      // A window that has begun is looked at again where the request is taken next.
      return { kind: "again", delayMs: 0 };
  }
}

const words: Readonly<Record<Exclude<OutcomeStatus, "applied">, string>> = {
  failed: "failed",
  "in-doubt": "in doubt",
  stale: "changed in the meantime",
  skipped: "skipped",
};

/** "3 of 5 changes were applied: 1 failed, 1 skipped" */
function countText({ outcomes }: ApplyResult): string {
  const count = (status: OutcomeStatus) =>
    outcomes.filter((outcome) => outcome.status === status).length;
  const others = Object.entries(words).flatMap(([status, word]) => {
    const many = count(status as OutcomeStatus);
    return many > 0 ? [`${many} ${word}`] : [];
  });
  const applied = count("applied");
  const main = `${applied} of ${outcomes.length} changes ${applied === 1 ? "was" : "were"} applied`;
  return others.length > 0 ? `${main}: ${others.join(", ")}` : main;
}
