import type { RunRequest } from "../../engine/state/service-store.ts";
import type { ServiceDeps } from "./deps.ts";

/** Tells everybody that a request has changed. That nobody could be told is no reason to fail: they look now and then. */
export async function tell(
  { changes, log }: Pick<ServiceDeps, "changes" | "log">,
  request: RunRequest,
): Promise<RunRequest> {
  const { id: requestId, workspace } = request;
  try {
    await changes.tell({ requestId, workspace });
  } catch (err) {
    log.warn("a change of a run could not be told", { run: requestId, workspace, err });
  }
  return request;
}
