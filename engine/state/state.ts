import type { QueueDatabase } from "./queue-database.ts";
import type { ServiceStore } from "./service-store.ts";
import type { StateCopy } from "./state-copy.ts";
import type { StateStore } from "./store.ts";

/** An open home of the state: one folder, one server, or memory. Holds what any number of workspaces remember. */
export interface State {
  /**
   * What one workspace remembers. Names of mappings, runs and changes are the workspace's own: the same name in another
   * one means something else. The workspace of a project that names none is the empty text. Closing such a store closes
   * nothing, because others go on; closing the state does.
   */
  workspace(name: string): StateStore;
  readonly service: ServiceStore;
  /** Null in memory, where there is no database. */
  queueDatabase(): QueueDatabase | null;
  /** Null in memory, which has no rows and outlives nothing. */
  copy(): StateCopy | null;
  close(): Promise<void>;
}

/** As other names, and short enough for a part of a path or an address. */
export const workspacePattern = /^[A-Za-z0-9_-]{1,64}$/;

/** Names are checked where they are read; one that nobody has checked would be a mistake of ours. */
export function requireWorkspaceName(name: string): string {
  if (name !== "" && !workspacePattern.test(name)) {
    throw new Error(
      `${JSON.stringify(name)} is not the name of a workspace: up to 64 letters, digits, _ and -.`,
    );
  }
  return name;
}
