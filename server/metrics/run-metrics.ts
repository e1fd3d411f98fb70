import { Counter, Histogram, type Registry } from "prom-client";
import type { RunRequest } from "../../engine/state/service-store.ts";
import { workspaceLabel } from "./labels.ts";
import type { Metrics } from "./metrics.ts";
import { openStandings } from "./standings.ts";

/** From runs with nothing to do up to the first one of a large company, seconds. */
const durationBuckets = [1, 3, 10, 30, 60, 180, 600, 1_800, 3_600, 10_800];

/** A run with this code went well, and yet the mapping is not in step: its plan waits for a person. */
const waitsAlready: RunRequest["code"] = "plan-waits-already";

export function runMetrics(
  registry: Registry,
): Pick<Metrics, "requestSettled" | "knownSuccess" | "watchWorkspaces"> {
  const registers = [registry];
  const settled = new Counter({
    name: "syncctl_run_requests_total",
    help: "Run requests that have come to an end, or to a plan that waits for a person.",
    labelNames: ["workspace", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "syncctl_run_request_duration_seconds",
    help: "From the begin of a run request to its end, without the time in the queue.",
    labelNames: ["status"],
    buckets: durationBuckets,
    registers,
  });
  const standings = openStandings(registry);

  return {
    requestSettled: (request) => {
      const { workspace, status, startedAt, finishedAt, counts, code } = request;
      settled.inc({ workspace: workspaceLabel(workspace), status });
      if (startedAt && finishedAt) {
        durations.observe({ status }, secondsBetween(startedAt, finishedAt));
      }
      if (counts) standings.set(request, { held: counts.held });
      const isInStep = status === "done" && request.purpose === "sync" && code !== waitsAlready;
      if (isInStep && finishedAt) standings.set(request, { succeededAt: finishedAt });
    },
    knownSuccess: (of, succeededAt) => standings.set(of, { succeededAt }),
    watchWorkspaces: standings.watchWorkspaces,
  };
}

/** A clock that was set back must not make a negative duration. */
function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime()) / 1_000;
}
