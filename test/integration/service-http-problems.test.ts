import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectProblem } from "../support/problems.ts";
import { fakeIds } from "../support/service-fake.ts";
import { type HttpWorld, httpWorld, type Method } from "../support/service-http.ts";

/* Whatever is sent, what comes back is a problem document that says what to do, and nothing of our insides. */

let world: HttpWorld;

beforeAll(async () => {
  world = await httpWorld({ limits: { requestsPerMinute: 100_000 } });
});

afterAll(() => world.close());

const runs = "/api/v1/workspaces/northridge/mappings/people/runs";

function post(body: string, headers: Record<string, string> = {}, url = runs) {
  return world.ask("operator", "POST", url, {
    body,
    headers: { "content-type": "application/json", ...headers },
  });
}

describe("values that do not fit", () => {
  test("each wrong value is named with its place", async () => {
    const told = await post('{"purpose":"both","allow":["a",7],"alow":[]}');
    expectProblem(told, 400, "request-invalid");
    expect(told.json.errors).toEqual([
      { in: "body", pointer: "#/alow", detail: "is not known here" },
      { in: "body", pointer: "#/purpose", detail: "must be one of sync, link" },
      { in: "body", pointer: "#/allow/1", detail: "must be string" },
    ]);
  });

  const wrong: readonly (readonly [string, Method, string, unknown, readonly string[]])[] = [
    [
      "a page that is too large",
      "GET",
      "/api/v1/runs?limit=201",
      undefined,
      ["query #/limit must be <= 200"],
    ],
    ["a page of nothing", "GET", "/api/v1/runs?limit=0", undefined, ["query #/limit must be >= 1"]],
    [
      "a number that is none",
      "GET",
      "/api/v1/runs?limit=ten",
      undefined,
      ["query #/limit must be integer"],
    ],
    [
      "two where one is meant",
      "GET",
      "/api/v1/runs?limit=1&limit=2",
      undefined,
      ["query #/limit must be integer"],
    ],
    [
      "too many entries",
      "GET",
      `/api/v1/runs/${fakeIds.long}/entries?limit=501`,
      undefined,
      ["query #/limit must be <= 500"],
    ],
    [
      "a negative position",
      "GET",
      `/api/v1/runs/${fakeIds.long}/entries?from=-1`,
      undefined,
      ["query #/from must be >= 0"],
    ],
    [
      "a status that there is not",
      "GET",
      "/api/v1/runs?status=finished",
      undefined,
      [
        "query #/status/0 must be one of queued, planning, waiting, applying, done, partial, refused, failed, cancelled",
      ],
    ],
    [
      "a kind that there is not",
      "GET",
      `/api/v1/runs/${fakeIds.waiting}/plan/changes?kind=remove`,
      undefined,
      ["query #/kind/0 must be one of create, link, update, retire, unlink, delete"],
    ],
    [
      "a misspelt name in a query",
      "GET",
      "/api/v1/runs?limt=5",
      undefined,
      ["query #/limt is not known here"],
    ],
    [
      "no record",
      "GET",
      "/api/v1/workspaces/northridge/mappings/people/explain",
      undefined,
      ["query #/record is missing"],
    ],
    [
      "no address",
      "GET",
      "/api/v1/workspaces/northridge/records",
      undefined,
      ["query #/address is missing"],
    ],
    [
      "thirteen addresses",
      "GET",
      `/api/v1/workspaces/northridge/records?${"address=a/b/c&".repeat(13)}`,
      undefined,
      ["query #/address must NOT have more than 12 items"],
    ],
    [
      "a text for a switch",
      "PUT",
      "/api/v1/workspaces/northridge/mappings/people/autosync",
      { isOn: "true" },
      ["body #/isOn must be boolean"],
    ],
    [
      "no value",
      "PUT",
      "/api/v1/workspaces/northridge/mappings/people/variables/people",
      {},
      ["body #/value is missing"],
    ],
    [
      "no body",
      "PUT",
      "/api/v1/workspaces/northridge/mappings/people/autosync",
      undefined,
      ["body # must be object"],
    ],
    [
      "a decision without its target",
      "POST",
      "/api/v1/workspaces/northridge/held",
      { mapping: "people", rule: "users", source: "a/b/c", why: "", decision: { kind: "link" } },
      ["body #/decision/target is missing"],
    ],
    [
      "a search that is too long",
      "GET",
      `/api/v1/runs/${fakeIds.waiting}/plan/held?search=${"x".repeat(201)}`,
      undefined,
      ["query #/search must NOT have more than 200 characters"],
    ],
    [
      "a name that is too long",
      "GET",
      `/api/v1/workspaces/${"x".repeat(201)}`,
      undefined,
      ["path #/workspace must NOT have more than 200 characters"],
    ],
  ];

  test.for(wrong)("%s", async ([_title, method, url, body, faults]) => {
    const told = await world.ask("admin", method, url, body === undefined ? {} : { body });
    expectProblem(told, 400, "request-invalid");
    const parts: readonly { in: string; pointer: string; detail: string }[] = told.json.errors;
    expect(parts.map((part) => `${part.in} ${part.pointer} ${part.detail}`)).toEqual(faults);
  });

  test("a token must end at an instant", async () => {
    for (const expiresAt of ["tomorrow", "2027-13-45T00:00:00Z"]) {
      const told = await world.ask("admin", "POST", "/api/v1/tokens", {
        body: { name: "CI", role: "viewer", expiresAt },
      });
      expectProblem(told, 400, "request-invalid");
      expect(told.json.errors[0].pointer).toBe("#/expiresAt");
    }
  });

  test("names of members in a pointer are escaped", async () => {
    const told = await post('{"a/b~c d":1}');
    expect(told.json.errors[0].pointer).toBe("#/a~1b~0c%20d");
  });

  test("at most twenty wrong values are listed", async () => {
    const told = await post(JSON.stringify({ allow: Array.from({ length: 50 }, () => 7) }));
    expectProblem(told, 400, "request-invalid");
    expect(told.json.errors).toHaveLength(20);
  });
});

describe("what the service refuses", () => {
  const refused: readonly (readonly [number, string, Method, string, unknown])[] = [
    [404, "workspace-unknown", "GET", "/api/v1/workspaces/atlantis", undefined],
    [404, "mapping-unknown", "POST", "/api/v1/workspaces/northridge/mappings/none/runs", {}],
    [404, "request-unknown", "GET", "/api/v1/runs/none", undefined],
    [404, "plan-missing", "GET", `/api/v1/runs/${fakeIds.failed}/plan/summary`, undefined],
    [404, "plan-missing", "GET", `/api/v1/runs/${fakeIds.failed}/plan`, undefined],
    [
      404,
      "variable-unknown",
      "PUT",
      "/api/v1/workspaces/northridge/mappings/people/variables/none",
      { value: 1 },
    ],
    [404, "token-unknown", "DELETE", "/api/v1/tokens/none", undefined],
    [409, "request-ended", "POST", `/api/v1/runs/${fakeIds.failed}/cancel`, undefined],
    [409, "plan-not-waiting", "POST", `/api/v1/runs/${fakeIds.failed}/reject`, undefined],
    [409, "guard-not-named", "POST", `/api/v1/runs/${fakeIds.waiting}/approve`, { allow: [] }],
    [
      422,
      "change-unknown",
      "POST",
      `/api/v1/runs/${fakeIds.large}/approve`,
      { changes: ["none"], allow: [] },
    ],
    [
      422,
      "address-unreadable",
      "GET",
      "/api/v1/workspaces/northridge/records?address=nothing",
      undefined,
    ],
  ];

  test.for(refused)("%i %s: %s %s", async ([status, code, method, url, body]) => {
    const told = await world.ask("admin", method, url, body === undefined ? {} : { body });
    expectProblem(told, status, code);
    expect(told.json.instance).toBe(url.split("?")[0]);
  });

  test("503 when it says so", async () => {
    const mine = await httpWorld({
      change: () => ({
        explain: async () => ({
          ok: false,
          trouble: { status: 503, code: "answer-late", message: "Procore did not answer." },
        }),
      }),
    });
    const url = "/api/v1/workspaces/northridge/mappings/people/explain?record=x";
    expectProblem(await mine.ask("viewer", "GET", url), 503, "answer-late");
    await mine.close();
  });
});

describe("what nobody expected", () => {
  test("is told with the id of the request alone; the log has the rest", async () => {
    const mine = await httpWorld({
      change: () => ({
        explain: async () => {
          throw Object.assign(new Error("password=hunter2 at db.internal"), { statusCode: 400 });
        },
      }),
    });
    const url = "/api/v1/workspaces/northridge/mappings/people/explain?record=x";
    const told = await mine.ask("viewer", "GET", url);
    expectProblem(told, 500, "service-fault");
    expect(told.text).not.toMatch(/hunter2|internal/);
    const fault = mine.lines.find(({ err }) => err !== undefined);
    expect(fault).toMatchObject({
      level: "error",
      requestId: told.json.requestId,
      route: "/api/v1/workspaces/:workspace/mappings/:mapping/explain",
    });
    expect(String(fault?.["err"])).toContain("hunter2");
    await mine.close();
  });
});

describe("bodies that cannot be read", () => {
  const bodies: readonly (readonly [string, number, string, string])[] = [
    ["half of JSON", 400, "request-unreadable", '{"purpose":'],
    ["no JSON", 400, "request-unreadable", "purpose=sync"],
    ["a list", 400, "request-invalid", "[]"],
    ["null", 400, "request-invalid", "null"],
    ["a member called __proto__", 400, "request-unreadable", '{"__proto__":{"isAdmin":true}}'],
    [
      "a constructor with a prototype",
      400,
      "request-unreadable",
      '{"constructor":{"prototype":{}}}',
    ],
    ["the character NUL", 400, "request-invalid", '{"allow":["a\\u0000b"]}'],
    ["half of a pair of surrogates", 400, "request-invalid", '{"allow":["\\ud83d"]}'],
    [
      "brackets within brackets",
      400,
      "request-invalid",
      `{"allow":${"[".repeat(40)}${"]".repeat(40)}}`,
    ],
    [
      "a hundred thousand brackets",
      400,
      "request-invalid",
      `{"allow":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    ],
    ["more than a megabyte", 413, "body-too-large", `{"allow":["${"x".repeat(1_100_000)}"]}`],
  ];

  test.for(bodies)("%s", async ([_title, status, code, body]) => {
    expectProblem(await post(body), status, code);
  });

  test.for([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml",
    "nonsense",
  ])("the media type %s", async (type) => {
    expectProblem(await post("purpose=sync", { "content-type": type }), 415, "media-type-unknown");
  });

  test("an empty body of JSON is as good as none", async () => {
    const told = await post("", {}, `/api/v1/runs/${fakeIds.running}/cancel`);
    expect(told.status).toBe(200);
    expectProblem(await post(""), 400, "request-invalid");
  });

  test("nothing was started by any of them", () => {
    expect(world.fake.state.counters.requests).toBe(0);
  });
});
