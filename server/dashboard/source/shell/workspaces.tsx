import { createContext } from "preact";
import { useContext, useEffect } from "preact/hooks";
import { api, type WorkspaceView } from "../api/client.ts";
import { type Read, useRead } from "../api/use-read.ts";

/** What the shell has read about the workspace of the page. */
export const WorkspaceContext = createContext<Read<WorkspaceView> | undefined>(undefined);

/** The workspace that the page belongs to, kept up to date. */
export function useWorkspace(): Read<WorkspaceView> {
  const read = useContext(WorkspaceContext);
  if (read === undefined) throw new Error("This page belongs to no workspace.");
  return read;
}

/** Undefined on pages that belong to none. */
export function useReadWorkspace(name: string | undefined): Read<WorkspaceView> | undefined {
  const read = useRead(
    name === undefined ? "none" : `workspace ${name}`,
    () => (name === undefined ? Promise.resolve(nobody) : api.workspace(name)),
    (happened) => happened.workspace === name,
  );
  return name === undefined ? undefined : read;
}

const nobody = {
  ok: false,
  problem: {
    kind: "refused",
    status: 404,
    message: "This page belongs to no workspace.",
    errors: [],
  },
} as const;

export const ShowWorkspaceContext = createContext<(name: string) => void>(() => {});

/** Tells the shell whose navigation to show, for pages whose address does not say it. */
export function useShowWorkspace(name: string | undefined): void {
  const show = useContext(ShowWorkspaceContext);
  useEffect(() => {
    if (name !== undefined) show(name);
  }, [name, show]);
}
