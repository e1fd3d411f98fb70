import { api, type RunRequest, type RunView } from "../../api/client.ts";
import { useRead } from "../../api/use-read.ts";
import { Pill } from "../../kit/pill.tsx";
import { Progress } from "../../kit/progress.tsx";
import { Reading } from "../../kit/states.tsx";
import { workspacePath } from "../../router.ts";
import { PageHead } from "../../shell/page-head.tsx";
import { useShowWorkspace } from "../../shell/workspaces.tsx";
import { minuteText } from "../../time-words.ts";
import { progressText, requestMeaning, requestWords, titleOf } from "../../words.ts";
import type { PageProps } from "../page.ts";
import { type EntryGroup, entryGroupOf } from "./entry-groups.ts";
import { LogDownloads, RunActions } from "./run-actions.tsx";
import { RunEntries } from "./run-entries.tsx";
import { EngineRuns, RunFacts, RunFigures } from "./run-facts.tsx";
import { RunNotices } from "./run-notices.tsx";
import "./run.css";

/** One run: how it goes or went, and what became of every record. It can be left and come back to. */
export function Page({ route }: PageProps<"run">) {
  const { id, query } = route;
  const run = useRead(
    `run ${id}`,
    () => api.run(id),
    (happened) => happened.requestId === id,
  );
  const request = run.state === "ready" ? run.value.request : undefined;
  useShowWorkspace(request?.workspace);
  return (
    <>
      <PageHead
        title={request === undefined ? "Run" : titleFor(request)}
        above={request !== undefined && <Where request={request} />}
        actions={run.state === "ready" && <RunActions view={run.value} onChanged={run.reload} />}
      >
        {request !== undefined && <Pill {...requestWords[request.status]} />}
      </PageHead>
      <Reading of={run} what="Reading the run">
        {(view) => (
          <Run
            view={view}
            group={entryGroupOf(query.get("show"))}
            search={query.get("search") ?? ""}
          />
        )}
      </Reading>
    </>
  );
}

function titleFor({ purpose, mapping, requestedAt }: RunRequest): string {
  const what = purpose === "link" ? "Linking run" : "Sync";
  return `${what} of ${titleOf(mapping)}, ${minuteText(requestedAt)}`;
}

function Where({ request: { workspace, mapping } }: { readonly request: RunRequest }) {
  return (
    <>
      <a href={workspacePath(workspace, "runs")}>Runs</a> /{" "}
      <a href={workspacePath(workspace, "runs", { mapping })}>{titleOf(mapping)}</a>
    </>
  );
}

function Run({
  view,
  group,
  search,
}: {
  readonly view: RunView;
  readonly group: EntryGroup;
  readonly search: string;
}) {
  const { request, runs } = view;
  return (
    <div class="stack">
      <UnderWay request={request} />
      <RunNotices view={view} />
      <RunFacts request={request} />
      <RunFigures request={request} />
      <EngineRuns runs={runs} />
      <LogDownloads request={request} />
      <RunEntries view={view} group={group} search={search} />
    </div>
  );
}

function UnderWay({ request }: { readonly request: RunRequest }) {
  const { status, progress, stopAskedBy } = request;
  if (status !== "queued" && status !== "planning" && status !== "applying") return null;
  return (
    <section class="card under-way" aria-label="Progress">
      <Progress
        label={progress === undefined ? requestMeaning[status] : progressText(progress)}
        done={progress?.done ?? 0}
        of={progress?.of}
      />
      <p class="small soft">
        {stopAskedBy === undefined
          ? "It goes on when you leave this page, and you can come back to it."
          : `${stopAskedBy} has asked for it to end. It ends between two records.`}
      </p>
    </section>
  );
}
