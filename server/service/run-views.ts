import type { GuardResult } from "../../engine/plan/plan.ts";
import type { RunRequest } from "../../engine/state/service-store.ts";
import type { RunSummary } from "../../engine/state/store.ts";
import type { RunView, Service } from "../service.ts";
import { admitToRequest } from "./admit.ts";
import { fine } from "./answer.ts";
import { keyOf } from "./decide-plan.ts";
import type { ServiceDeps } from "./deps.ts";

/** Guards of so many plans are remembered. A plan never changes, and it may take a tenth of a second to unpack. */
const plansRemembered = 200;

/** One request with its runs of the engine. */
export function runViewsPart(deps: ServiceDeps): Pick<Service, "run"> {
  const guardsOf = guardBook(deps);
  return {
    async run(actor, id) {
      const admitted = await admitToRequest(deps, actor, "viewer", id);
      if (!admitted.ok) return admitted;
      const request = admitted.value;
      const runs = await runsOf(deps, request);
      if (request.planId === undefined) return fine({ request, runs, guards: [] });
      const [plan, guards] = await Promise.all([
        deps.state.service.decision(keyOf(request)),
        guardsOf(request),
      ]);
      const view: RunView = { request, runs, guards, ...(plan && { plan }) };
      return fine(view);
    },
  };
}

/** Newest last. */
export async function runsOf(
  { state }: Pick<ServiceDeps, "state">,
  { workspace, runIds }: RunRequest,
): Promise<readonly RunSummary[]> {
  const store = state.workspace(workspace);
  const runs = await Promise.all(runIds.map((id) => store.run(id)));
  return runs.filter((run) => run !== null);
}

function guardBook({ state }: ServiceDeps) {
  const known = new Map<string, readonly GuardResult[]>();
  return async (request: RunRequest): Promise<readonly GuardResult[]> => {
    const key = JSON.stringify(keyOf(request));
    const found = known.get(key);
    if (found) return found;
    const stored = await state.service.plan(keyOf(request));
    if (!stored) return [];
    const guards = stored.plan.guards.filter(({ allowed }) => !allowed);
    const [oldest] = known.keys();
    if (known.size >= plansRemembered && oldest !== undefined) known.delete(oldest);
    known.set(key, guards);
    return guards;
  };
}
