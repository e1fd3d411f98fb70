import { useState } from "preact/hooks";
import { count } from "../../../../../cli/render/words.ts";
import { api, type ConnectionCheck, type WorkspaceView } from "../../api/client.ts";
import type { Problem } from "../../api/problem.ts";
import { Button } from "../../kit/button.tsx";
import { Empty, Failed, Reading } from "../../kit/states.tsx";
import { Time } from "../../kit/time.tsx";
import { PageHead } from "../../shell/page-head.tsx";
import { useMay } from "../../shell/session.tsx";
import { useWorkspace } from "../../shell/workspaces.tsx";
import { now } from "../../surroundings.ts";
import type { PageProps } from "../page.ts";
import { ConnectionCard } from "./connection-card.tsx";
import "./connections.css";

interface Checked {
  readonly at: string;
  readonly connections: readonly ConnectionCheck[];
}

/** The accounts that the workspace works with, and whether they answer. */
export function Page({ route }: PageProps<"connections">) {
  const read = useWorkspace();
  const mayNot = useMay("operator");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [checked, setChecked] = useState<Checked>();
  const check = async () => {
    setBusy(true);
    setProblem(undefined);
    const reply = await api.checkConnections(route.workspace);
    setBusy(false);
    if (!reply.ok) return setProblem(reply.problem);
    setChecked({ at: new Date(now()).toISOString(), connections: reply.value.connections });
  };
  return (
    <>
      <PageHead
        title="Connections"
        actions={
          <Button
            look="primary"
            icon="plug"
            disabledReason={mayNot}
            isBusy={isBusy}
            onPress={() => void check()}
          >
            {isBusy ? "Asking the systems" : "Check all"}
          </Button>
        }
      >
        <p>
          A check asks each system with the credentials of its connection, and reads a little of
          each stream. It writes nothing.
        </p>
      </PageHead>
      {problem && <Failed problem={problem} onRetry={() => void check()} />}
      <p class="small soft" role="status">
        {checked && (
          <>
            {verdictOf(checked.connections)} Checked <Time at={checked.at} />.
          </>
        )}
      </p>
      <Reading of={read} what="Reading the connections">
        {(workspace) => <List workspace={workspace} checked={checked} />}
      </Reading>
    </>
  );
}

function List({
  workspace,
  checked,
}: {
  readonly workspace: WorkspaceView;
  readonly checked: Checked | undefined;
}) {
  if (workspace.connections.length === 0) {
    return (
      <Empty title="There is no connection yet">
        They stand in <code>syncctl.yaml</code>, under <code>connections</code>.
      </Empty>
    );
  }
  return (
    <ul class="connections">
      {workspace.connections.map((connection) => (
        <ConnectionCard
          key={connection.name}
          connection={connection}
          connections={workspace.connections}
          check={checked?.connections.find((each) => each.connection === connection.name)}
        />
      ))}
    </ul>
  );
}

function verdictOf(connections: readonly ConnectionCheck[]): string {
  const failed = connections.filter(({ results }) =>
    results.some(({ status }) => status === "failed"),
  ).length;
  return failed === 0
    ? "All connections work."
    : `${count(failed, "connection")} ${failed === 1 ? "needs" : "need"} attention.`;
}
