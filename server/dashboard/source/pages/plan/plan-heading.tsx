import { estimateText, selectionText } from "../../../../../cli/render/plan-view.ts";
import type { Plan } from "../../../../../engine/plan/plan.ts";
import type { PlanSummary, RunView, WorkspaceView } from "../../api/client.ts";
import { ButtonLink } from "../../kit/button.tsx";
import { Time, useNow } from "../../kit/time.tsx";
import { runPath, workspacePath } from "../../router.ts";
import { PageHead } from "../../shell/page-head.tsx";
import { relativeText } from "../../time-words.ts";
import { systemTitle } from "../../words.ts";
import { changesOf } from "./count-changes.ts";
import { originText, type PlanTold, planTitle, standText, writtenTo } from "./headline.ts";

/** What the plan amounts to, in words. */
export function PlanHeading({
  run,
  summary,
  workspace,
}: {
  readonly run: RunView;
  readonly summary: PlanSummary;
  readonly workspace: WorkspaceView | undefined;
}) {
  const now = useNow();
  const { request } = run;
  const { plan, decidedAt } = summary;
  const told: PlanTold = {
    status: summary.status,
    requestStatus: request.status,
    purpose: plan.header.purpose,
    changes: changesOf(summary),
    held: summary.counts.held,
    systems: writtenTo(plan.rules).map((name) => systemTitle(name, workspace?.connections ?? [])),
    commit: request.commit,
    environment: plan.header.environment,
    decidedBy: summary.decidedBy,
    decidedAt: decidedAt === undefined ? undefined : relativeText(decidedAt, now),
    approved: summary.approved?.length,
  };
  const selection = selectionText(plan as unknown as Plan);
  return (
    <PageHead
      title={planTitle(told)}
      actions={
        <ButtonLink href={runPath(request.id)} icon="list" about="of this plan">
          Open the run
        </ButtonLink>
      }
      above={
        <>
          <a href={workspacePath(request.workspace, "overview")}>{request.mapping}</a>
          {" / "}
          {"plan "}
          <code>{plan.id.slice(0, 12)}</code>
        </>
      }
    >
      <p>
        <strong>{standText(told)}</strong> Made <Time at={plan.header.createdAt} />
        {originText(told)}.
      </p>
      {selection !== undefined && <p>{selection}</p>}
      {/* While it waits, the guards say the same and more. */}
      {request.note !== undefined && request.status !== "waiting" && (
        <p class="soft">{request.note}</p>
      )}
    </PageHead>
  );
}

/** "Applying takes about 12 API calls." */
export function callsText(summary: PlanSummary): string | undefined {
  return estimateText(summary.plan as unknown as Plan);
}
