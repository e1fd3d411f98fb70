import { requireWorkspaceName, type State } from "../state.ts";
import type { Home } from "./database.ts";
import { exportRows } from "./export.ts";
import { importRows } from "./import.ts";
import { knownMigrations } from "./migrate.ts";
import { postgresStore } from "./postgres-store.ts";
import { postgresServiceStore } from "./service/postgres-service-store.ts";

export function postgresState(home: Home): State {
  return {
    workspace: (name) => postgresStore(home, requireWorkspaceName(name)),
    service: postgresServiceStore(home),
    queueDatabase: home.queueDatabase,
    copy: () => ({
      levels: knownMigrations(),
      export: (sink, { workspace }) => exportRows(home, sink, workspace),
      import: (batches, { workspace }) => importRows(home, batches, workspace),
    }),
    close: home.close,
  };
}
