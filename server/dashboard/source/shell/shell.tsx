import type { ComponentChildren } from "preact";
import { figure } from "../../../../cli/render/words.ts";
import { api, type WorkspaceView } from "../api/client.ts";
import { Icon, type IconName } from "../kit/icon.tsx";
import { say } from "../kit/toast.tsx";
import { type Route, type WorkspacePage, workspacePath } from "../router.ts";
import { roleWords, workspaceTitle } from "../words.ts";
import { Notices } from "./notices.tsx";
import { mayNot, useSession } from "./session.tsx";
import { ThemeSwitch } from "./theme.tsx";
import "./shell.css";

interface ShellProps {
  readonly route: Route;
  /** Name of the workspace that the page belongs to. */
  readonly name: string | undefined;
  readonly workspace: WorkspaceView | undefined;
  /** There are others. */
  readonly hasSeveral: boolean;
  readonly children: ComponentChildren;
}

/** What stands around every page. */
export function Shell({ route, name, workspace, hasSeveral, children }: ShellProps) {
  return (
    <div class="shell">
      <a class="skip no-print" href="#main">
        Skip to the page
      </a>
      <header class="shell-side no-print">
        <a class="shell-brand" href="/">
          <img src="/mark.svg" alt="" width="26" height="26" />
          <span>syncctl</span>
        </a>
        {name !== undefined && (
          <p class="shell-workspace">
            <span>{workspaceTitle(name, workspace?.title)}</span>
            {hasSeveral && <a href="/?all=1">All workspaces</a>}
          </p>
        )}
        <Navigation route={route} name={name} workspace={workspace} />
        <Account />
      </header>
      <div class="shell-page">
        <Notices workspace={workspace} />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}

const pages: readonly {
  readonly page: WorkspacePage;
  readonly title: string;
  readonly icon: IconName;
}[] = [
  { page: "overview", title: "Overview", icon: "grid" },
  { page: "runs", title: "Runs", icon: "list" },
  { page: "held", title: "Held records", icon: "hand" },
  { page: "record", title: "Find a record", icon: "search" },
  { page: "settings", title: "Settings", icon: "sliders" },
  { page: "connections", title: "Connections", icon: "plug" },
];

function Navigation({ route, name, workspace }: Pick<ShellProps, "route" | "name" | "workspace">) {
  const { actor } = useSession();
  const held = workspace?.mappings.reduce((sum, mapping) => sum + mapping.held, 0) ?? 0;
  const current = route.page === "run" || route.page === "plan" ? "runs" : route.page;
  return (
    <nav class="shell-nav" aria-label="Pages">
      <ul>
        {name !== undefined &&
          pages.map(({ page, title, icon }) => (
            <li key={page}>
              <a
                href={workspacePath(name, page)}
                aria-current={page === current ? "page" : undefined}
              >
                <Icon name={icon} />
                <span>{title}</span>
                {page === "held" && held > 0 && <span class="shell-count">{figure(held)}</span>}
              </a>
            </li>
          ))}
        {mayNot(actor.role, "admin") === undefined && (
          <li class={name === undefined ? undefined : "shell-apart"}>
            <a href="/tokens" aria-current={current === "tokens" ? "page" : undefined}>
              <Icon name="key" />
              <span>Tokens</span>
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}

function Account() {
  const { actor, how } = useSession();
  const leave = async () => {
    const reply = await api.signOut();
    if (reply.ok) location.assign("/sign-in");
    else say(reply.problem.message, "bad");
  };
  return (
    <div class="shell-account">
      <p class="shell-person">
        <Icon name="person" />
        <span>
          <span class="shell-name">{actor.name}</span>
          <span class="faint small">{roleWords[actor.role]}</span>
        </span>
      </p>
      <div class="cluster">
        <ThemeSwitch />
        {how === "session" && (
          <button type="button" class="link-button" onClick={() => void leave()}>
            Sign out
          </button>
        )}
        <a class="small" href="/api/docs">
          API
        </a>
      </div>
    </div>
  );
}
