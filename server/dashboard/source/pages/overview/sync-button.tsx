import type { MappingView, WorkspaceView } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { useMay } from "../../shell/session.tsx";
import { titleOf } from "../../words.ts";
import { useStart } from "./use-start.ts";

/** Starts a run at once. The first run of all is worth a question. */
export function SyncButton({
  workspace,
  mapping,
  onFirst,
}: {
  readonly workspace: WorkspaceView;
  readonly mapping: MappingView;
  readonly onFirst: () => void;
}) {
  const mayNot = useMay("operator");
  const { isStarting, start } = useStart(workspace.name, mapping.name);
  const { current, autosync } = mapping;
  const running = current === undefined ? undefined : "A run is under way already.";
  return (
    <Button
      look="primary"
      icon="turning"
      about={titleOf(mapping.name)}
      isBusy={isStarting}
      disabledReason={mayNot ?? running}
      onPress={() => (autosync.awaitsFirstRun ? onFirst() : void start("sync"))}
    >
      Sync
    </Button>
  );
}
