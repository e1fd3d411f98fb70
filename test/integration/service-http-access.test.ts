import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeTokens } from "../support/service-fake.ts";
import {
  type Asked,
  type HttpWorld,
  httpWorld,
  type Told,
  type WorldOptions,
} from "../support/service-http.ts";

/* Who is let in, how a browser signs in, and what it may send from where. */

const session = "/api/v1/session";
const autosync = "/api/v1/workspaces/northridge/mappings/people/autosync";

async function inWorld(options: WorldOptions, story: (world: HttpWorld) => Promise<void>) {
  const world = await httpWorld(options);
  try {
    await story(world);
  } finally {
    await world.close();
  }
}

function codeOf({ status, json }: Told): string {
  return `${status} ${json?.code ?? ""}`.trim();
}

/** Shared by those who change nothing in it. */
let open: HttpWorld;

beforeAll(async () => {
  open = await httpWorld({ isOpen: true });
});

afterAll(() => open.close());

interface Browser {
  readonly cookie: string;
  readonly csrf: string;
}

async function signIn(
  world: HttpWorld,
  token: string = fakeTokens.operator,
  headers: Asked["headers"] = {},
): Promise<Browser & { readonly told: Told; readonly set: string }> {
  const told = await world.ask(null, "POST", session, { body: { token }, headers });
  const set = [told.headers["set-cookie"] ?? ""].flat().join("\n");
  return { told, set, cookie: set.split(";", 1)[0] ?? "", csrf: told.json?.csrf };
}

describe("tokens", () => {
  test("WWW-Authenticate says how to come in, and what is wrong with a token", () =>
    inWorld({}, async (world) => {
      const nobody = await world.ask(null, "GET", session);
      expect(nobody.json.code).toBe("sign-in-needed");
      expect(nobody.headers["www-authenticate"]).toBe('Bearer realm="syncctl"');
      const refused = await world.ask("revoked", "GET", session);
      expect(refused.json.code).toBe("token-refused");
      expect(refused.headers["www-authenticate"]).toBe(
        'Bearer realm="syncctl", error="invalid_token"',
      );
    }));

  test.for([
    "Bearer",
    "Bearer ",
    "Basic b3A6b3A=",
    "viewer-token",
    "Bearer viewer-token extra",
    `Bearer ${"x".repeat(600)}`,
    "Bearer unknown",
  ])("%s is no token, also where none is needed", async (authorization) => {
    const told = await open.ask(null, "GET", session, { headers: { authorization } });
    expect(codeOf(told)).toBe("401 token-refused");
  });

  test("the word Bearer can be written in any way", () =>
    inWorld({}, async (world) => {
      const headers = { authorization: "bearer   viewer-token" };
      expect((await world.ask(null, "GET", session, { headers })).json.how).toBe("token");
    }));

  test("a token needs no CSRF token, wherever a page is", () =>
    inWorld({}, async (world) => {
      const headers = { origin: "https://elsewhere.example" };
      const told = await world.ask("operator", "PUT", autosync, { body: { isOn: false }, headers });
      expect(told.status).toBe(200);
    }));
});

describe("sessions", () => {
  test("signing in gives a cookie that scripts and other sites do not get", () =>
    inWorld({}, async (world) => {
      const { told, set, cookie } = await signIn(world);
      expect(told.json).toEqual({
        how: "session",
        actor: { name: "Tom Okafor", role: "operator" },
        csrf: "csrf-1",
        isOpen: false,
      });
      expect(set).toBe(
        "syncctl-session=session-text-1; Path=/; Expires=Sun, 22 Nov 2026 04:12:05 GMT; HttpOnly; SameSite=Strict",
      );
      expect(told.text).not.toContain("session-text-1");
      const mine = await world.ask(null, "GET", session, { headers: { cookie } });
      expect(mine.json).toEqual(told.json);
    }));

  test("with https the cookie is sent by https alone, and the browser remembers to use it", () =>
    inWorld({ publicUrl: "https://sync.northridge.example" }, async (world) => {
      const { set, cookie, told } = await signIn(world);
      expect(set).toMatch(/^__Host-syncctl-session=session-text-1; Path=\/; .*; Secure;/);
      expect(told.headers["strict-transport-security"]).toBe("max-age=31536000");
      expect((await world.ask(null, "GET", session, { headers: { cookie } })).status).toBe(200);
      // The name without the prefix could have been set by a neighbouring site.
      const plain = cookie.replace("__Host-", "");
      const told2 = await world.ask(null, "GET", session, { headers: { cookie: plain } });
      expect(codeOf(told2)).toBe("401 sign-in-needed");
    }));

  test("what changes anything needs the CSRF token of the very session", () =>
    inWorld({}, async (world) => {
      const { cookie, csrf } = await signIn(world);
      const other = await signIn(world, fakeTokens.admin);
      const put = (headers: Record<string, string>) =>
        world.ask(null, "PUT", autosync, {
          body: { isOn: false },
          headers: { cookie, ...headers },
        });
      expect(codeOf(await put({}))).toBe("403 request-from-elsewhere");
      expect(codeOf(await put({ "x-csrf-token": "" }))).toBe("403 request-from-elsewhere");
      expect(codeOf(await put({ "x-csrf-token": `${csrf}x` }))).toBe("403 request-from-elsewhere");
      expect(codeOf(await put({ "x-csrf-token": other.csrf }))).toBe("403 request-from-elsewhere");
      const done = await put({ "x-csrf-token": csrf });
      expect(done.json.autosync).toMatchObject({ isOn: false, by: "Tom Okafor" });
    }));

  const origins: readonly (readonly [string, Record<string, string>, number])[] = [
    ["its own page", { origin: "http://localhost:80", "sec-fetch-site": "same-origin" }, 200],
    ["its own page, by https before a proxy", { origin: "https://localhost:80" }, 200],
    ["no browser", {}, 200],
    ["another site", { origin: "https://elsewhere.example" }, 403],
    ["a page of a file", { origin: "null" }, 403],
    ["another port of the same machine", { origin: "http://localhost:3000" }, 403],
    ["another site, told by the browser", { "sec-fetch-site": "cross-site" }, 403],
    ["a neighbouring site", { "sec-fetch-site": "same-site" }, 403],
  ];

  test.for(origins)("a write from %s", ([_title, headers, status]) =>
    inWorld({}, async (world) => {
      const { cookie, csrf } = await signIn(world);
      const told = await world.ask(null, "PUT", autosync, {
        body: { isOn: false },
        headers: { host: "localhost:80", cookie, "x-csrf-token": csrf, ...headers },
      });
      expect(told.status).toBe(status);
    }),
  );

  test("behind a proxy the address that people use counts", () =>
    inWorld({ publicUrl: "https://sync.northridge.example/" }, async (world) => {
      const { cookie, csrf } = await signIn(world);
      const put = (origin: string) =>
        world.ask(null, "PUT", autosync, {
          body: { isOn: false },
          headers: { host: "127.0.0.1:8080", cookie, "x-csrf-token": csrf, origin },
        });
      expect((await put("https://sync.northridge.example")).status).toBe(200);
      expect((await put("http://127.0.0.1:8080")).status).toBe(403);
    }));

  test("another site cannot sign a browser in", () =>
    inWorld({}, async (world) => {
      const { told } = await signIn(world, fakeTokens.admin, {
        origin: "https://elsewhere.example",
      });
      expect(told.json.code).toBe("request-from-elsewhere");
      expect(world.fake.access.sessions.size).toBe(0);
    }));

  test("signing out ends the session and takes the cookie back", () =>
    inWorld({}, async (world) => {
      const { cookie, csrf } = await signIn(world);
      const without = await world.ask(null, "DELETE", session, { headers: { cookie } });
      expect(codeOf(without)).toBe("403 request-from-elsewhere");
      const told = await world.ask(null, "DELETE", session, {
        headers: { cookie, "x-csrf-token": csrf },
      });
      expect(told.status).toBe(204);
      expect(told.headers["set-cookie"]).toMatch(/^syncctl-session=; .*Expires=Thu, 01 Jan 1970/);
      expect(codeOf(await world.ask(null, "GET", session, { headers: { cookie } }))).toBe(
        "401 sign-in-needed",
      );
    }));

  test("signing in again ends the session before", () =>
    inWorld({}, async (world) => {
      const { cookie } = await signIn(world);
      await signIn(world, fakeTokens.viewer, { cookie });
      expect([...world.fake.access.sessions.keys()]).toEqual(["session-text-2"]);
    }));

  test("a session ends with its token", () =>
    inWorld({}, async (world) => {
      const { cookie } = await signIn(world);
      await world.ask("admin", "DELETE", "/api/v1/tokens/t-operator");
      expect(codeOf(await world.ask(null, "GET", session, { headers: { cookie } }))).toBe(
        "401 sign-in-needed",
      );
    }));

  test("a token that is not good opens none", () =>
    inWorld({}, async (world) => {
      for (const token of [fakeTokens.revoked, "nonsense"]) {
        const { told, set } = await signIn(world, token);
        expect(codeOf(told)).toBe("401 token-refused");
        expect(set).toBe("");
      }
    }));
});

describe("without a token, from this machine", () => {
  const places: readonly (readonly [string, Record<string, string>, string, boolean])[] = [
    ["under the name localhost", { host: "localhost:4400" }, "127.0.0.1", true],
    ["under its address", { host: "127.0.0.1:4400" }, "127.0.0.1", true],
    ["under another loopback address", { host: "127.8.8.8" }, "127.8.8.8", true],
    ["by IPv6", { host: "[::1]:4400" }, "::1", true],
    ["by IPv4 within IPv6", { host: "LOCALHOST" }, "::ffff:127.0.0.1", true],
    [
      "under a name that somebody points here",
      { host: "rebound.example:4400" },
      "127.0.0.1",
      false,
    ],
    [
      "under a name that only looks like it",
      { host: "localhost.evil.example" },
      "127.0.0.1",
      false,
    ],
    [
      "under an address that only looks like it",
      { host: "127.0.0.1.evil.example" },
      "127.0.0.1",
      false,
    ],
    ["from another machine", { host: "localhost:4400" }, "192.168.1.20", false],
    [
      "through a proxy",
      { host: "localhost", "x-forwarded-for": "203.0.113.9" },
      "127.0.0.1",
      false,
    ],
    [
      "through a proxy of today",
      { host: "localhost", forwarded: "for=203.0.113.9" },
      "127.0.0.1",
      false,
    ],
    [
      "through a proxy that tells the scheme only",
      { host: "localhost", "x-forwarded-proto": "https" },
      "127.0.0.1",
      false,
    ],
  ];

  test.for(places)("%s", async ([_title, headers, remoteAddress, isIn]) => {
    const answer = await open.http.app.inject({ url: session, headers, remoteAddress });
    expect(answer.statusCode).toBe(isIn ? 200 : 401);
    if (isIn) {
      expect(answer.json()).toEqual({
        how: "loopback",
        actor: { name: "local", role: "admin" },
        isOpen: true,
      });
    }
  });

  test("also where there is a public address besides", () =>
    inWorld({ isOpen: true, publicUrl: "https://sync.northridge.example" }, async (world) => {
      const headers = { host: "localhost:4400", origin: "http://localhost:4400" };
      const told = await world.ask(null, "PUT", autosync, { body: { isOn: true }, headers });
      expect(told.status).toBe(200);
    }));

  test("nobody comes in like that once there are tokens", () =>
    inWorld({ isOpen: false }, async (world) => {
      expect(codeOf(await world.ask(null, "GET", session))).toBe("401 sign-in-needed");
    }));

  test("no page of another site can make the browser change or read anything", () =>
    inWorld({ isOpen: true }, async (world) => {
      const put = (headers: Record<string, string>) =>
        world.ask(null, "PUT", autosync, { body: { isOn: true }, headers });
      expect((await put({})).status).toBe(200);
      expect(codeOf(await put({ origin: "https://elsewhere.example" }))).toBe(
        "403 request-from-elsewhere",
      );
      expect(codeOf(await put({ "sec-fetch-site": "cross-site" }))).toBe(
        "403 request-from-elsewhere",
      );
      const get = (headers: Record<string, string>) => world.ask(null, "GET", session, { headers });
      expect(
        (await get({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" })).status,
      ).toBe(403);
      // A link that a person follows.
      expect(
        (await get({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" })).status,
      ).toBe(200);
    }));
});

describe("how often", () => {
  test("ten attempts to sign in from one address in five minutes", () =>
    inWorld({}, async (world) => {
      const attempt = (remoteAddress: string, token: string) =>
        world.http.app.inject({ method: "POST", url: session, payload: { token }, remoteAddress });
      for (let count = 0; count < 10; count += 1) {
        expect((await attempt("203.0.113.9", "guess")).statusCode).toBe(401);
      }
      const told = await attempt("203.0.113.9", fakeTokens.admin);
      expect(told.statusCode).toBe(429);
      expect(told.json().code).toBe("requests-too-many");
      expect(Number(told.headers["retry-after"])).toBeGreaterThan(200);
      expect((await attempt("203.0.113.10", fakeTokens.admin)).statusCode).toBe(200);
    }));

  test("of all addresses together", () =>
    inWorld({ limits: { signInsInAll: 3 } }, async (world) => {
      const statuses: number[] = [];
      for (const last of [1, 2, 3, 4]) {
        const { statusCode } = await world.http.app.inject({
          method: "POST",
          url: session,
          payload: { token: "guess" },
          remoteAddress: `203.0.113.${last}`,
        });
        statuses.push(statusCode);
      }
      expect(statuses).toEqual([401, 401, 401, 429]);
    }));

  test("tokens that are not good, but good ones go on", () =>
    inWorld({ limits: { refusedTokens: 2 } }, async (world) => {
      const codes: string[] = [];
      for (let count = 0; count < 4; count += 1) {
        codes.push(codeOf(await world.ask("revoked", "GET", session)));
      }
      expect(codes).toEqual([
        "401 token-refused",
        "401 token-refused",
        "429 requests-too-many",
        "429 requests-too-many",
      ]);
      expect((await world.ask("viewer", "GET", session)).status).toBe(200);
    }));

  test("any request, whatever is at the address", () =>
    inWorld({ limits: { requestsPerMinute: 3 } }, async (world) => {
      await world.ask(null, "GET", "/health");
      await world.ask(null, "GET", "/api/v1/nothing");
      await world.ask(null, "GET", "/");
      const told = await world.ask("admin", "GET", "/api/v1/nothing");
      expect(codeOf(told)).toBe("429 requests-too-many");
      expect(told.headers["retry-after"]).toMatch(/^\d+$/);
    }));

  test("behind a proxy each client counts by itself, without one nobody chooses an address", () =>
    inWorld({ limits: { requestsPerMinute: 1 } }, async (direct) => {
      const ask = (world: HttpWorld, client: string) =>
        world.ask(null, "GET", "/health", { headers: { "x-forwarded-for": client } });
      expect((await ask(direct, "203.0.113.1")).status).toBe(200);
      expect((await ask(direct, "203.0.113.2")).status).toBe(429);
      const publicUrl = "https://sync.northridge.example";
      await inWorld({ publicUrl, limits: { requestsPerMinute: 1 } }, async (proxied) => {
        expect((await ask(proxied, "203.0.113.1")).status).toBe(200);
        expect((await ask(proxied, "203.0.113.2")).status).toBe(200);
        expect((await ask(proxied, "203.0.113.2")).status).toBe(429);
      });
    }));
});
