import { afterEach, describe, expect, it } from "vitest";
import { createRateBudget } from "../../connectors/http/rate-budget.ts";
import {
  createRateWindows,
  type RateWindowsOptions,
} from "../../connectors/http/simulator/rate-windows.ts";
import type { SimulatorServer } from "../../connectors/http/simulator/server.ts";
import { fakeClock, fakeDeps, startOfTest } from "../support/http-clock.ts";
import {
  creating,
  reading,
  type Service,
  type ServiceOptions,
  startService,
} from "../support/http-service.ts";

const services: Service[] = [];

async function service(options?: ServiceOptions): Promise<Service> {
  const started = await startService(options);
  services.push(started);
  return started;
}

afterEach(async () => {
  await Promise.all(services.splice(0).map((started) => started.close()));
});

/** A service that counts calls. `skewMs`: how far our clock is ahead of its. */
async function limited(
  windows: RateWindowsOptions["windows"],
  more: Partial<RateWindowsOptions> & {
    readonly skewMs?: number;
  } = {},
): Promise<Service> {
  const deps = fakeDeps({ clock: fakeClock() });
  const now = () => deps.clock.millis() - (more.skewMs ?? 0);
  const counted = createRateWindows({ windows, now, ...more });
  return service({
    deps,
    extend({ app }) {
      app.addHook("preHandler", async (_request, reply) => {
        const { allowed, headers } = counted.take("office");
        reply.headers({ ...headers, date: new Date(now()).toUTCString() });
        if (!allowed) await reply.code(429).send({ message: "You have surpassed the limit." });
      });
    },
  });
}

async function sendMany(client: Service["client"], count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1)
    expect(await client.send(reading())).toMatchObject({ ok: true });
}

function statuses(server: SimulatorServer): readonly number[] {
  return server.log.map(({ status }) => status);
}

describe("a limit of calls", () => {
  it("is kept by waiting for the reset, without ever being refused", async () => {
    const { client, server, deps } = await limited([{ limit: 5, seconds: 10 }]);
    await sendMany(client, 12);
    expect(statuses(server)).not.toContain(429);
    expect(deps.clock.sleeps).toEqual([10_000, 10_000]);
  });

  it("is kept by requests that are sent together", async () => {
    const { client, server } = await limited([{ limit: 5, seconds: 10 }]);
    await client.send(reading());
    const results = await Promise.all(Array.from({ length: 8 }, () => client.send(reading())));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(statuses(server)).not.toContain(429);
  });

  it("of ten seconds and one of an hour are kept both, though answers tell of the nearer only", async () => {
    const { client, server, deps } = await limited([
      { limit: 4, seconds: 10 },
      { limit: 9, seconds: 3_600 },
    ]);
    await sendMany(client, 10);
    expect(statuses(server)).not.toContain(429);
    const waited = deps.clock.sleeps.reduce((sum, wait) => sum + wait, 0);
    expect(waited).toBe(3_600_000);
    expect(deps.clock.sleeps.length).toBeGreaterThan(1);
  });

  it("is measured by the service's clock, however wrong ours is", async () => {
    for (const skewMs of [-600_000, 600_000]) {
      const { client, server, deps } = await limited([{ limit: 2, seconds: 10 }], { skewMs });
      await sendMany(client, 3);
      expect(deps.clock.sleeps).toEqual([10_000]);
      expect(statuses(server)).not.toContain(429);
    }
  });

  it("that another program used up is waited for after the 429", async () => {
    for (const retryAfter of ["seconds", "date", "none"] as const) {
      const { client, server, deps, url } = await limited([{ limit: 1, seconds: 30 }], {
        retryAfter,
      });
      await fetch(`${url}/notes`);
      expect(await client.send(creating())).toMatchObject({ ok: true });
      expect(statuses(server)).toEqual([200, 429, 201]);
      expect(deps.clock.sleeps).toEqual([30_000]);
    }
  });

  it("is told of while we wait", async () => {
    const { client, deps } = await limited([{ limit: 1, seconds: 10 }]);
    await sendMany(client, 2);
    expect(deps.events.filter(({ waitMs }) => waitMs !== undefined)).toEqual([
      {
        connection: "office",
        method: "GET",
        path: "/notes",
        durationMs: 0,
        waitMs: 10_000,
        waitReason: "rate-limit",
      },
    ]);
  });

  it("that would take longer than we wait is a problem, and nothing is sent", async () => {
    const { client, server, deps } = await limited([{ limit: 1, seconds: 7_200 }]);
    await client.send(reading());
    expect(await client.send(creating())).toMatchObject({
      ok: false,
      problem: { code: "rate-limited", retry: "later", applied: "no" },
    });
    expect(server.log).toHaveLength(1);
    expect(deps.clock.sleeps).toEqual([]);
  });

  it("that stays exhausted is a problem in the end", async () => {
    const { client, server } = await service({ client: { limits: { triesMax: 3 } } });
    server.faults.add({ kind: "status", status: 429, headers: { "retry-after": "5" }, times: 9 });
    expect(await client.send(creating())).toMatchObject({
      ok: false,
      problem: { code: "rate-limited", retry: "later", applied: "no" },
    });
    expect(server.log).toHaveLength(3);
  });
});

describe("a service that asks to wait", () => {
  it("is not asked by anybody else meanwhile", async () => {
    const { client, server, deps } = await service();
    server.faults.add({ kind: "status", status: 503, headers: { "retry-after": "20" } });
    await client.send(reading());
    const other = await client.send(reading({ path: "/notes?other" }));
    expect(other.ok).toBe(true);
    expect(deps.clock.sleeps).toEqual([20_000]);
    expect(deps.clock.millis() - startOfTest).toBe(20_000);
  });

  it.each([
    ["seconds", "120", 120_000],
    ["a date", new Date(startOfTest + 90_000).toUTCString(), 90_000],
    ["a date that has passed", new Date(startOfTest - 90_000).toUTCString(), 499],
    ["nonsense", "soon", 499],
  ])("in %s is obeyed", async (_name, retryAfter, waitMs) => {
    const { client, server, deps } = await service();
    server.faults.add({ kind: "status", status: 503, headers: { "retry-after": retryAfter } });
    expect(await client.send(creating())).toMatchObject({ ok: true });
    expect(deps.clock.sleeps).toEqual([waitMs]);
  });

  it("with a 503 is not believed to mean the end of an hour", async () => {
    const { client, server, deps } = await service();
    const headers = {
      "retry-after": "3",
      "x-rate-limit-limit": "3600",
      "x-rate-limit-remaining": "3000",
      "x-rate-limit-reset": String(startOfTest / 1_000 + 3_000),
    };
    server.faults.add({ kind: "status", status: 503, headers });
    expect(await client.send(reading())).toMatchObject({ ok: true });
    expect(deps.clock.sleeps).toEqual([3_000]);
  });

  it("with Retry-After and a reset means the later of the two", async () => {
    const { client, server, deps } = await service();
    const headers = {
      "retry-after": "3",
      "x-rate-limit-limit": "25",
      "x-rate-limit-remaining": "0",
      "x-rate-limit-reset": String(startOfTest / 1_000 + 9),
    };
    server.faults.add({ kind: "status", status: 429, headers });
    expect(await client.send(reading())).toMatchObject({ ok: true });
    expect(deps.clock.sleeps).toEqual([9_000]);
  });
});

describe("a budget", () => {
  it("is shared by everybody who has the same credential", async () => {
    const deps = fakeDeps();
    const budget = createRateBudget(deps.clock);
    const first = await service({ deps, client: { budget } });
    const second = await service({ deps, client: { budget } });
    first.server.faults.add({
      kind: "status",
      status: 429,
      headers: { "retry-after": "8" },
      times: 9,
    });
    const stop = new AbortController();
    await first.client.send(reading({ signal: stop.signal }));
    const before = deps.clock.sleeps.length;
    await second.client.send(reading());
    expect(deps.clock.sleeps.slice(before)).toEqual([8_000]);
  });

  it("does not count a window twice when answers come out of order", async () => {
    const clock = fakeClock();
    const budget = createRateBudget(clock);
    const admit = () =>
      budget.admit({
        signal: new AbortController().signal,
        waitMaxMs: 60_000,
        onWait: () => undefined,
      });
    const answer = (remaining: number) => ({
      status: 200,
      headers: {
        "x-rate-limit-limit": "10",
        "x-rate-limit-remaining": String(remaining),
        "x-rate-limit-reset": String(startOfTest / 1_000 + 10),
      },
    });
    await Promise.all([admit(), admit(), admit()]);
    for (const remaining of [7, 9, 8]) budget.settle(answer(remaining));
    for (let sent = 0; sent < 7; sent += 1) {
      await admit();
      budget.settle(null);
    }
    expect(clock.sleeps).toEqual([]);
    await admit();
    expect(clock.sleeps).toEqual([10_000]);
  });
});
