import { useState } from "preact/hooks";
import { api, logPath, type RunRequest, type RunView } from "../../api/client.ts";
import { Button, ButtonLink } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { say } from "../../kit/toast.tsx";
import { planPath } from "../../router.ts";
import { useMay } from "../../shell/session.tsx";

const open: readonly RunRequest["status"][] = ["queued", "planning", "waiting", "applying"];

/** Whether anybody still works on it or waits for it. */
export function isOpen({ status }: RunRequest): boolean {
  return open.includes(status);
}

/** What can be done with a run. */
export function RunActions({
  view,
  onChanged,
}: {
  readonly view: RunView;
  readonly onChanged: () => void;
}) {
  const { request, plan } = view;
  const [isAsking, setAsking] = useState(false);
  const mayNot = useMay("operator");
  const stopping =
    request.stopAskedBy === undefined
      ? undefined
      : `${request.stopAskedBy} has asked for it to end already.`;
  return (
    <>
      {plan !== undefined && (
        <ButtonLink
          href={planPath(request.id)}
          look={request.status === "waiting" ? "primary" : "plain"}
        >
          {request.status === "waiting" ? "Look at the plan" : "The plan"}
        </ButtonLink>
      )}
      {isOpen(request) && (
        <Button look="danger" disabledReason={mayNot ?? stopping} onPress={() => setAsking(true)}>
          Cancel this run
        </Button>
      )}
      {isAsking && (
        <CancelDialog request={request} onClose={() => setAsking(false)} onChanged={onChanged} />
      )}
    </>
  );
}

function CancelDialog({
  request,
  onClose,
  onChanged,
}: {
  readonly request: RunRequest;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}) {
  const [isBusy, setBusy] = useState(false);
  const cancel = async () => {
    setBusy(true);
    const reply = await api.cancelRun(request.id);
    setBusy(false);
    onClose();
    if (!reply.ok) return say(reply.problem.message, "bad");
    say(
      reply.value.status === "cancelled"
        ? "The run is cancelled."
        : "The run ends as soon as the record that is being written is done.",
      "good",
    );
    onChanged();
  };
  return (
    <Dialog
      title="Cancel this run?"
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Let it go on</Button>
          <Button look="danger" isBusy={isBusy} onPress={() => void cancel()}>
            Cancel the run
          </Button>
        </>
      }
    >
      <p>
        {request.status === "applying"
          ? "It ends between two records. What was written stays written and is recorded; the next run does the rest."
          : "Nothing was written yet, and nothing will be. The next run makes a new plan."}
      </p>
    </Dialog>
  );
}

const logFormats = [
  { format: "txt", title: "Download txt" },
  { format: "csv", title: "CSV" },
  { format: "ndjson", title: "NDJSON" },
] as const;

/** The log as a file. */
export function LogDownloads({ request }: { readonly request: RunRequest }) {
  if (request.runIds.length === 0 && isOpen(request)) return null;
  return (
    <ul class="cluster no-print" aria-label="The log as a file">
      {logFormats.map(({ format, title }) => (
        <li key={format}>
          <ButtonLink href={logPath(request.id, format)} download icon="download" isSmall>
            {title}
          </ButtonLink>
        </li>
      ))}
    </ul>
  );
}
