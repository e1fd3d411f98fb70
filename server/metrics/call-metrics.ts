import { Counter, Histogram, type Registry } from "prom-client";
import type { RequestEvent } from "../../engine/connector/connector.ts";
import { workspaceLabel } from "./labels.ts";
import type { Metrics } from "./metrics.ts";

/** Of calls to systems, seconds. */
const durationBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What runs do to the systems: calls, waits, and changes. */
export function callMetrics(registry: Registry): Pick<Metrics, "engineEvent"> {
  const registers = [registry];
  const calls = new Counter({
    name: "syncctl_api_calls_total",
    help: "Calls to a system, by the status of the answer; `none` where none came.",
    labelNames: ["connector", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "syncctl_api_call_duration_seconds",
    help: "From sending a call to the end of its answer.",
    labelNames: ["connector"],
    buckets: durationBuckets,
    registers,
  });
  const waits = new Counter({
    name: "syncctl_api_wait_seconds_total",
    help: "Time that was waited before calls, because a limit was exhausted or a call had failed.",
    labelNames: ["connector", "reason"],
    registers,
  });
  const changes = new Counter({
    name: "syncctl_changes_total",
    help: "Changes by what came of them.",
    labelNames: ["workspace", "kind", "status"],
    registers,
  });

  const observeCall = (connector: string, event: RequestEvent): void => {
    const { status, durationMs, waitMs, waitReason } = event;
    if (waitMs !== undefined) {
      waits.inc({ connector, reason: waitReason ?? "rate-limit" }, waitMs / 1_000);
      return;
    }
    calls.inc({ connector, status: status ?? "none" });
    durations.observe({ connector }, Math.max(0, durationMs) / 1_000);
  };

  return {
    engineEvent: (workspace, event, connectorOf) => {
      switch (event.kind) {
        case "request":
          observeCall(connectorOf(event.request.connection) ?? "unknown", event.request);
          return;
        case "settled":
          changes.inc({
            workspace: workspaceLabel(workspace),
            kind: event.change.kind,
            status: event.outcome.status,
          });
          return;
        case "reading":
        case "read":
        case "working-out":
        case "applying":
          return;
      }
    },
  };
}
