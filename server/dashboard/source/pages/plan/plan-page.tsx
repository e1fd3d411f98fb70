import { api, type PlanSummary, type RunView } from "../../api/client.ts";
import { useRead } from "../../api/use-read.ts";
import { Reading } from "../../kit/states.tsx";
import { useShowWorkspace } from "../../shell/workspaces.tsx";
import type { PageProps } from "../page.ts";
import "../../kit/facts.css";
import "./plan.css";
import { PlanView } from "./plan-view.tsx";

/** The plan of a run: what would be written and why, and a person's yes or no. */
export function Page({ route: { id } }: PageProps<"plan">) {
  const read = useRead<readonly [RunView, PlanSummary]>(
    `plan ${id}`,
    async () => {
      const [run, summary] = await Promise.all([api.run(id), api.planSummary(id)]);
      if (!run.ok) return run;
      if (!summary.ok) return summary;
      return { ok: true, value: [run.value, summary.value] };
    },
    (happened) => happened.requestId === id,
  );
  useShowWorkspace(read.state === "ready" ? read.value[0].request.workspace : undefined);
  return (
    <Reading of={read} what="Reading the plan">
      {([run, summary]) => <PlanView run={run} summary={summary} onMoved={read.reload} />}
    </Reading>
  );
}
