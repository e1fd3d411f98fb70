import type { Service } from "../service.ts";
import { accountBook } from "./accounts.ts";
import { decidePart } from "./decide.ts";
import type { ServiceDeps } from "./deps.ts";
import { entriesPart } from "./entries.ts";
import { heldPart } from "./held.ts";
import { logPart } from "./log.ts";
import { plansPart } from "./plans.ts";
import { readinessPart } from "./readiness.ts";
import { recordsPart } from "./records.ts";
import { requestsPart } from "./requests.ts";
import { runViewsPart } from "./run-views.ts";
import { settingsPart } from "./settings.ts";
import { tokensPart } from "./tokens.ts";
import { watchPart } from "./watch.ts";
import { engineOpener } from "./with-engine.ts";
import { workspacesPart } from "./workspace-views.ts";

/** Everything that routes and the dashboard ask for, put together. It keeps nothing open: whoever gave it the parts closes them. */
export function openService(deps: ServiceDeps): Service {
  const withEngine = engineOpener(deps);
  return {
    ...workspacesPart(deps, accountBook(deps)),
    ...requestsPart(deps),
    ...runViewsPart(deps),
    ...entriesPart(deps),
    ...logPart(deps),
    ...plansPart(deps),
    ...heldPart(deps),
    ...decidePart(deps, withEngine),
    ...settingsPart(deps),
    ...recordsPart(deps, withEngine),
    ...tokensPart(deps),
    ...readinessPart(deps),
    ...watchPart(deps),
  };
}
