import type { Change } from "../../../../../engine/plan/plan.ts";
import type { PlanSummary, RunRequest } from "../../api/client.ts";
import { ApprovalDialog, RejectDialog } from "./approval-dialog.tsx";
import { changesOf } from "./count-changes.ts";
import type { GuardShown } from "./guard-view.ts";
import { callsText } from "./plan-heading.tsx";
import type { Approval } from "./use-approval.ts";

export type Asked = "all" | "ticked" | "reject";

/** The question that stands between a button and what it does. */
export function DecisionDialogs(props: {
  readonly asked: Asked;
  readonly request: RunRequest;
  readonly summary: PlanSummary;
  /** As many as have been read. */
  readonly changes: readonly Change[];
  readonly ticked: ReadonlySet<string>;
  /** Those that this person lets through. */
  readonly guards: readonly GuardShown[];
  readonly approval: Approval;
  readonly onClose: () => void;
}) {
  const { asked, request, summary, changes, ticked, guards, approval, onClose } = props;
  if (asked === "reject") {
    const reject = () => {
      approval.reject();
      onClose();
    };
    return <RejectDialog mapping={request.mapping} onClose={onClose} onReject={reject} />;
  }
  const total = changesOf(summary);
  const chosen = asked === "all" ? changes : changes.filter(({ id }) => ticked.has(id));
  const approve = () => {
    const allow = guards.flatMap(({ allow: value }) => (value === undefined ? [] : [value]));
    approval.approve(asked === "all" ? undefined : chosen.map(({ id }) => id), allow);
    onClose();
  };
  return (
    <ApprovalDialog
      total={total}
      chosen={asked === "all" ? total : chosen.length}
      changes={asked === "all" && changes.length < total ? undefined : chosen}
      guards={guards}
      calls={callsText(summary)}
      onApprove={approve}
      onClose={onClose}
    />
  );
}
