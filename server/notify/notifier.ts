import type { Plan } from "../../engine/plan/plan.ts";
import type { RunRequest } from "../../engine/state/service-store.ts";

/** Tells people what they have to know, once. Never throws: what could not be sent is logged and counted. */
export interface Notifier {
  /** After a request has come to an end, or to a plan that waits for a person. */
  requestSettled(request: RunRequest, plan: Plan | undefined): Promise<void>;
  close(): Promise<void>;
}
