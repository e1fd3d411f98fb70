import { requireWorkspaceName, type State } from "../state.ts";
import type { Home } from "./database.ts";
import { postgresStore } from "./postgres-store.ts";
import { postgresServiceStore } from "./service/postgres-service-store.ts";

export function postgresState(home: Home): State {
  return {
    workspace: (name) => postgresStore(home, requireWorkspaceName(name)),
    service: postgresServiceStore(home),
    queueDatabase: home.queueDatabase,
    close: home.close,
  };
}
