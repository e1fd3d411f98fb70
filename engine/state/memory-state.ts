import type { Clock } from "../connector/connector.ts";
import { type MemoryRuns, memoryRuns } from "./memory-runs.ts";
import { memoryServiceStore } from "./memory-service-store.ts";
import { memoryStore } from "./memory-store.ts";
import { requireWorkspaceName, type State } from "./state.ts";
import type { StateStore } from "./store.ts";

/** The reference for several workspaces and the service. What it holds is gone with the process. */
export function memoryState(clock: Clock): State {
  const stores = new Map<string, StateStore>();
  const runs = new Map<string, MemoryRuns>();

  function workspace(name: string): StateStore {
    const known = stores.get(requireWorkspaceName(name));
    if (known) return known;
    const own = memoryRuns();
    const store = memoryStore(clock, own);
    runs.set(name, own);
    stores.set(name, store);
    return store;
  }

  return {
    workspace,
    service: memoryServiceStore(runs, stores),
    queueDatabase: () => null,
    copy: () => null,
    close: async () => {},
  };
}
