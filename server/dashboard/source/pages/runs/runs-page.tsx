import type { WorkspaceView } from "../../api/client.ts";
import { Select } from "../../kit/field.tsx";
import { Notice } from "../../kit/notice.tsx";
import { Pagination } from "../../kit/pagination.tsx";
import { Empty, Failed, Loading } from "../../kit/states.tsx";
import { setQuery, workspacePath } from "../../router.ts";
import { PageHead } from "../../shell/page-head.tsx";
import { useWorkspace } from "../../shell/workspaces.tsx";
import { isUserSync, titleOf } from "../../words.ts";
import type { PageProps } from "../page.ts";
import { type RunGroup, runGroupOf, runGroupOptions } from "./run-filter.ts";
import { RunTable } from "./run-table.tsx";
import { useRuns } from "./use-runs.ts";
import "./runs.css";

/** Every run, whoever or whatever started it. */
export function Page({ route }: PageProps<"runs">) {
  const workspace = useWorkspace();
  const mappings = workspace.state === "ready" ? workspace.value.mappings : [];
  const mapping = route.query.get("mapping") ?? "";
  const group = runGroupOf(route.query.get("status"));
  return (
    <>
      <PageHead title={titleFor(mapping, mappings)}>
        <p>
          Every run that a person, Autosync or a program has started, the newest first. The log of
          each says what became of every record.
        </p>
      </PageHead>
      <Filters mappings={mappings} mapping={mapping} group={group} />
      <List workspace={route.workspace} mapping={mapping} group={group} />
    </>
  );
}

/** The people who look after workers know the list by this name. */
function titleFor(mapping: string, mappings: WorkspaceView["mappings"]): string {
  if (mapping === "") return "Runs";
  const found = mappings.find(({ name }) => name === mapping);
  return found !== undefined && isUserSync(found)
    ? "User Sync Logs"
    : `Runs of ${titleOf(mapping)}`;
}

function Filters({
  mappings,
  mapping,
  group,
}: {
  readonly mappings: WorkspaceView["mappings"];
  readonly mapping: string;
  readonly group: RunGroup;
}) {
  const names = mappings.map(({ name }) => name);
  // A mapping that is no longer in the files still has runs.
  const all = mapping === "" || names.includes(mapping) ? names : [...names, mapping];
  return (
    <div class="filters no-print">
      <Select
        label="Mapping"
        value={mapping}
        options={[
          { value: "", title: "All mappings" },
          ...all.map((name) => ({ value: name, title: titleOf(name) })),
        ]}
        onChange={(value) => setQuery({ mapping: value })}
      />
      <Select
        label="Result"
        value={group}
        options={runGroupOptions}
        onChange={(value) => setQuery({ status: value === "all" ? "" : value })}
      />
    </div>
  );
}

function List({
  workspace,
  mapping,
  group,
}: {
  readonly workspace: string;
  readonly mapping: string;
  readonly group: RunGroup;
}) {
  const { rows, isWhole, isLoading, problem, more, reload } = useRuns({
    workspace,
    mapping,
    group,
  });
  if (rows.length === 0) {
    if (problem !== undefined) return <Failed problem={problem} onRetry={reload} />;
    if (isLoading) return <Loading what="Reading the runs" />;
    return <NoRuns workspace={workspace} isFiltered={mapping !== "" || group !== "all"} />;
  }
  return (
    <div class="stack-close">
      {problem !== undefined && (
        <Notice tone="warn" title="The list may be out of date">
          <p>{problem.message}</p>
        </Notice>
      )}
      <div class="table-frame">
        <RunTable runs={rows} caption={mapping === "" ? "Runs" : `Runs of ${titleOf(mapping)}`} />
      </div>
      <Pagination
        shown={rows.length}
        what="runs"
        isWhole={isWhole}
        isLoading={isLoading}
        onMore={more}
      />
    </div>
  );
}

function NoRuns({
  workspace,
  isFiltered,
}: {
  readonly workspace: string;
  readonly isFiltered: boolean;
}) {
  if (isFiltered) {
    return (
      <Empty title="No run is like this">
        <p>
          <a href={workspacePath(workspace, "runs")}>Show all runs</a>
        </p>
      </Empty>
    );
  }
  return (
    <Empty title="Nothing was run yet">
      <p>
        The first run of a mapping is started by a person, on the{" "}
        <a href={workspacePath(workspace, "overview")}>overview</a>.
      </p>
    </Empty>
  );
}
