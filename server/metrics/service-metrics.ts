import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { RunQueue } from "../queue/run-queue.ts";
import type { Metrics, MetricsOptions } from "./metrics.ts";

/** Of answers to people, seconds. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** What the service does beside running: answering, queueing, telling people. */
export function serviceMetrics(
  registry: Registry,
  { version, queueWaitMs }: Required<MetricsOptions>,
): Pick<Metrics, "observeRequest" | "notificationSent" | "watchQueue"> {
  const registers = [registry];
  let queue: Pick<RunQueue, "depth"> | undefined;

  new Gauge({
    name: "syncctl_build_info",
    help: "Always 1; the version stands in the label.",
    labelNames: ["version"],
    registers,
  }).set({ version }, 1);
  const requests = new Histogram({
    name: "syncctl_http_request_duration_seconds",
    help: "Answered requests over HTTP, by the pattern of the route.",
    labelNames: ["method", "route", "status"],
    buckets: durationBuckets,
    registers,
  });
  const notifications = new Counter({
    name: "syncctl_notifications_total",
    help: "Messages to people, by target and by whether they were delivered after all tries.",
    labelNames: ["kind", "result"],
    registers,
  });
  // From the start on, because an alert on the first failure needs a value to compare it with.
  for (const kind of ["webhook", "email"]) {
    for (const result of ["delivered", "failed"]) notifications.inc({ kind, result }, 0);
  }
  const unasked = new Counter({
    name: "syncctl_queue_unreadable_total",
    help: "Times that the depth of the queue could not be asked for.",
    registers,
  });
  new Gauge({
    name: "syncctl_run_queue_requests",
    help: "Run requests in the queue of the installation, by whether one of its processes works on them.",
    labelNames: ["state"],
    registers,
    async collect() {
      this.reset();
      if (queue === undefined) return;
      try {
        const { queued, active } = await soon(queue.depth(), queueWaitMs);
        this.set({ state: "queued" }, queued);
        this.set({ state: "active" }, active);
      } catch {
        // All other numbers are wanted most when the database is away.
        unasked.inc();
      }
    },
  });

  return {
    observeRequest: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status }, seconds),
    notificationSent: (kind, isOk) =>
      notifications.inc({ kind, result: isOk ? "delivered" : "failed" }),
    watchQueue: (watched) => {
      queue = watched;
    },
  };
}

/** Rejects when the answer does not come soon. */
function soon<T>(answer: Promise<T>, waitMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const limit = AbortSignal.timeout(waitMs);
  const give = () => late.reject(new Error("There was no answer in time."));
  limit.addEventListener("abort", give, { once: true });
  return Promise.race([answer, late.promise]).finally(() =>
    limit.removeEventListener("abort", give),
  );
}
