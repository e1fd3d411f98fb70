import type { ConnectionCheck, WorkspaceView } from "../../api/client.ts";
import { Pill, type PillWords } from "../../kit/pill.tsx";
import { WithCode } from "../../kit/with-code.tsx";
import { systemTitle } from "../../words.ts";

type Status = ConnectionCheck["results"][number]["status"];

const statusWords: Readonly<Record<Status, PillWords>> = {
  ok: { word: "Works", tone: "good", icon: "check" },
  failed: { word: "Does not work", tone: "bad", icon: "cross" },
  unknown: { word: "Not known", tone: "quiet", icon: "alert" },
};

/** One account: which system, whose, and what the last check found. */
export function ConnectionCard({
  connection,
  connections,
  check,
}: {
  readonly connection: WorkspaceView["connections"][number];
  readonly connections: WorkspaceView["connections"];
  readonly check: ConnectionCheck | undefined;
}) {
  return (
    <li class="card stack-close">
      <div class="spread">
        <h2>{systemTitle(connection.name, connections)}</h2>
        {check && <Pill {...statusWords[worstOf(check)]} />}
      </div>
      <p class="soft">
        <code>{connection.name}</code>, {check?.account ?? connection.account}
      </p>
      {check && (
        <ul class="check-results">
          {[...check.results].sort(byTrouble).map((result) => (
            <li key={result.what}>
              <Pill {...statusWords[result.status]} />
              <span>
                <strong>{result.what}</strong> <WithCode text={result.message} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

const rank: Readonly<Record<Status, number>> = { failed: 0, unknown: 1, ok: 2 };

/** What has to be done stands first. */
function byTrouble(a: { readonly status: Status }, b: { readonly status: Status }): number {
  return rank[a.status] - rank[b.status];
}

function worstOf({ results }: ConnectionCheck): Status {
  const [worst] = [...results].sort(byTrouble);
  return worst?.status ?? "unknown";
}
