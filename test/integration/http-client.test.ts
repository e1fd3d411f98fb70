import { once } from "node:events";
import { createServer as createSocketServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createHttpClient } from "../../connectors/http/client.ts";
import type { HttpResult } from "../../connectors/http/http.ts";
import type { Fault } from "../../connectors/http/simulator/simulator.ts";
import { fakeDeps } from "../support/http-clock.ts";
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

function problemOf(result: HttpResult) {
  if (result.ok) throw new Error(`An answer, and not a problem: ${result.answer.status}`);
  return result.problem;
}

const harmlessTrouble: readonly (readonly [string, Fault])[] = [
  ["a 429", { kind: "status", status: 429 }],
  ["a 500", { kind: "status", status: 500 }],
  ["a 502 with HTML", { kind: "status", status: 502, body: "<html><title>Bad Gateway</title>" }],
  ["a 503", { kind: "status", status: 503 }],
  ["a 504", { kind: "status", status: 504 }],
  ["a connection that ends before the answer", { kind: "refuse" }],
  ["an answer that never comes", { kind: "lose-answer" }],
  ["half an answer", { kind: "cut-body" }],
];

describe("a request that does no harm twice", () => {
  it.each(harmlessTrouble)("is sent again after %s", async (_name, fault) => {
    const { client, server, deps } = await service();
    server.faults.add(fault);
    const result = await client.send(reading());
    expect(result).toMatchObject({ ok: true, answer: { status: 200, body: { notes: [] } } });
    expect(server.log).toHaveLength(2);
    // The first wait, with nearly full jitter, of half a second.
    expect(deps.clock.sleeps).toEqual([499]);
  });

  it("waits twice as long each time, up to a limit, and gives up with the last reason", async () => {
    const { client, server, deps } = await service({
      client: { limits: { triesMax: 6, backoffMaxMs: 3_000 } },
    });
    server.faults.add({ kind: "status", status: 500, times: 10 });
    const problem = problemOf(await client.send(reading()));
    expect(problem).toMatchObject({ code: "unreachable", retry: "later", applied: "no" });
    expect(server.log).toHaveLength(6);
    expect(deps.clock.sleeps).toEqual([499, 999, 1_998, 2_997, 2_997]);
  });

  it("is spread by jitter down to no wait at all", async () => {
    const { client, server, deps } = await service({ deps: fakeDeps({ random: () => 0 }) });
    server.faults.add({ kind: "status", status: 500 });
    await client.send(reading());
    expect(deps.clock.sleeps).toEqual([0]);
  });

  it("tells of the wait before the repeated try", async () => {
    const { client, server, deps } = await service();
    server.faults.add({ kind: "status", status: 500 });
    await client.send(reading());
    expect(deps.events).toEqual([
      { connection: "office", method: "GET", path: "/notes", status: 500, durationMs: 0 },
      {
        connection: "office",
        method: "GET",
        path: "/notes",
        durationMs: 0,
        waitMs: 499,
        waitReason: "retry",
      },
      { connection: "office", method: "GET", path: "/notes", status: 200, durationMs: 0 },
    ]);
  });

  it("is in doubt when it is a write that was sent and never answered", async () => {
    const { client, server } = await service({ client: { limits: { triesMax: 2 } } });
    server.faults.add({ kind: "lose-answer" });
    server.faults.add({ kind: "status", status: 503 });
    const problem = problemOf(await client.send(creating({ repeat: "harmless" })));
    expect(problem).toMatchObject({ code: "unreachable", applied: "maybe" });
  });

  it("is not in doubt when a repeated try is judged", async () => {
    const { client, server } = await service();
    server.faults.add({ kind: "lose-answer" });
    server.faults.add({ kind: "status", status: 422 });
    const problem = problemOf(await client.send(creating({ repeat: "harmless" })));
    expect(problem).toMatchObject({ code: "rejected", applied: "no" });
  });
});

describe("a request that must be sent once", () => {
  it.each([
    ["a 429", 429],
    ["a 503", 503],
  ])("is sent again after %s, which turns it away at the door", async (_name, status) => {
    const { client, server, notes } = await service();
    server.faults.add({ kind: "status", status });
    expect(await client.send(creating())).toMatchObject({ ok: true, answer: { body: { id: 1 } } });
    expect(notes).toHaveLength(1);
  });

  it.each([
    ["the answer is lost", { kind: "lose-answer" }, "answer-lost", 1],
    ["half the answer comes", { kind: "cut-body" }, "answer-lost", 1],
    ["the connection ends at once", { kind: "refuse" }, "answer-lost", 0],
    ["the service breaks (500)", { kind: "status", status: 500 }, "unreachable", 0],
    ["a gateway breaks (502)", { kind: "status", status: 502 }, "unreachable", 0],
    ["a gateway waits in vain (504)", { kind: "status", status: 504 }, "unreachable", 0],
    ["it takes too long (408)", { kind: "status", status: 408 }, "timed-out", 0],
    ["the answer is no JSON", { kind: "garbage", text: "<p>hi" }, "answer-unreadable", 1],
  ] as const)("is in doubt and never sent again when %s", async (_name, fault, code, made) => {
    const { client, server, notes, deps } = await service();
    server.faults.add(fault);
    expect(problemOf(await client.send(creating()))).toMatchObject({ code, applied: "maybe" });
    expect(server.log).toHaveLength(1);
    expect(notes).toHaveLength(made);
    expect(deps.clock.sleeps).toEqual([]);
  });

  it("is in doubt when the time limit passes after it was sent", async () => {
    const { client, server, notes } = await service({
      client: { limits: { requestTimeoutMs: 50 } },
    });
    server.faults.add({ kind: "slow", ms: 60_000 });
    const problem = problemOf(await client.send(creating()));
    expect(problem).toMatchObject({ code: "timed-out", retry: "later", applied: "maybe" });
    expect(problem.message).toContain("0.05 seconds");
    expect(notes).toHaveLength(1);
  });

  it("is sent again when no connection came about", async () => {
    const port = await freePort();
    const deps = fakeDeps();
    const client = createHttpClient({ baseUrl: `http://127.0.0.1:${port}`, deps });
    const problem = problemOf(await client.send(creating()));
    await client.close();
    expect(problem).toMatchObject({ code: "unreachable", retry: "later", applied: "no" });
    expect(problem.message).toContain("ECONNREFUSED");
    expect(deps.clock.sleeps).toHaveLength(4);
  });
});

describe("an answer", () => {
  it.each([304, 404])("may be a %i when the request says so", async (status) => {
    const { client, server } = await service({
      extend: ({ app }) => app.post("/notes/1", (_request, reply) => reply.code(status).send()),
    });
    const result = await client.send(creating({ path: "/notes/1", accept: [304, 404] }));
    expect(result).toMatchObject({ ok: true, answer: { status, body: null } });
    expect(server.log).toHaveLength(1);
  });

  it("has header names in lower case and parsed JSON", async () => {
    const { client } = await service({
      extend: ({ app }) =>
        app.get("/x", (_request, reply) => reply.header("X-Total", "2").send([])),
    });
    const result = await client.send(reading({ path: "x" }));
    expect(result).toMatchObject({ ok: true, answer: { body: [], headers: { "x-total": "2" } } });
  });

  it("is read up to a limit of bytes", async () => {
    const { client } = await service({
      client: { limits: { answerBytesMax: 1_000 } },
      extend: ({ app }) => app.get("/large", () => ({ text: "x".repeat(2_000) })),
    });
    expect(problemOf(await client.send(reading({ path: "/large" })))).toMatchObject({
      code: "limit-reached",
      retry: "never",
    });
  });

  it("that leads elsewhere is not followed", async () => {
    const { client, server } = await service({
      extend: ({ app }) => app.get("/old", (_request, reply) => reply.redirect("/notes")),
    });
    const problem = problemOf(await client.send(reading({ path: "/old" })));
    expect(problem).toMatchObject({ code: "answer-unreadable" });
    expect(server.log.map(({ url }) => url)).toEqual(["/old"]);
  });

  it("that is not HTTP is a problem and not a crash", async () => {
    const strange = createSocketServer((socket) =>
      socket.once("data", () => socket.end("SSH-2.0-OpenSSH_9.2\r\n")),
    ).listen(0);
    await once(strange, "listening");
    const address = strange.address();
    const port = typeof address === "object" ? address?.port : 0;
    const client = createHttpClient({ baseUrl: `http://127.0.0.1:${port}`, deps: fakeDeps() });
    const problem = problemOf(await client.send(reading()));
    await client.close();
    strange.close();
    expect(problem).toMatchObject({ code: "answer-unreadable" });
  });
});

describe("the request on the wire", () => {
  it("has a query with repeated keys, JSON, and the headers of every request", async () => {
    const { client, server } = await service({ client: { headers: { "X-Company": "4242" } } });
    await client.send(
      creating({ query: { page: 2, "ids[]": [1, "a b"], all: true }, body: { text: "ä" } }),
    );
    const [served] = server.log;
    const url = new URL(served?.url ?? "", "http://127.0.0.1");
    expect(url.searchParams.getAll("ids[]")).toEqual(["1", "a b"]);
    expect(url.searchParams.get("page")).toBe("2");
    expect(served?.headers).toMatchObject({ "x-company": "4242", accept: "application/json" });
    expect(served?.body).toEqual({ text: "ä" });
  });

  it("goes below the path of the base URL, and verbatim to an absolute URL of its origin", async () => {
    const { url, server, deps } = await service();
    const client = createHttpClient({ baseUrl: `${url}/api/v2/`, deps });
    await client.send(reading({ path: "/people", accept: [404] }));
    await client.send(reading({ path: `${url}/notes?page=2&filters%5Ba%5D=b`, accept: [404] }));
    await client.close();
    expect(server.log.map((served) => served.url)).toEqual([
      "/api/v2/people",
      "/notes?page=2&filters%5Ba%5D=b",
    ]);
  });

  it.each(["https://elsewhere.example/notes", "http://127.0.0.1:1/notes"])(
    "never goes to another origin (%s)",
    async (path) => {
      const { client, server, deps } = await service();
      expect(problemOf(await client.send(reading({ path })))).toMatchObject({
        code: "answer-unreadable",
        retry: "never",
      });
      expect(server.log).toEqual([]);
      expect(deps.events).toEqual([]);
    },
  );

  it.each(["not a url", "ftp://files.example", "https://user:hunter22@api.example"])(
    "does not go anywhere when the base URL is %s",
    async (baseUrl) => {
      const client = createHttpClient({ baseUrl, deps: fakeDeps() });
      const problem = problemOf(await client.send(reading()));
      await client.close();
      expect(problem.code).toBe("answer-unreadable");
      expect(JSON.stringify(problem)).not.toContain("hunter22");
    },
  );

  it("is one of at most so many at once", async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const { client } = await service({
      client: { limits: { concurrencyMax: 3 } },
      extend: ({ app }) =>
        app.get("/busy", async () => {
          const { promise, resolve } = Promise.withResolvers<void>();
          most = Math.max(most, waiting.push(resolve));
          // Long enough for a fourth to come, if one were let through.
          if (waiting.length === 3)
            setTimeout(() => {
              for (const go of waiting.splice(0)) go();
            }, 20);
          await promise;
          return {};
        }),
    });
    const sent = Array.from({ length: 12 }, () => client.send(reading({ path: "/busy" })));
    const results = await Promise.all(sent);
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(most).toBe(3);
  });
});

describe("stopping", () => {
  it("before sending sends nothing", async () => {
    const { client, server } = await service();
    const problem = problemOf(await client.send(creating({ signal: AbortSignal.abort() })));
    expect(problem).toMatchObject({ code: "cancelled", applied: "no" });
    expect(server.log).toEqual([]);
  });

  it("ends a write under way at once, and leaves it in doubt", async () => {
    const stop = new AbortController();
    const { client, server, notes } = await service({
      extend: ({ app }) => app.addHook("preHandler", async () => stop.abort()),
    });
    server.faults.add({ kind: "slow", ms: 60_000 });
    const problem = problemOf(await client.send(creating({ signal: stop.signal })));
    expect(problem).toMatchObject({ code: "cancelled", applied: "maybe" });
    expect(notes).toHaveLength(1);
  });

  it("ends the wait for a turn", async () => {
    const [stop, stopAll] = [new AbortController(), new AbortController()];
    const { client, server } = await service({ client: { limits: { concurrencyMax: 1 } } });
    server.faults.add({ kind: "slow", ms: 60_000 });
    const slow = client.send(reading({ signal: stopAll.signal }));
    const queued = client.send(creating({ signal: stop.signal }));
    while (server.log.length === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    expect(problemOf(await queued)).toMatchObject({ code: "cancelled", applied: "no" });
    stopAll.abort();
    expect(problemOf(await slow)).toMatchObject({ code: "cancelled" });
    expect(await client.send(reading())).toMatchObject({
      ok: true,
      answer: { body: { notes: [] } },
    });
    expect(server.log.map(({ method }) => method)).not.toContain("POST");
  });

  it("ends a wait", async () => {
    const stop = new AbortController();
    const deps = fakeDeps();
    const { client, server } = await service({
      deps: {
        ...deps,
        observe(event) {
          if (event.waitReason === "retry") stop.abort();
        },
      },
    });
    server.faults.add({ kind: "status", status: 500, times: 9 });
    const problem = problemOf(await client.send(reading({ signal: stop.signal })));
    expect(problem).toMatchObject({ code: "cancelled", applied: "no" });
    expect(server.log).toHaveLength(1);
    expect(deps.clock.sleeps).toEqual([]);
  });
});

async function freePort(): Promise<number> {
  const listening = createSocketServer().listen(0, "127.0.0.1");
  await once(listening, "listening");
  const address = listening.address();
  await new Promise((resolve) => listening.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
