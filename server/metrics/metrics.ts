import { collectDefaultMetrics, Registry } from "prom-client";
import type { EngineEvent } from "../../engine/run/events.ts";
import type { RunRequest } from "../../engine/state/service-store.ts";
import type { RunQueue } from "../queue/run-queue.ts";
import type { Workspaces } from "../workspaces/workspace.ts";
import { callMetrics } from "./call-metrics.ts";
import { runMetrics } from "./run-metrics.ts";
import { serviceMetrics } from "./service-metrics.ts";

/*
 * Numbers for operators, in the form that Prometheus reads. Companies and mappings are labels, records never are: there are
 * hundreds of the one and millions of the other. Each process tells its own numbers.
 */

export interface Metrics {
  /** Of what `text` gives. */
  readonly contentType: string;
  text(): Promise<string>;

  /** An answered request over HTTP. `route` is the pattern. */
  observeRequest(request: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly seconds: number;
  }): void;

  /** A request has come to an end, or to a plan that waits for a person. */
  requestSettled(request: RunRequest): void;
  /** A mapping was last in step at this time, by a run of an earlier process. */
  knownSuccess(of: { readonly workspace: string; readonly mapping: string }, at: Date): void;
  /** What a run reports. `connectorOf`: the connector behind a connection of the workspace. */
  engineEvent(
    workspace: string,
    event: EngineEvent,
    connectorOf: (connection: string) => string | undefined,
  ): void;
  /** After the last try of a message to one target. */
  notificationSent(kind: "webhook" | "email", isOk: boolean): void;

  /** From now on the queue is asked whenever the numbers are. */
  watchQueue(queue: Pick<RunQueue, "depth">): void;
  /** From now on tells which workspaces are broken, and forgets those that have gone. */
  watchWorkspaces(workspaces: Pick<Workspaces, "all">): void;
}

export interface MetricsOptions {
  /** Of syncctl. */
  readonly version: string;
  /** How long the other numbers wait for the depth of the queue, milliseconds. Prometheus gives up after ten seconds. */
  readonly queueWaitMs?: number;
}

export function openMetrics({ version, queueWaitMs = 3_000 }: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    ...runMetrics(registry),
    ...callMetrics(registry),
    ...serviceMetrics(registry, { version, queueWaitMs }),
  };
}
