import { useState } from "preact/hooks";
import { api } from "../../api/client.ts";
import { say } from "../../kit/toast.tsx";
import { useWorkspace } from "../../shell/workspaces.tsx";
import { titleOf } from "../../words.ts";

/** Asks for a run. True when it was taken. */
export function useStart(workspace: string, mapping: string) {
  const { reload } = useWorkspace();
  const [isStarting, setStarting] = useState(false);
  const start = async (purpose: "sync" | "link"): Promise<boolean> => {
    setStarting(true);
    const reply = await api.startRun({ workspace, mapping }, { purpose, allow: [] });
    setStarting(false);
    if (!reply.ok) {
      say(reply.problem.message, "bad");
      return false;
    }
    const what = purpose === "link" ? "The linking run" : "The sync";
    say(`${what} of ${titleOf(mapping)} has been asked for. You can leave this page.`, "good");
    reload();
    return true;
  };
  return { isStarting, start };
}
