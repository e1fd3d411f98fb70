import type { PlanSummary } from "../../api/client.ts";
import type { Problem } from "../../api/problem.ts";
import { Button } from "../../kit/button.tsx";
import { Notice } from "../../kit/notice.tsx";
import { setQuery } from "../../router.ts";
import { NewerPlan } from "./newer-plan.tsx";

/** What a person has to know before reading the plan itself. */
export function PlanNotices({
  summary,
  newer,
  problem,
}: {
  readonly summary: PlanSummary;
  /** The request whose plan has taken the place of this one. */
  readonly newer: string | undefined;
  /** Why the last decision was not taken. */
  readonly problem: Problem | undefined;
}) {
  return (
    <>
      {problem && (
        <Notice tone="bad" title={problem.message} isUrgent>
          {problem.status === 409 && <p>What is shown here has been read anew.</p>}
        </Notice>
      )}
      {newer !== undefined && <NewerPlan id={newer} />}
      {summary.plan.readings.some(({ ended }) => !ended) && (
        <Notice tone="warn" title="Not everything could be read.">
          <p>
            What is planned is right, but it may not be everything.{" "}
            <Button look="quiet" isSmall onPress={() => setQuery({ tab: "readings" })}>
              See what was read
            </Button>
          </p>
        </Notice>
      )}
    </>
  );
}
