import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import type { RunRequest } from "../../engine/state/service-store.ts";
import { type Metrics, openMetrics } from "../../server/metrics/metrics.ts";
import type { Workspaces } from "../../server/workspaces/workspace.ts";
import { ended } from "../conformance/service-store-samples.ts";
import { aCreate } from "../support/plans.ts";
import { mappingOf, projectOf, workspacesOf } from "../support/service-upkeep.ts";

/* What Prometheus reads. */

/** Samples of one metric, as they stand in the text, in order. */
async function samples(metrics: Metrics, name: string): Promise<readonly string[]> {
  const text = await metrics.text();
  return text
    .split("\n")
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .toSorted();
}

const open = () => openMetrics({ version: "1.2.3" });

const finishedAt = new Date("2026-03-02T10:00:30Z");

function request(more: Partial<RunRequest> = {}): RunRequest {
  return {
    ...ended("r1", new Date("2026-03-02T09:00:00Z")),
    startedAt: new Date("2026-03-02T10:00:00Z"),
    finishedAt,
    runIds: [],
    ...more,
  };
}

const counts = {
  create: 1,
  update: 0,
  link: 0,
  retire: 0,
  delete: 0,
  unlink: 0,
  held: 4,
  passedOver: 0,
  inStep: 9,
};

describe("the text", () => {
  test("is of the form that Prometheus expects, with the version and the process", async () => {
    const metrics = open();
    expect(metrics.contentType).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await samples(metrics, "syncctl_build_info")).toEqual([
      'syncctl_build_info{version="1.2.3"} 1',
    ]);
    expect(await samples(metrics, "process_cpu_seconds_total")).toHaveLength(1);
    expect(await samples(metrics, "nodejs_eventloop_lag_seconds")).toHaveLength(1);
  });

  test("has names with a unit, counters that end in _total, and a sentence for each", async () => {
    const text = await open().text();
    const types = [...text.matchAll(/^# TYPE (syncctl_\w+) (\w+)$/gm)];
    expect(types.length).toBeGreaterThan(10);
    for (const [, name = "", type] of types) {
      expect(name.endsWith("_total"), name).toBe(type === "counter");
      if (type === "histogram") expect(name).toMatch(/_seconds$/);
      expect(text).toMatch(new RegExp(`^# HELP ${name} [A-Z1].*\\.$`, "m"));
    }
  });

  test("of two installations in one process are two", async () => {
    const [first, second] = [open(), open()];
    first.notificationSent("email", false);
    expect(await samples(second, "syncctl_notifications_total")).toContain(
      'syncctl_notifications_total{kind="email",result="failed"} 0',
    );
  });
});

describe("runs", () => {
  test("are counted by company and end, and their time is taken without the queue", async () => {
    const metrics = open();
    metrics.requestSettled(request());
    metrics.requestSettled(request({ workspace: "", status: "failed" }));
    expect(await samples(metrics, "syncctl_run_requests_total")).toEqual([
      'syncctl_run_requests_total{workspace="-",status="failed"} 1',
      'syncctl_run_requests_total{workspace="harbour",status="done"} 1',
    ]);
    expect(await samples(metrics, "syncctl_run_request_duration_seconds_sum")).toEqual([
      'syncctl_run_request_duration_seconds_sum{status="done"} 30',
      'syncctl_run_request_duration_seconds_sum{status="failed"} 30',
    ]);
  });

  test("that went well say when, and plans say how many records are held", async () => {
    const metrics = open();
    const seconds = finishedAt.getTime() / 1_000;
    metrics.requestSettled(request({ counts }));
    metrics.requestSettled(request({ status: "failed", finishedAt: new Date(0) }));
    metrics.requestSettled(
      request({ status: "done", code: "plan-waits-already", finishedAt: new Date(0) }),
    );
    metrics.requestSettled(request({ purpose: "link", finishedAt: new Date(0) }));
    metrics.knownSuccess({ workspace: "harbour", mapping: "projects" }, new Date(5_000));
    expect(await samples(metrics, "syncctl_last_success_timestamp_seconds")).toEqual([
      `syncctl_last_success_timestamp_seconds{workspace="harbour",mapping="people"} ${seconds}`,
      'syncctl_last_success_timestamp_seconds{workspace="harbour",mapping="projects"} 5',
    ]);
    expect(await samples(metrics, "syncctl_records_held")).toEqual([
      'syncctl_records_held{workspace="harbour",mapping="people"} 4',
    ]);
  });

  test("of companies and mappings that have gone are forgotten, and broken ones are told", async () => {
    const metrics = open();
    metrics.requestSettled(request({ counts }));
    metrics.requestSettled(request({ mapping: "projects", counts }));
    metrics.requestSettled(request({ workspace: "quarry", counts }));
    const [harbour] = workspacesOf({ harbour: projectOf([mappingOf("people")]) }).all();
    const diagnostic: Diagnostic = {
      code: "yaml-invalid",
      severity: "error",
      message: "",
      help: "",
      at: { file: "syncctl.yaml", line: 1, column: 1 },
    };
    const all: Workspaces["all"] = () =>
      harbour ? [harbour, { ...harbour, name: "meadow", broken: [diagnostic] }] : [];
    metrics.watchWorkspaces({ all });
    expect(await samples(metrics, "syncctl_records_held")).toEqual([
      'syncctl_records_held{workspace="harbour",mapping="people"} 4',
    ]);
    expect(await samples(metrics, "syncctl_last_success_timestamp_seconds")).toHaveLength(1);
    expect(await samples(metrics, "syncctl_configuration_broken")).toEqual([
      'syncctl_configuration_broken{workspace="harbour"} 0',
      'syncctl_configuration_broken{workspace="meadow"} 1',
    ]);
  });
});

test("calls, waits and changes are counted by connector and company, and name no record", async () => {
  const metrics = open();
  const connectorOf = (connection: string) => (connection === "office" ? "procore" : undefined);
  const call = { connection: "office", method: "GET", path: "/users/{id}", durationMs: 500 };
  const event = (more: object) => ({ kind: "request", request: { ...call, ...more } }) as const;
  metrics.engineEvent("harbour", event({ status: 200 }), connectorOf);
  metrics.engineEvent("harbour", event({}), connectorOf);
  metrics.engineEvent("harbour", event({ status: 200, connection: "else" }), connectorOf);
  metrics.engineEvent("harbour", event({ waitMs: 1_500, waitReason: "rate-limit" }), connectorOf);
  metrics.engineEvent(
    "harbour",
    {
      kind: "settled",
      change: aCreate("c1", "Ilse Brandvold"),
      outcome: { changeId: "c1", status: "applied" },
    },
    connectorOf,
  );
  expect(await samples(metrics, "syncctl_api_calls_total")).toEqual([
    'syncctl_api_calls_total{connector="procore",status="200"} 1',
    'syncctl_api_calls_total{connector="procore",status="none"} 1',
    'syncctl_api_calls_total{connector="unknown",status="200"} 1',
  ]);
  expect(await samples(metrics, "syncctl_api_call_duration_seconds_sum")).toContain(
    'syncctl_api_call_duration_seconds_sum{connector="procore"} 1',
  );
  expect(await samples(metrics, "syncctl_api_wait_seconds_total")).toEqual([
    'syncctl_api_wait_seconds_total{connector="procore",reason="rate-limit"} 1.5',
  ]);
  expect(await samples(metrics, "syncctl_changes_total")).toEqual([
    'syncctl_changes_total{workspace="harbour",kind="create",status="applied"} 1',
  ]);
  expect(await metrics.text()).not.toContain("Ilse");
});

describe("the service", () => {
  test("tells how it answers, and how many messages came through", async () => {
    const metrics = open();
    const route = "/api/v1/runs/:id";
    metrics.observeRequest({ method: "GET", route, status: 200, seconds: 0.02 });
    metrics.notificationSent("webhook", true);
    metrics.notificationSent("email", false);
    expect(await samples(metrics, "syncctl_http_request_duration_seconds_count")).toEqual([
      'syncctl_http_request_duration_seconds_count{method="GET",route="/api/v1/runs/:id",status="200"} 1',
    ]);
    expect(await samples(metrics, "syncctl_notifications_total")).toEqual([
      'syncctl_notifications_total{kind="email",result="delivered"} 0',
      'syncctl_notifications_total{kind="email",result="failed"} 1',
      'syncctl_notifications_total{kind="webhook",result="delivered"} 1',
      'syncctl_notifications_total{kind="webhook",result="failed"} 0',
    ]);
  });

  test("asks the queue whenever it is asked, and all else is told though the queue is away", async () => {
    const metrics = open();
    let isAway = false;
    metrics.watchQueue({
      depth: async () => {
        if (isAway) throw new Error("The database is away.");
        return { queued: 7, active: 2 };
      },
    });
    expect(await samples(metrics, "syncctl_run_queue_requests")).toEqual([
      'syncctl_run_queue_requests{state="active"} 2',
      'syncctl_run_queue_requests{state="queued"} 7',
    ]);
    isAway = true;
    expect(await samples(metrics, "syncctl_run_queue_requests")).toEqual([]);
    expect(await samples(metrics, "syncctl_build_info")).toHaveLength(1);
    expect(await samples(metrics, "syncctl_queue_unreadable_total")).not.toEqual([
      "syncctl_queue_unreadable_total 0",
    ]);
  });

  test("a queue that does not answer keeps nobody waiting for long", async () => {
    const metrics = openMetrics({ version: "1.2.3", queueWaitMs: 50 });
    metrics.watchQueue({ depth: () => new Promise(() => {}) });
    expect(await samples(metrics, "syncctl_run_queue_requests")).toEqual([]);
  });
});
