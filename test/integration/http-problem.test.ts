import { afterEach, describe, expect, it } from "vitest";
import { basicAuth } from "../../connectors/http/auth.ts";
import { createHttpClient } from "../../connectors/http/client.ts";
import { readReasons, reasonCharsMax, reasonsCharsMax } from "../../connectors/http/reasons.ts";
import { redact } from "../../connectors/http/redact.ts";
import { createServer, type SimulatorServer } from "../../connectors/http/simulator/server.ts";
import type { Problem } from "../../engine/connector/problem.ts";
import { fakeDeps } from "../support/http-clock.ts";
import { creating, reading } from "../support/http-service.ts";

const servers: SimulatorServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const secret = "wonder-wall-77";

/** The problem that comes of an answer with this status and body. */
async function problemOf(status: number, body?: unknown, request = creating()): Promise<Problem> {
  const deps = fakeDeps();
  const server = createServer({ now: deps.clock.millis });
  servers.push(server);
  server.faults.add({ kind: "status", status, body, times: 99 });
  const client = createHttpClient({
    baseUrl: await server.listen(0),
    auth: basicAuth("office", secret),
    limits: { triesMax: 2 },
    deps,
  });
  const result = await client.send(request);
  await client.close();
  if (result.ok) throw new Error("An answer, and not a problem");
  return result.problem;
}

describe("a status", () => {
  it.each([
    [400, "rejected", "never", "no"],
    [401, "credentials-refused", "never", "no"],
    [403, "permission-denied", "never", "no"],
    [404, "not-found", "never", "no"],
    [406, "rejected", "never", "no"],
    [408, "timed-out", "later", "maybe"],
    [409, "already-exists", "never", "no"],
    [410, "not-found", "never", "no"],
    [413, "limit-reached", "never", "no"],
    [422, "rejected", "never", "no"],
    [429, "rate-limited", "later", "no"],
    [500, "unreachable", "later", "maybe"],
    [501, "unreachable", "never", "maybe"],
    [502, "unreachable", "later", "maybe"],
    [503, "unreachable", "later", "no"],
    [504, "unreachable", "later", "maybe"],
  ])("of %i is the problem %s", async (status, code, retry, applied) => {
    expect(await problemOf(status)).toMatchObject({ code, retry, applied });
  });

  it("of 5xx leaves a reading in no doubt", async () => {
    expect(await problemOf(500, undefined, reading())).toMatchObject({ applied: "no" });
  });
});

describe("a problem", () => {
  it("tells the connection, the service's reasons, and what to do", async () => {
    const body = { errors: { employee_id: ["has already been taken"] } };
    const { message } = await problemOf(422, body);
    expect(message).toBe(
      "office refused the values: employee_id: has already been taken. Correct them in the source system.",
    );
  });

  it("tells operators the method, the template, the status and the service's number of the request", async () => {
    const { detail } = await problemOf(
      422,
      {},
      creating({ path: "/notes/77", template: "/notes/{id}" }),
    );
    expect(detail).toBe("POST /notes/{id} -> 422, request id sim-1");
  });

  it("holds no secret, whatever the service repeats", async () => {
    const pair = Buffer.from(`office:${secret}`).toString("base64");
    const problem = await problemOf(422, {
      message: `Basic ${pair} is not welcome, nor is ${secret}, nor ${encodeURIComponent(secret)}`,
    });
    expect(problem.message).toContain("is not welcome");
    expect(JSON.stringify(problem)).not.toContain(secret);
    expect(JSON.stringify(problem)).not.toContain(pair);
  });
});

describe("reasons", () => {
  it.each([
    [{ message: "No." }, ["No."]],
    [{ error: "Company not found" }, ["Company not found"]],
    [
      { error: { message: "Bad", details: ["a is bad", "b is bad"] } },
      ["Bad", "a is bad", "b is bad"],
    ],
    [{ error: { code: 7, message: "Bad", details: { a: "is bad" } } }, ["Bad", "a: is bad"]],
    [{ errors: "Nothing works" }, ["Nothing works"]],
    [{ errors: ["one", "two", "one"] }, ["one", "two"]],
    [{ errors: { name: ["is missing", "is short"] } }, ["name: is missing", "name: is short"]],
    [{ errors: { base: ["No seats left"] } }, ["No seats left"]],
    [{ errors: [{ field: "name", message: "is missing" }] }, ["name: is missing"]],
    [{ errors: [{ title: "T", detail: "D" }] }, ["D", "T"]],
    [{ error: "invalid_grant", error_description: "Expired" }, ["Expired", "invalid_grant"]],
    [{ name: ["is missing"] }, ["name: is missing"]],
    ["plain words", ["plain words"]],
    [
      "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
      ["502 Bad Gateway"],
    ],
    ["<!doctype html><body><h1>Down</h1>for <b>work</b></body>", ["Down for work"]],
    ["two\r\nlines\u0000 and \u202Edirections\u001B[31m", ["two lines and directions [31m"]],
    [{ id: 7, name: "Ana Silva", email: "ana@north.example" }, []],
    [{ message: "" }, []],
    [null, []],
    [42, []],
  ])("of %j", (body, reasons) => {
    expect(readReasons(body)).toEqual(reasons);
  });

  it("are cut to a length that people read", () => {
    const [long = ""] = readReasons({ message: "x".repeat(5_000) });
    expect(long).toHaveLength(reasonCharsMax);
    const many = readReasons({
      errors: Array.from({ length: 50 }, (_, n) => `${n} ${"y".repeat(250)}`),
    });
    expect(many.length).toBeGreaterThan(1);
    expect(many.join("").length).toBeLessThanOrEqual(reasonsCharsMax);
  });

  it("do not get lost in a body without a bottom", () => {
    const body: Record<string, unknown> = { message: "deep" };
    body["errors"] = body;
    expect(readReasons(body)).toEqual(["deep"]);
  });
});

describe("redaction", () => {
  it.each([
    ["Authorization: Bearer abc.def-123", "Authorization: Bearer [secret]"],
    ["basic dXNlcjpwYXNz and more", "basic [secret] and more"],
    ["eyJhbGciOi.eyJzdWIi.c2ln was refused", "[secret] was refused"],
    ["client_secret=abcdef&grant_type=x", "client_secret=[secret]&grant_type=x"],
    ['{"access_token":"abcdef","ok":1}', '{"access_token":"[secret]","ok":1}'],
    ["see https://user:pass@host/path", "see https://[secret]@host/path"],
    ["the token has expired", "the token has expired"],
  ])("takes out what looks like a credential: %s", (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it("takes out known secrets in every spelling, the longest first, and leaves short ones alone", () => {
    const key = 'p"ss w/rd';
    const spellings = [
      key,
      encodeURIComponent(key),
      JSON.stringify(key),
      Buffer.from(key).toString("base64"),
    ];
    const text = redact(spellings.join(" | "), [key, "ss w/", "a"]);
    expect(text).toBe('[secret] | [secret] | "[secret]" | [secret]');
  });
});
