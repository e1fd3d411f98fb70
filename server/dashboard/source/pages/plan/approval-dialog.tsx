import type { Change } from "../../../../../engine/plan/plan.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { approvalParts, approvalTitle, type Choice, restText } from "./approval-view.ts";
import type { GuardShown } from "./guard-view.ts";

export interface ApprovalDialogProps extends Choice {
  /** Those that were chosen; undefined where not all of them have been read. */
  readonly changes: readonly Change[] | undefined;
  /** Guards that the approval lets through. */
  readonly guards: readonly GuardShown[];
  /** What applying the whole plan costs, in a sentence. */
  readonly calls: string | undefined;
  readonly onApprove: () => void;
  readonly onClose: () => void;
}

/** What will be written where, once more, before it is. */
export function ApprovalDialog(props: ApprovalDialogProps) {
  const { changes, guards, calls, onApprove, onClose } = props;
  const rest = restText(props);
  const actions = (
    <>
      <Button onPress={onClose}>Not now</Button>
      <Button look="primary" icon="check" onPress={onApprove}>
        Approve and write
      </Button>
    </>
  );
  return (
    <Dialog title={approvalTitle(props)} onClose={onClose} actions={actions}>
      <div class="stack">
        {changes && <Parts changes={changes} />}
        {rest !== undefined && <p>{rest}</p>}
        {guards.length > 0 && (
          <div>
            <p>You let through:</p>
            <ul class="bullets">
              {guards.map((guard) => (
                <li key={guard.key}>{guard.message}</li>
              ))}
            </ul>
          </div>
        )}
        <p class="small soft">
          {calls !== undefined && props.chosen === props.total && `${calls} `}
          Each record is looked at once more just before it is written. What somebody has changed
          since is left alone, and told in the log of the run.
        </p>
      </div>
    </Dialog>
  );
}

function Parts({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <ul class="approval-parts">
      {approvalParts(changes).map(({ where, what, isGrave }) => (
        <li key={where} class={isGrave ? "is-grave" : undefined}>
          <code>{where}</code>
          <span>{what}</span>
        </li>
      ))}
    </ul>
  );
}

/** Rejecting loses nothing, but somebody may have waited for the plan. */
export function RejectDialog({
  mapping,
  onReject,
  onClose,
}: {
  readonly mapping: string;
  readonly onReject: () => void;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      title="Reject this plan?"
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Not now</Button>
          <Button look="danger" icon="cross" onPress={onReject}>
            Reject the plan
          </Button>
        </>
      }
    >
      <p>
        Nothing is written. The next run of {mapping} makes a new plan, with the same changes in it
        unless something changes in the systems or in the mapping.
      </p>
    </Dialog>
  );
}
