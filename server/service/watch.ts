import type { Service } from "../service.ts";
import { sees } from "./admit.ts";
import type { ServiceDeps } from "./deps.ts";

/** Changes of the requests that an actor may see. */
export function watchPart({ changes }: Pick<ServiceDeps, "changes">): Pick<Service, "watch"> {
  return {
    watch: (actor, listener) =>
      changes.watch(({ requestId, workspace }) => {
        if (sees(actor, workspace)) listener({ requestId, workspace });
      }),
  };
}
