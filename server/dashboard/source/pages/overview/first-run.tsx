import type { MappingView, WorkspaceView } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { titleOf } from "../../words.ts";
import { useStart } from "./use-start.ts";

/** Before the first run: records that exist on both sides are better tied first, so that none is made twice. */
export function FirstRun({
  workspace,
  mapping,
  onClose,
}: {
  readonly workspace: WorkspaceView;
  readonly mapping: MappingView;
  readonly onClose: () => void;
}) {
  const { isStarting, start } = useStart(workspace.name, mapping.name);
  const go = async (purpose: "sync" | "link") => {
    if (await start(purpose)) onClose();
  };
  return (
    <Dialog
      title={`The first run of ${titleOf(mapping.name)}`}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Not now</Button>
          <Button isBusy={isStarting} onPress={() => void go("sync")}>
            Sync at once
          </Button>
          <Button look="primary" isBusy={isStarting} onPress={() => void go("link")}>
            Link first
          </Button>
        </>
      }
    >
      <p>
        A <strong>linking run</strong> finds the records that exist on both sides already and ties
        them. It writes nothing to either system, and shows what differs.
      </p>
      <p>
        A <strong>sync</strong> does the same and then creates and changes records. If there are
        records on both sides, link first and look at what is held.
      </p>
      <p class="soft">From then on Autosync starts it by itself, as long as it is on.</p>
    </Dialog>
  );
}
