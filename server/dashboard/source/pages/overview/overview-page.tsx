import { count } from "../../../../../cli/render/words.ts";
import type { WorkspaceView } from "../../api/client.ts";
import { Icon } from "../../kit/icon.tsx";
import { Empty, Reading } from "../../kit/states.tsx";
import { Time } from "../../kit/time.tsx";
import { PageHead } from "../../shell/page-head.tsx";
import { useWorkspace } from "../../shell/workspaces.tsx";
import { workspaceTitle } from "../../words.ts";
import type { PageProps } from "../page.ts";
import { attentionOf } from "./attention.ts";
import { MappingCard } from "./mapping-card.tsx";
import "./overview.css";

/** Everything that a company syncs, and what waits for somebody. */
export function Page({ route }: PageProps<"overview">) {
  const workspace = useWorkspace();
  const title = workspaceTitle(
    route.workspace,
    workspace.state === "ready" ? workspace.value.title : undefined,
  );
  return (
    <>
      <PageHead title={title}>
        {workspace.state === "ready" && <Configuration {...workspace.value} />}
      </PageHead>
      <Reading of={workspace} what="Reading the overview">
        {(view) => (
          <div class="stack">
            <AttentionList workspace={view} />
            <section class="mappings" aria-label="Mappings">
              {view.mappings.map((mapping) => (
                <MappingCard key={mapping.name} workspace={view} mapping={mapping} />
              ))}
            </section>
            {view.mappings.length === 0 && <NoMappings workspace={view} />}
          </div>
        )}
      </Reading>
    </>
  );
}

/** Characters of a commit that people compare. */
const commitCharacters = 10;

function Configuration({ configuration, mappings }: WorkspaceView) {
  const { commit, loadedAt, digest } = configuration;
  if (digest === undefined) return null;
  return (
    <p class="small">
      {count(mappings.length, "mapping")} · configuration
      {commit !== undefined && (
        <>
          {" "}
          <code>{commit.slice(0, commitCharacters)}</code>
          {commit.endsWith("-dirty") && " with changes that are not committed"}
        </>
      )}{" "}
      loaded <Time at={loadedAt} />
    </p>
  );
}

function AttentionList({ workspace }: { readonly workspace: WorkspaceView }) {
  const list = attentionOf(workspace);
  if (workspace.mappings.length === 0) return null;
  // What is wrong with the configuration stands above already.
  if (list.length === 0 && workspace.configuration.broken.length > 0) return null;
  if (list.length === 0) {
    return (
      <p class="in-order">
        <Icon name="check" />
        Nothing waits for you.
      </p>
    );
  }
  return (
    <section class="attention" aria-labelledby="attention">
      <h2 id="attention">Waiting for you</h2>
      <ul>
        {list.map(({ key, tone, text, action, href }) => (
          <li key={key} class={`tone-${tone}`}>
            <Icon name={tone === "bad" ? "alert" : "hand"} />
            <span>{text}</span>
            <a href={href}>{action}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NoMappings({ workspace }: { readonly workspace: WorkspaceView }) {
  if (workspace.configuration.broken.length > 0) {
    return (
      <Empty title="No configuration has been right yet">
        <p>The mappings appear here as soon as the errors above are corrected.</p>
      </Empty>
    );
  }
  return (
    <Empty title="There are no mappings yet">
      <p>
        Put mapping files into the folder of this workspace, and they appear here.{" "}
        <code>syncctl init</code> writes the first ones.
      </p>
    </Empty>
  );
}
