import { count, figure } from "../../../../../cli/render/words.ts";
import { Button } from "../../kit/button.tsx";

export interface ApprovalBarProps {
  readonly total: number;
  readonly ticked: number;
  /** Why this person can decide nothing. */
  readonly barred: string | undefined;
  /** Why the plan cannot be approved, although it could be rejected. */
  readonly guarded: string | undefined;
  /** What the last tick has brought along. */
  readonly along: string;
  readonly isBusy: boolean;
  readonly onApprove: (what: "all" | "ticked") => void;
  readonly onReject: () => void;
}

/** Stays at the lower end of the window, so that the way out of a long plan is always there. */
export function ApprovalBar(props: ApprovalBarProps) {
  const { total, ticked, barred, guarded, along, isBusy, onApprove, onReject } = props;
  const why = barred ?? guarded;
  const part =
    ticked === 0
      ? "Tick changes to approve only a part."
      : `${figure(ticked)} of ${count(total, "change")} ticked.`;
  return (
    <section class="approval-bar no-print" aria-label="Decide about this plan">
      <p class="small" aria-live="polite">
        {why !== undefined && `${why} `}
        {(why === undefined || ticked > 0) && part} {along}
      </p>
      <div class="cluster">
        <Button look="quiet" disabledReason={barred} isBusy={isBusy} onPress={onReject}>
          Reject
        </Button>
        {ticked > 0 && ticked < total && (
          <Button disabledReason={why} isBusy={isBusy} onPress={() => onApprove("ticked")}>
            Approve {figure(ticked)} ticked
          </Button>
        )}
        <Button
          look="primary"
          icon="check"
          disabledReason={why}
          isBusy={isBusy}
          onPress={() => onApprove("all")}
        >
          {total === 1 ? "Approve" : `Approve all ${figure(total)}`}
        </Button>
      </div>
    </section>
  );
}
