import { describe, expect, test } from "vitest";
import type { HttpMetrics } from "../../server/http/options.ts";
import { fakeIds } from "../support/service-fake.ts";
import { type HttpWorld, httpWorld, type WorldOptions } from "../support/service-http.ts";

/* What the server tells besides: ids of requests, its log, numbers, whether it is ready; and how it stops. */

async function inWorld(options: WorldOptions, story: (world: HttpWorld) => Promise<void>) {
  const world = await httpWorld(options);
  try {
    await story(world);
  } finally {
    await world.close();
  }
}

describe("ids of requests", () => {
  test("one that is well formed is kept, and stands in the answer, in a problem and in the log", () =>
    inWorld({}, async (world) => {
      const headers = { "x-request-id": "gateway-7f3a.42:1" };
      const told = await world.ask("viewer", "GET", "/api/v1/runs/none", { headers });
      expect(told.headers["x-request-id"]).toBe("gateway-7f3a.42:1");
      expect(told.json.requestId).toBe("gateway-7f3a.42:1");
      expect(world.lines.at(-1)).toMatchObject({ requestId: "gateway-7f3a.42:1", status: 404 });
    }));

  test.for([
    "short",
    "with space here",
    'quote"quote"',
    "ünïcödé-id",
    "x".repeat(101),
    "-starts-wrong",
  ])("%s is replaced", (given) =>
    inWorld({}, async (world) => {
      const told = await world.ask(null, "GET", "/health", { headers: { "x-request-id": given } });
      expect(told.headers["x-request-id"]).toBe("request-000001");
    }),
  );
});

describe("headers", () => {
  test("every answer protects the browser, problems and unknown addresses too", () =>
    inWorld({}, async (world) => {
      for (const url of ["/", "/health", "/api/v1/workspaces", "/api/v1/nothing", "/api/docs/"]) {
        const { headers } = await world.ask(null, "GET", url);
        expect(headers).toMatchObject({
          "content-security-policy": expect.stringContaining("default-src 'none'"),
          "x-content-type-options": "nosniff",
          "x-frame-options": "DENY",
          "referrer-policy": "no-referrer",
          "cross-origin-opener-policy": "same-origin",
          "cross-origin-resource-policy": "same-origin",
          "permissions-policy": expect.stringContaining("camera=()"),
        });
        expect(headers["access-control-allow-origin"]).toBeUndefined();
        expect(headers["strict-transport-security"]).toBeUndefined();
        expect(headers["x-powered-by"]).toBeUndefined();
        expect(headers["server"]).toBeUndefined();
      }
    }));

  test("no answer of the API is kept anywhere", () =>
    inWorld({}, async (world) => {
      for (const url of [
        "/api/v1/workspaces",
        "/api/v1/tokens",
        "/api/v1/openapi.json",
        "/ready",
      ]) {
        expect((await world.ask("admin", "GET", url)).headers["cache-control"]).toBe("no-store");
      }
    }));
});

describe("the log", () => {
  test("names the pattern of the route, and nothing of what was asked", () =>
    inWorld({}, async (world) => {
      await world.ask(
        "viewer",
        "GET",
        "/api/v1/workspaces/northridge/mappings/people/explain?record=ilse.brandvold@northridge.example",
      );
      await world.ask("admin", "POST", "/api/v1/tokens", {
        body: { name: "Ilse", role: "viewer" },
      });
      await world.ask(null, "GET", "/northridge/Ilse?q=Brandvold", {
        headers: { accept: "text/html" },
      });
      const { lines } = world;
      expect(lines.slice(0, 2)).toEqual([
        {
          level: "info",
          message: "A request was answered.",
          requestId: "request-000001",
          method: "GET",
          route: "/api/v1/workspaces/:workspace/mappings/:mapping/explain",
          status: 200,
          ms: expect.any(Number),
        },
        expect.objectContaining({ method: "POST", route: "/api/v1/tokens", status: 201 }),
      ]);
      expect(JSON.stringify(lines)).not.toMatch(/ilse|brandvold|northridge|token-/i);
    }));

  test("is quiet about those who watch, as long as all is well", () =>
    inWorld({}, async (world) => {
      await world.ask(null, "GET", "/health");
      await world.ask(null, "GET", "/ready");
      expect(world.lines.map(({ level }) => level)).toEqual(["debug", "debug"]);
    }));
});

type AnsweredRequest = Parameters<HttpMetrics["observeRequest"]>[0];

describe("numbers", () => {
  test("are told to those who may see, and each request is counted by its pattern", async () => {
    const counted: AnsweredRequest[] = [];
    const metrics: HttpMetrics = {
      contentType: "text/plain; version=0.0.4; charset=utf-8",
      text: async () => "# TYPE runs counter\nruns 3\n",
      observeRequest: (request) => {
        counted.push(request);
      },
    };
    await inWorld({ metrics }, async (world) => {
      const told = await world.ask("viewer", "GET", "/metrics");
      expect(told.headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
      expect(told.text).toContain("runs 3");
      expect((await world.ask(null, "GET", "/metrics")).status).toBe(401);
      // They name all workspaces.
      expect((await world.ask("harbor", "GET", "/metrics")).json.code).toBe("not-allowed");
      await world.ask("viewer", "GET", `/api/v1/runs/${fakeIds.waiting}`);
      await world.ask("viewer", "GET", "/api/v1/some/where/else");
      expect(counted.map(({ method, route, status }) => `${method} ${route} ${status}`)).toEqual([
        "GET /metrics 200",
        "GET /metrics 401",
        "GET /metrics 403",
        "GET /api/v1/runs/:id 200",
        "GET (nothing) 404",
      ]);
      expect(counted.every(({ seconds }) => seconds >= 0 && seconds < 60)).toBe(true);
    });
    await inWorld({ isOpen: true, metrics }, async (world) => {
      expect((await world.ask(null, "GET", "/metrics")).status).toBe(200);
    });
  });

  test("there are none where nobody counts", () =>
    inWorld({}, async (world) => {
      expect((await world.ask("admin", "GET", "/metrics")).status).toBe(404);
    }));
});

describe("whether it works", () => {
  const unready: WorldOptions["change"] = () => ({
    readiness: async () => ({
      isReady: false,
      checks: [
        { what: "queue", isOk: true, message: "The queue answers." },
        { what: "state", isOk: false, message: "db.internal:5432 does not answer." },
      ],
    }),
  });

  test("health says that the process answers, to everybody", () =>
    inWorld({ change: unready }, async (world) => {
      const told = await world.ask(null, "GET", "/health");
      expect(told.json).toEqual({ isAlive: true, version: "1.2.3" });
    }));

  test("ready is a problem where something is in the way; details are for those who may see", () =>
    inWorld({ change: unready }, async (world) => {
      const stranger = await world.ask(null, "GET", "/ready");
      expect(stranger.status).toBe(503);
      expect(stranger.json).toMatchObject({
        code: "service-not-ready",
        detail: "The service cannot work now: state.",
        isReady: false,
        checks: [
          { what: "queue", isOk: true },
          { what: "state", isOk: false },
        ],
      });
      expect(stranger.text).not.toContain("internal");
      expect((await world.ask("viewer", "GET", "/ready")).text).toContain("db.internal:5432");
    }));

  test("ready says so to everybody where all is well", () =>
    inWorld({}, async (world) => {
      expect((await world.ask(null, "GET", "/ready")).json).toEqual({
        isReady: true,
        checks: [
          { what: "state", isOk: true },
          { what: "queue", isOk: true },
        ],
      });
    }));
});

test("an address that is taken is told, and nothing stays open", async () => {
  const world = await httpWorld();
  const port = Number(new URL(world.http.url).port);
  await expect(httpWorld({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await world.close();
});

describe("stopping", () => {
  function gate() {
    let open: () => void = () => undefined;
    let arrive: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    return { open, opened, arrive, arrived };
  }

  const headers = { authorization: "Bearer viewer-token" };

  test("waits for what is under way, and takes nothing new", async () => {
    const { open, opened, arrive, arrived } = gate();
    const world = await httpWorld({
      change: (fake) => ({
        runs: async (actor, filter) => {
          arrive();
          await opened;
          return fake.service.runs(actor, filter);
        },
      }),
    });
    const under = fetch(`${world.http.url}/api/v1/runs`, { headers });
    await arrived;
    const closed = world.http.close();
    const late = await world.ask("viewer", "GET", "/api/v1/workspaces");
    expect(late.status).toBe(503);
    expect(late.json.code).toBe("service-stopping");
    open();
    const answer = await under;
    expect(answer.status).toBe(200);
    await answer.text();
    await closed;
    await expect(fetch(`${world.http.url}/health`)).rejects.toThrow();
    await world.close();
  });

  test("does not wait for ever", async () => {
    const { arrive, arrived } = gate();
    const world = await httpWorld({
      limits: { closeMs: 50 },
      change: () => ({
        runs: () => {
          arrive();
          return new Promise(() => undefined);
        },
      }),
    });
    const under = fetch(`${world.http.url}/api/v1/runs`, { headers });
    await arrived;
    await Promise.all([expect(under).rejects.toThrow(), world.http.close()]);
    await world.close();
  });
});
