import type { RunRequest } from "../../engine/state/service-store.ts";
import type { Answer } from "../service.ts";
import { unknownRequest } from "./admit.ts";
import { fine } from "./answer.ts";
import { carryOut, keyOf, notWaiting } from "./decide-plan.ts";
import type { ServiceDeps } from "./deps.ts";
import { tell } from "./tell.ts";

/** Ends a request that waits for a person. */
export async function rejectWaiting(
  deps: ServiceDeps,
  id: string,
  by: string,
  note: string,
): Promise<Answer<RunRequest>> {
  const { service } = deps.state;
  const request = await service.request(id);
  if (!request) return unknownRequest(id);
  if (request.status !== "waiting") return notWaiting(deps, id);
  const decidedAt = deps.clock.now();
  const won = await service.decidePlan(keyOf(request), ["waiting"], {
    status: "rejected",
    decidedBy: by,
    decidedAt,
  });
  const stored = await service.plan(keyOf(request));
  if (stored) {
    const moved = await carryOut(deps, request, stored, won ? note : undefined);
    if (!won) return notWaiting(deps, id);
    const now = moved ?? (await service.request(id));
    return now?.status === "cancelled" ? fine(now) : notWaiting(deps, id);
  }
  // Without its plan, nothing else can become of it.
  const change = { status: "cancelled", finishedAt: decidedAt, note } as const;
  const ended = await service.moveRequest(id, ["waiting"], change);
  return ended ? fine(await tell(deps, ended)) : notWaiting(deps, id);
}
