import { useState } from "preact/hooks";
import { api, type HistoryEntry } from "../../api/client.ts";
import { useRead } from "../../api/use-read.ts";
import { Button } from "../../kit/button.tsx";
import { Diff } from "../../kit/diff.tsx";
import { Pill } from "../../kit/pill.tsx";
import { Reading } from "../../kit/states.tsx";
import { Time } from "../../kit/time.tsx";
import { WithCode } from "../../kit/with-code.tsx";
import { entryWords } from "../../words.ts";

/** What runs did to the record, newest first. */
export function History({
  workspace,
  address,
}: {
  readonly workspace: string;
  readonly address: string;
}) {
  const read = useRead(
    `history ${workspace} ${address}`,
    () => api.history(workspace, address),
    (happened) => happened.workspace === workspace,
  );
  return (
    <section class="card stack-close" aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      <Reading of={read} what="Reading the history">
        {({ history }) =>
          history.length === 0 ? (
            <p class="soft">No run has written, held or passed over this record yet.</p>
          ) : (
            <Entries history={history} />
          )
        }
      </Reading>
    </section>
  );
}

/** So many are shown at first. */
const entriesShown = 8;

function Entries({ history }: { readonly history: readonly HistoryEntry[] }) {
  const [showsAll, setShowsAll] = useState(false);
  return (
    <>
      <ol class="history">
        {history.slice(0, showsAll ? undefined : entriesShown).map((entry) => (
          <Entry key={`${entry.runId} ${entry.sequence}`} entry={entry} />
        ))}
      </ol>
      {!showsAll && history.length > entriesShown && (
        <p>
          <Button icon="down" isSmall onPress={() => setShowsAll(true)}>
            Show {history.length - entriesShown} older
          </Button>
        </p>
      )}
    </>
  );
}

function Entry({ entry }: { readonly entry: HistoryEntry }) {
  return (
    <li class="stack-close">
      <p class="cluster">
        <Pill {...entryWords(entry)} />
        <Time at={entry.at} />
        <span class="small soft">
          {entry.mapping} / {entry.rule}, run <code>{entry.runId}</code>
        </span>
      </p>
      {entry.reason !== "" && (
        <p class="soft">
          <WithCode text={entry.reason} />
        </p>
      )}
      {entry.fields.length > 0 && <Diff fields={entry.fields} />}
    </li>
  );
}
