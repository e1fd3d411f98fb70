import { useEffect } from "preact/hooks";
import { figure } from "../../../../../cli/render/words.ts";
import { api, type WorkspaceView } from "../../api/client.ts";
import { useRead } from "../../api/use-read.ts";
import { Pill } from "../../kit/pill.tsx";
import { Search } from "../../kit/search.tsx";
import { Empty, Reading } from "../../kit/states.tsx";
import { type Column, Table } from "../../kit/table.tsx";
import { Time } from "../../kit/time.tsx";
import { navigate, setQuery, workspacePath } from "../../router.ts";
import { PageHead } from "../../shell/page-head.tsx";
import { workspaceTitle } from "../../words.ts";
import type { PageProps } from "../page.ts";
import { lastRunOf, stateOf } from "./workspace-state.ts";

/** All companies of the installation, and how each stands. With one there is nothing to choose. */
export function Page({ route }: PageProps<"workspaces">) {
  const read = useRead("all workspaces", api.workspaces, () => true);
  const list = read.state === "ready" ? read.value.workspaces : undefined;
  const only = list?.length === 1 ? list[0] : undefined;
  useEffect(() => {
    if (only !== undefined) navigate(workspacePath(only.name, "overview"), "replace");
  }, [only]);
  const search = route.query.get("search") ?? "";
  return (
    <>
      <PageHead title="Workspaces">
        <p>Each company has its own configuration, connections and runs.</p>
      </PageHead>
      <Reading of={read} what="Reading the workspaces">
        {({ workspaces }) =>
          workspaces.length === 0 ? (
            <Empty title="There is no workspace that you may see">
              <p>Ask whoever runs the service for a token that is good for your company.</p>
            </Empty>
          ) : (
            <div class="stack">
              <Search
                label="Search the workspaces"
                value={search}
                onSearch={(text) => setQuery({ search: text })}
              />
              <List workspaces={found(workspaces, search)} />
            </div>
          )
        }
      </Reading>
    </>
  );
}

function found(workspaces: readonly WorkspaceView[], search: string): readonly WorkspaceView[] {
  const wanted = search.trim().toLowerCase();
  return workspaces.filter(({ name, title }) => `${name} ${title}`.toLowerCase().includes(wanted));
}

function List({ workspaces }: { readonly workspaces: readonly WorkspaceView[] }) {
  if (workspaces.length === 0) return <Empty title="No workspace has this in its name" />;
  return (
    <div class="table-frame">
      <Table caption="Workspaces" columns={columns} rows={workspaces} rowKey={({ name }) => name} />
    </div>
  );
}

const sumOf = (
  workspace: WorkspaceView,
  number: (mapping: WorkspaceView["mappings"][number]) => number,
) => workspace.mappings.reduce((sum, mapping) => sum + number(mapping), 0);

const columns: readonly Column<WorkspaceView>[] = [
  {
    key: "name",
    title: "Workspace",
    isName: true,
    cell: ({ name, title }) => (
      <a href={workspacePath(name, "overview")}>{workspaceTitle(name, title)}</a>
    ),
  },
  { key: "state", title: "State", cell: (workspace) => <Pill {...stateOf(workspace)} /> },
  {
    key: "last",
    title: "Last run",
    width: "9.5rem",
    cell: (workspace) => {
      const last = lastRunOf(workspace);
      return last === undefined ? <span class="faint">never</span> : <Time at={last} />;
    },
  },
  {
    key: "held",
    title: "Held",
    align: "end",
    width: "6rem",
    cell: (workspace) => figure(sumOf(workspace, ({ held }) => held)),
  },
  {
    key: "mappings",
    title: "Mappings",
    align: "end",
    width: "6.5rem",
    cell: ({ mappings }) => figure(mappings.length),
  },
];
