import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { onSignedOut, setCsrf } from "./api/call.ts";
import { api, type SessionView } from "./api/client.ts";
import { useRead } from "./api/use-read.ts";
import { Failed, Loading } from "./kit/states.tsx";
import { Toasts } from "./kit/toast.tsx";
import { navigate, type Route, useRoute, withQuery } from "./router.ts";
import { wantFocus } from "./shell/page-head.tsx";
import { identityOf, PageView } from "./shell/page-view.tsx";
import { SessionContext } from "./shell/session.tsx";
import { Shell } from "./shell/shell.tsx";
import { ShowWorkspaceContext, useReadWorkspace, WorkspaceContext } from "./shell/workspaces.tsx";

export function App() {
  const route = useRoute();
  useArrival(route);
  return (
    <>
      {route.page === "sign-in" ? (
        <main id="main" class="alone">
          <PageView route={route} />
        </main>
      ) : (
        <SignedIn route={route} />
      )}
      <Toasts />
    </>
  );
}

/** Another page begins at its top, with the focus on its title; another filter of the same page does not. */
function useArrival(route: Route): void {
  const before = useRef<string>(undefined);
  const identity = identityOf(route);
  const isOther = before.current !== undefined && before.current !== identity;
  if (isOther) wantFocus();
  before.current = identity;
  useEffect(() => {
    if (isOther) scrollTo(0, 0);
  }, [identity]);
}

function SignedIn({ route }: { readonly route: Route }) {
  const session = useRead("session", async () => {
    const reply = await api.session();
    // Before anything else is asked: what is written next carries it.
    if (reply.ok) setCsrf(reply.value.csrf);
    return reply;
  });
  useEffect(() => onSignedOut(toSignIn), []);
  if (session.state === "loading") return <Loading />;
  if (session.state === "failed") {
    if (session.problem.kind === "signed-out") return <Loading />;
    return (
      <main id="main" class="alone">
        <h1>syncctl</h1>
        <Failed problem={session.problem} onRetry={session.reload} />
      </main>
    );
  }
  return <WithWorkspace route={route} session={session.value} />;
}

/** Afterwards a person comes back to where they wanted to go. */
function toSignIn(): void {
  if (location.pathname === "/sign-in") return;
  const to = location.pathname + location.search;
  navigate(withQuery("/sign-in", { to: to === "/" ? undefined : to }), "replace");
}

function WithWorkspace({
  route,
  session,
}: {
  readonly route: Route;
  readonly session: SessionView;
}) {
  // Pages of a run know their workspace when the run was read. Until then the one before stays.
  const [told, setTold] = useState<string>();
  const all = useRead("workspaces", api.workspaces);
  const list = all.state === "ready" ? all.value.workspaces : [];
  const only = list.length === 1 ? list[0]?.name : undefined;
  const name = workspaceOf(route, told, only);
  const workspace = useReadWorkspace(name);
  const show = useCallback((next: string) => setTold(next), []);
  return (
    <SessionContext.Provider value={session}>
      <ShowWorkspaceContext.Provider value={show}>
        <WorkspaceContext.Provider value={workspace}>
          <Shell
            route={route}
            name={name}
            workspace={workspace?.state === "ready" ? workspace.value : undefined}
            hasSeveral={list.length > 1}
          >
            <PageView route={route} />
          </Shell>
        </WorkspaceContext.Provider>
      </ShowWorkspaceContext.Provider>
    </SessionContext.Provider>
  );
}

function workspaceOf(
  route: Route,
  told: string | undefined,
  only: string | undefined,
): string | undefined {
  if ("workspace" in route) return route.workspace;
  if (route.page === "run" || route.page === "plan") return told ?? only;
  return only;
}
