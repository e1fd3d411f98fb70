import { expect, test } from "vitest";
import { outcomeText } from "../../cli/render/outcome-text.ts";
import { plainPaint } from "../../cli/render/paint.ts";
import type { ApplyResult } from "../../engine/apply/outcome.ts";
import { aCreate, aPlan, fullPlan, user } from "../support/plans.ts";

const pipe = { paint: plainPaint, brief: false };

const partial: ApplyResult = {
  runId: "run-1",
  planId: "p",
  status: "partial",
  outcomes: [
    { changeId: "retire-9", status: "applied", target: user("u9") },
    {
      changeId: "create-9b",
      status: "in-doubt",
      code: "answer-lost",
      reason: "The answer never came.",
    },
    {
      changeId: "update-3",
      status: "failed",
      code: "rejected",
      reason: "The phone\u202e is refused.",
    },
  ],
};

test("who was synced, who was not and why, what to do, and where to read on", () => {
  const text = outcomeText(fullPlan(), partial, pipe);
  expect(text).toContain(
    "Applied: 1 change\n  - retire Mina Farrow  hr/people/9 -> office/users/u9",
  );
  expect(text).toContain(
    "  in doubt  + create Mina Farrow  hr/people/9b\n      why    The answer never came.",
  );
  expect(text).toContain("      why    The phone\\u202e is refused.");
  expect(text).toMatch(/to do {2}Correct the values .* \(rejected\)/);
  expect(text).toContain("Run run-1: 1 applied, 1 in doubt, 1 failed; 1 held.");
  expect(text).toContain("syncctl runs show run-1");
});

test("a refusal says that nothing was written", () => {
  const text = outcomeText(
    fullPlan(),
    {
      runId: "run-1",
      planId: "p",
      status: "refused",
      refusal: { code: "plan-used", message: "The plan was applied by run-0." },
      outcomes: [],
    },
    pipe,
  );
  expect(text).toBe(
    "Refused  plan-used: The plan was applied by run-0.\n      to do  Make a new plan.\nNothing was written.\n",
  );
});

test("a terminal gets the first applied changes and a pipe all of them", () => {
  const changes = Array.from({ length: 50 }, (_, index) => aCreate(`${index}`, `P ${index}`));
  const outcomes = changes.map((change) => ({ changeId: change.id, status: "applied" }) as const);
  const result: ApplyResult = { runId: "r", planId: "p", status: "applied", outcomes };
  const plan = aPlan({ changes });
  expect(outcomeText(plan, result, pipe).match(/\+ create/g)).toHaveLength(50);
  const brief = outcomeText(plan, result, { ...pipe, brief: true });
  expect(brief.match(/\+ create/g)).toHaveLength(20);
  expect(brief).toContain("and 30 more");
});
