import { codes } from "../../engine/codes.ts";
import type { Project } from "../../engine/config/project.ts";
import type { RunRequest } from "../../engine/state/service-store.ts";
import type { Answer, RunFilter, Service } from "../service.ts";
import { admitToMapping, admitToRequest, sees, unknownRequest, unknownWorkspace } from "./admit.ts";
import { fine, type Refused, refuse } from "./answer.ts";
import type { ServiceDeps } from "./deps.ts";
import { rejectWaiting } from "./reject.ts";
import { tell } from "./tell.ts";

type RequestsPart = Pick<Service, "startRun" | "cancelRun" | "runs">;

/** Requests of one page. */
const pageMax = 500;

/** Asking for runs, ending them, and looking at what was asked for. */
export function requestsPart(deps: ServiceDeps): RequestsPart {
  return {
    async startRun(actor, what) {
      const admitted = admitToMapping(deps, actor, "operator", what);
      if (!admitted.ok) return admitted;
      const { workspace, mapping, purpose, allow, trigger } = what;
      const unknown = unknownGuard(allow, admitted.value.project);
      if (unknown) return unknown;
      const requestedBy = actor.name;
      const { request } = await deps.ask({
        ...{ workspace, mapping, purpose, trigger, requestedBy },
        allow: [...new Set(allow)],
      });
      return fine(request);
    },
    async cancelRun(actor, id) {
      const admitted = await admitToRequest(deps, actor, "operator", id);
      return admitted.ok ? cancel(deps, admitted.value, actor.name) : admitted;
    },
    async runs(actor, filter) {
      const { workspace } = filter;
      if (workspace !== undefined && !sees(actor, workspace)) return unknownWorkspace(workspace);
      const { workspaces } = actor;
      if (filter.before === undefined) return fine(await pageOf(deps, filter, { workspaces }));
      const before = await admitToRequest(deps, actor, "viewer", filter.before);
      if (!before.ok) return before;
      return fine(await pageOf(deps, filter, { before: before.value, workspaces }));
    },
  };
}

/** A guard's word that no guard has would let nothing through and leave the person wondering. */
function unknownGuard(words: readonly string[], { mappings }: Project): Refused | undefined {
  const unknown = words.find((word) => {
    const [mapping, code = ""] = word.split(":");
    return !mappings.some(({ name }) => name === mapping) || !Object.hasOwn(codes, code);
  });
  if (unknown === undefined) return undefined;
  const message = `${JSON.stringify(unknown)} is not a guard of this workspace; one is written <mapping>:<code>.`;
  return refuse(422, "guard-unknown", message);
}

/** How often a request that moves on while it is cancelled is looked at again. */
const triesMax = 5;

/** What is queued or waits ends at once; what is under way is asked to end between two records. */
async function cancel(
  deps: ServiceDeps,
  found: RunRequest,
  by: string,
): Promise<Answer<RunRequest>> {
  const { service } = deps.state;
  let request: RunRequest | null = found;
  for (let tried = 1; request && tried <= triesMax; tried += 1) {
    const done = await cancelAsItIs(deps, request, by);
    if (done) return done;
    request = await service.request(found.id);
  }
  if (!request) return unknownRequest(found.id);
  throw new Error(`the run ${found.id} changes too fast to be cancelled`);
}

/** Undefined when the request is not in this status any more. */
async function cancelAsItIs(
  deps: ServiceDeps,
  { id, status }: RunRequest,
  by: string,
): Promise<Answer<RunRequest> | undefined> {
  const { service } = deps.state;
  switch (status) {
    case "queued": {
      const ended = await service.moveRequest(id, ["queued"], {
        status: "cancelled",
        finishedAt: deps.clock.now(),
        note: `Cancelled by ${by}.`,
      });
      return ended ? fine(await tell(deps, ended)) : undefined;
    }
    case "waiting": {
      const rejected = await rejectWaiting(deps, id, by, `Cancelled by ${by}.`);
      return rejected.ok ? rejected : undefined;
    }
    case "planning":
    case "applying": {
      const asked = await service.moveRequest(id, ["planning", "applying"], { stopAskedBy: by });
      return asked ? fine(await tell(deps, asked)) : undefined;
    }
    case "done":
    case "partial":
    case "refused":
    case "failed":
    case "cancelled":
      return refuse(409, "request-ended", `The run has ended already: it is ${status}.`);
  }
}

async function pageOf(
  { state }: ServiceDeps,
  filter: RunFilter,
  of: {
    readonly before?: RunRequest;
    readonly workspaces: readonly string[] | undefined;
  },
): Promise<{ readonly runs: readonly RunRequest[]; readonly next?: string }> {
  const { before: _before, limit: asked, ...rest } = filter;
  const limit = Math.min(Math.max(asked, 1), pageMax);
  const found = await state.service.requests({
    ...rest,
    ...(of.workspaces ? { workspaces: of.workspaces } : {}),
    ...(of.before ? { before: of.before } : {}),
    limit: limit + 1,
  });
  const runs = found.slice(0, limit);
  const last = runs.at(-1);
  return { runs, ...(found.length > limit && last ? { next: last.id } : {}) };
}
