import type { OpenResult } from "./open-result.ts";
import { type OpenStateOptions, openState } from "./open-state.ts";
import { requireWorkspaceName } from "./state.ts";

export interface OpenOptions extends OpenStateOptions {
  /** That of the project; absent where it names none. */
  readonly workspace?: string;
}

/** Opens the state for one project. Closing the store closes the state. */
export async function openStore(options: OpenOptions): Promise<OpenResult> {
  const { workspace = "", ...where } = options;
  requireWorkspaceName(workspace);
  const opened = await openState(where);
  if (!opened.ok) return opened;
  const { state } = opened;
  return { ok: true, store: { ...state.workspace(workspace), close: state.close } };
}
