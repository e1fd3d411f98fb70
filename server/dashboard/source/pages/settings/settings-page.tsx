import { Empty, Reading } from "../../kit/states.tsx";
import { PageHead } from "../../shell/page-head.tsx";
import { useWorkspace } from "../../shell/workspaces.tsx";
import type { PageProps } from "../page.ts";
import { ConfigurationCard } from "./configuration-card.tsx";
import { MappingSettings } from "./mapping-settings.tsx";
import "../../kit/facts.css";
import "./settings.css";

/** What a person can set without a commit, and which files count. */
export function Page({ route }: PageProps<"settings">) {
  const read = useWorkspace();
  return (
    <>
      <PageHead title="Settings">
        <p>
          Mappings are kept in git. What is set here counts from the next run on, whatever git says,
          until it is taken back.
        </p>
      </PageHead>
      <Reading of={read} what="Reading the settings">
        {(workspace) => (
          <div class="stack">
            {workspace.mappings.length === 0 && (
              <Empty title="There is no mapping yet">
                As soon as the files of this workspace are right, their settings appear here.
              </Empty>
            )}
            {workspace.mappings.map((mapping) => (
              <MappingSettings
                key={mapping.name}
                workspace={route.workspace}
                mapping={mapping}
                onChanged={(changed) =>
                  read.put({
                    ...workspace,
                    mappings: workspace.mappings.map((each) =>
                      each.name === changed.name ? changed : each,
                    ),
                  })
                }
              />
            ))}
            <ConfigurationCard configuration={workspace.configuration} />
          </div>
        )}
      </Reading>
    </>
  );
}
