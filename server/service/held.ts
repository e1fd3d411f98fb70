import type { LinkDecision } from "../../engine/links/decision.ts";
import { isSame } from "../../engine/links/taken.ts";
import type { Mapping } from "../../engine/mapping/mapping.ts";
import type { Held } from "../../engine/plan/plan.ts";
import { localDay } from "../../engine/value/local-day.ts";
import type { HeldView, Service } from "../service.ts";
import { admitToMapping, admitToProject } from "./admit.ts";
import { fine } from "./answer.ts";
import { keyOf } from "./decide-plan.ts";
import type { OpenWorkspace, ServiceDeps } from "./deps.ts";

/** Records that wait for a person, by the newest plans. */
export function heldPart(deps: ServiceDeps): Pick<Service, "held"> {
  return {
    async held(actor, workspace, mapping) {
      const admitted = admitToProject(deps, actor, "viewer", workspace);
      if (!admitted.ok) return admitted;
      const { project } = admitted.value;
      if (mapping === undefined) return fine(await heldOf(deps, admitted.value, project.mappings));
      const one = admitToMapping(deps, actor, "viewer", { workspace, mapping });
      return one.ok ? fine(await heldOf(deps, admitted.value, [one.value.mapping])) : one;
    },
  };
}

/** In the order of the mappings and of their plans. */
export async function heldOf(
  deps: Pick<ServiceDeps, "state">,
  { name: workspace, project }: OpenWorkspace,
  mappings: readonly Mapping[],
): Promise<readonly HeldView[]> {
  const { service } = deps.state;
  const latest = await service.latest(mappings.map(({ name }) => ({ workspace, mapping: name })));
  const views: HeldView[] = [];
  for (const { mapping: name, planned } of latest) {
    const stored = planned && (await service.plan(keyOf(planned)));
    const mapping = mappings.find((one) => one.name === name);
    if (!stored || !mapping) continue;
    const { plan, requestId } = stored;
    const plannedAt = new Date(plan.header.createdAt);
    const since = decisionsSince(mapping, localDay(plannedAt.getTime(), project.timezone));
    for (const held of plan.held.filter((one) => one.mapping === name)) {
      const decided = since(held);
      views.push({
        ...held,
        ...{ requestId, planId: plan.id, plannedAt },
        ...(decided === undefined ? {} : { decided }),
      });
    }
  }
  return views;
}

/**
 * What the links files say about a held record that its plan did not know yet. Decisions tell the day on which they were
 * made, and no more. That a candidate is somebody else was said after the plan in any case, or it would be none.
 */
function decisionsSince(mapping: Mapping, day: string) {
  const bySource = Map.groupBy(mapping.decisions, ({ rule, source }) =>
    JSON.stringify([rule, source.id]),
  );
  return ({ rule, source, candidates }: Held): LinkDecision["kind"] | undefined => {
    const own = (bySource.get(JSON.stringify([rule, source.id])) ?? []).filter((one) =>
      isSame(one.source, source),
    );
    const found = own.find((one) =>
      one.kind === "apart"
        ? candidates.some(({ address }) => isSame(address, one.target))
        : (one.on ?? "") >= day,
    );
    return found?.kind;
  };
}
