import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectProblem } from "../support/problems.ts";
import { fakeIds } from "../support/service-fake.ts";
import { type HttpWorld, httpWorld, jsonOf, type Method } from "../support/service-http.ts";

/* Addresses and methods that there are not, and what is no HTTP at all. */

let world: HttpWorld;

beforeAll(async () => {
  world = await httpWorld();
});

afterAll(() => world.close());

describe("addresses that lead nowhere", () => {
  const nowhere: readonly (readonly [string, Method, string, number, string])[] = [
    ["an unknown one of the API", "GET", "/api/v1/nothing", 404, "page-unknown"],
    ["the API itself", "GET", "/api", 404, "page-unknown"],
    ["an unknown version", "GET", "/api/v2/runs", 404, "page-unknown"],
    ["an unknown one to write to", "POST", "/nothing", 404, "page-unknown"],
    [
      "one with a slash too many",
      "GET",
      "/api/v1/workspaces/northridge/held/",
      404,
      "page-unknown",
    ],
    ["a file that is not there", "GET", "/assets/none.js", 404, "page-unknown"],
    ["a broken percent sign", "GET", "/api/v1/workspaces/%zz", 400, "request-unreadable"],
    ["a broken character", "GET", "/api/v1/workspaces/%c3%28", 400, "request-unreadable"],
    ["the character NUL", "GET", "/api/v1/workspaces/a%00b", 400, "request-invalid"],
    ["the character NUL in a query", "GET", "/api/v1/runs?workspace=a%00b", 400, "request-invalid"],
    [
      "a part that is far too long",
      "GET",
      `/api/v1/workspaces/${"x".repeat(1_500)}`,
      414,
      "address-too-long",
    ],
    ["a path upwards", "GET", "/../../etc/passwd", 404, "page-unknown"],
    ["a hidden path upwards", "GET", "/%2e%2e/%2e%2e/package.json", 404, "page-unknown"],
  ];

  test.for(nowhere)("%s", async ([_title, method, url, status, code]) => {
    expectProblem(await world.ask("viewer", method, url), status, code);
  });

  const methods: readonly (readonly [Method, string, string])[] = [
    ["DELETE", "/api/v1/runs", "GET, HEAD"],
    ["PATCH", "/api/v1/tokens", "GET, HEAD, POST"],
    ["GET", `/api/v1/runs/${fakeIds.waiting}/approve`, "POST"],
    ["POST", "/health", "GET, HEAD"],
    ["OPTIONS", "/api/v1/session", "GET, HEAD, POST, DELETE"],
    ["HEAD", "/api/v1/events", "GET"],
  ];

  test.for(methods)("%s %s is not taken", async ([method, url, allowed]) => {
    const told = await world.ask("admin", method, url);
    expect(told.status).toBe(405);
    expect(told.headers["allow"]).toBe(allowed);
    if (method !== "HEAD") expectProblem(told, 405, "method-unknown");
  });
});

describe("what is no HTTP", () => {
  async function raw(bytes: string, port: number): Promise<string> {
    const socket = connect(port, "127.0.0.1");
    socket.write(bytes);
    return text(socket);
  }

  const wrong: readonly (readonly [string, string, number, string])[] = [
    ["nonsense", "HELLO\r\n\r\n", 400, "request-unreadable"],
    [
      "a header that ends nowhere",
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${"y".repeat(40_000)}\r\n\r\n`,
      431,
      "headers-too-large",
    ],
    [
      "an endless address",
      `GET /${"y".repeat(40_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
      431,
      "headers-too-large",
    ],
    [
      "two lengths",
      "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      400,
      "request-unreadable",
    ],
    ["no host", "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "request-unreadable"],
  ];

  test.for(wrong)("%s", async ([_title, bytes, status, code]) => {
    const port = Number(new URL(world.http.url).port);
    const [head = "", body = ""] = (await raw(bytes, port)).split("\r\n\r\n");
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toContain("application/problem+json");
    expect(jsonOf(body)).toMatchObject({ status, code, requestId: expect.any(String) });
  });

  test("a request that does not arrive", async () => {
    const mine = await httpWorld({ limits: { arrivalMs: 200 } });
    const port = Number(new URL(mine.http.url).port);
    const answer = await raw("POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Le", port);
    expect(answer).toContain("HTTP/1.1 408 ");
    expect(answer).toContain('"request-late"');
    await mine.close();
  });
});
