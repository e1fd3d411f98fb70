import type { Readiness, Service } from "../service.ts";
import { type ReadinessCheck, type ServiceDeps, timingOf } from "./deps.ts";

/** Whether the service can work. What throws, or takes too long, is not in order. */
export function readinessPart(deps: ServiceDeps): Pick<Service, "readiness"> {
  const state: ReadinessCheck = {
    what: "state",
    check: async () => {
      await deps.state.service.requests({ limit: 1 });
      return { isOk: true, message: "The state answers." };
    },
  };
  return {
    async readiness() {
      const checks = [state, ...deps.readinessChecks].map((one) => inTime(deps, one));
      const done = await Promise.all(checks);
      return { isReady: done.every(({ isOk }) => isOk), checks: done };
    },
  };
}

async function inTime(
  deps: ServiceDeps,
  { what, check }: ReadinessCheck,
): Promise<Readiness["checks"][number]> {
  const answered = new AbortController();
  const { readinessMs } = timingOf(deps);
  const late = deps.clock
    .sleep(readinessMs, answered.signal)
    .then(() => ({ isOk: false, message: `No answer within ${readinessMs / 1_000} seconds.` }));
  const failed = (err: unknown) => {
    deps.log.warn("something that the service needs is not in order", { check: what, err });
    // What went wrong may name addresses and users; it is for the log.
    return { isOk: false, message: "It does not work; the log of the service says why." };
  };
  try {
    return { what, ...(await Promise.race([check().catch(failed), late])) };
  } finally {
    answered.abort();
  }
}
