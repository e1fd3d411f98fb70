import { useState } from "preact/hooks";
import { api, type MappingView } from "../../api/client.ts";
import { Switch } from "../../kit/switch.tsx";
import { say } from "../../kit/toast.tsx";
import { useMay } from "../../shell/session.tsx";
import { useWorkspace } from "../../shell/workspaces.tsx";
import { titleOf } from "../../words.ts";

/** Whether the schedule of the mapping starts runs. */
export function AutosyncSwitch({
  workspace,
  mapping,
}: {
  readonly workspace: string;
  readonly mapping: MappingView;
}) {
  const mayNot = useMay("operator");
  const { reload } = useWorkspace();
  const [wanted, setWanted] = useState<boolean>();
  const { name, autosync, schedule } = mapping;
  const reason = schedule === undefined ? "Its file says that no schedule starts it." : mayNot;
  const change = async (isOn: boolean) => {
    setWanted(isOn);
    const reply = await api.setAutosync({ workspace, mapping: name }, isOn);
    setWanted(undefined);
    if (reply.ok) {
      say(`Autosync of ${titleOf(name)} is ${isOn ? "on" : "off"}.`, "good");
      reload();
    } else say(reply.problem.message, "bad");
  };
  return (
    <Switch
      label="Autosync"
      about={`of ${titleOf(name)}`}
      isOn={wanted ?? (schedule !== undefined && autosync.isOn)}
      isBusy={wanted !== undefined}
      disabledReason={reason}
      onChange={(isOn) => void change(isOn)}
    />
  );
}
