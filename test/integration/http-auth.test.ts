import { afterEach, describe, expect, it } from "vitest";
import { basicAuth, bearerToken } from "../../connectors/http/auth.ts";
import { createHttpClient } from "../../connectors/http/client.ts";
import type { AuthStrategy, HttpClient } from "../../connectors/http/http.ts";
import {
  type ClientCredentialsOptions,
  oauthClientCredentials,
} from "../../connectors/http/oauth.ts";
import { createServer, type SimulatorServer } from "../../connectors/http/simulator/server.ts";
import {
  createTokens,
  type Tokens,
  type TokensOptions,
} from "../../connectors/http/simulator/tokens.ts";
import { assumedLifeSeconds, readTokenAnswer } from "../../connectors/http/token-answer.ts";
import { type FakeDeps, fakeDeps } from "../support/http-clock.ts";
import { creating, reading } from "../support/http-service.ts";

const secret = "s3cret/with+signs";

interface Office {
  readonly server: SimulatorServer;
  readonly tokens: Tokens;
  readonly deps: FakeDeps;
  readonly client: HttpClient;
  readonly auth: AuthStrategy;
}

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A service whose notes are read with a token of its token endpoint. */
async function office(
  tokenOptions: Partial<TokensOptions> = {},
  oauthOptions: Partial<ClientCredentialsOptions> = {},
): Promise<Office> {
  const deps = fakeDeps();
  const server = createServer({ now: deps.clock.millis });
  const tokens = createTokens({
    clients: { syncctl: secret },
    lifeSeconds: 600,
    now: deps.clock.millis,
    ...tokenOptions,
  });
  server.app.post("/oauth/token", (request, reply) => {
    const { status, body } = tokens.grant(request.body);
    return reply.code(status).send(body);
  });
  server.app.all("/notes", (request, reply) =>
    tokens.check(request.headers.authorization).ok
      ? { notes: [] }
      : reply.code(401).send({ message: `who is ${request.headers.authorization}?` }),
  );
  const url = await server.listen(0);
  const auth = oauthClientCredentials({
    tokenUrl: `${url}/oauth/token`,
    body: { grant_type: "client_credentials", client_id: "syncctl", client_secret: secret },
    encoding: "form",
    deps,
    ...oauthOptions,
  });
  const client = createHttpClient({ baseUrl: url, auth, deps });
  closers.push(client.close, server.close);
  return { server, tokens, deps, client, auth };
}

function urls(server: SimulatorServer): readonly string[] {
  return server.log.map(({ url }) => url);
}

describe("client credentials", () => {
  it.each(["form", "json"] as const)("are sent as %s", async (encoding) => {
    const { server, client } = await office({}, { encoding });
    expect(await client.send(reading())).toMatchObject({ ok: true });
    const [asked, read] = server.log;
    expect(asked?.headers["content-type"]).toContain(encoding === "form" ? "urlencoded" : "json");
    expect(asked?.body).toEqual({
      grant_type: "client_credentials",
      client_id: "syncctl",
      client_secret: secret,
    });
    expect(read?.headers["authorization"]).toBe("Bearer sim-token-syncctl-1");
  });

  it("give one token to callers that come together, and for as long as it lives", async () => {
    const { server, client, deps } = await office();
    await Promise.all(Array.from({ length: 5 }, () => client.send(reading())));
    deps.clock.advance(539_000);
    await client.send(reading());
    expect(urls(server).filter((url) => url === "/oauth/token")).toHaveLength(1);
  });

  it("are renewed a minute before the token ends", async () => {
    const { tokens, client, deps } = await office();
    await client.send(reading());
    deps.clock.advance(540_000);
    await client.send(reading());
    expect(tokens.granted()).toBe(2);
  });

  it("are renewed at half its life when the token lives a minute only", async () => {
    const { tokens, client, deps } = await office({ lifeSeconds: 60 });
    await client.send(reading());
    deps.clock.advance(29_000);
    await client.send(reading());
    expect(tokens.granted()).toBe(1);
    deps.clock.advance(1_000);
    await client.send(reading());
    expect(tokens.granted()).toBe(2);
  });

  it.each([reading(), creating()])(
    "are renewed once when a token ends early, for a $method",
    async (request) => {
      const { server, tokens, client } = await office();
      await client.send(reading());
      tokens.expireAll();
      server.clearLog();
      expect(await client.send(request)).toMatchObject({ ok: true });
      expect(urls(server)).toEqual(["/notes", "/oauth/token", "/notes"]);
    },
  );

  it("are renewed once for all callers whose token ended", async () => {
    const { tokens, client } = await office();
    await client.send(reading());
    tokens.expireAll();
    const results = await Promise.all(Array.from({ length: 4 }, () => client.send(reading())));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(tokens.granted()).toBe(2);
  });

  it("are not tried a third time", async () => {
    const { server, client } = await office();
    server.faults.add({ kind: "status", status: 401, path: /notes/, times: 9 });
    const result = await client.send(creating());
    expect(result).toMatchObject({
      ok: false,
      problem: { code: "credentials-refused", retry: "never", applied: "no" },
    });
    expect(urls(server)).toEqual(["/oauth/token", "/notes", "/oauth/token", "/notes"]);
  });

  it("that are wrong are a problem that says so, without the secret", async () => {
    const { server, client, deps } = await office({ clients: { syncctl: "another" } });
    server.faults.add({
      kind: "status",
      status: 400,
      body: { error: "invalid_client", error_description: `no client syncctl with ${secret}` },
    });
    for (const result of [await client.send(creating()), await client.send(creating())]) {
      expect(result).toMatchObject({
        ok: false,
        problem: { code: "credentials-refused", retry: "never", applied: "no" },
      });
      expect(JSON.stringify(result)).toContain("invalid_client");
      expect(JSON.stringify(result)).not.toContain(secret);
    }
    expect(JSON.stringify(deps.events)).not.toContain(secret);
    expect(urls(server)).toEqual(["/oauth/token", "/oauth/token"]);
  });

  it("wait out trouble of the token endpoint", async () => {
    const { server, client, deps } = await office();
    server.faults.add({ kind: "status", status: 503, headers: { "retry-after": "7" } });
    server.faults.add({ kind: "cut-body", path: /token/ });
    expect(await client.send(creating())).toMatchObject({ ok: true });
    expect(deps.clock.sleeps).toEqual([7_000, 999]);
  });

  it("leave nothing in doubt when no token comes", async () => {
    const { server, client } = await office();
    server.faults.add({ kind: "lose-answer", path: /token/, times: 99 });
    expect(await client.send(creating())).toMatchObject({
      ok: false,
      problem: { code: "answer-lost", applied: "no" },
    });
  });

  it("go on for the others when one caller gives up", async () => {
    const { server, tokens, auth } = await office();
    server.faults.add({ kind: "slow", ms: 30 });
    const stop = new AbortController();
    const impatient = auth.authorization(stop.signal);
    const patient = auth.authorization(new AbortController().signal);
    stop.abort();
    expect(await impatient).toMatchObject({ ok: false, problem: { code: "cancelled" } });
    expect(await patient).toEqual({ ok: true, authorization: "Bearer sim-token-syncctl-1" });
    expect(tokens.granted()).toBe(1);
  });

  it("that are answered without a token are a problem", async () => {
    const { server, client } = await office();
    server.faults.add({ kind: "status", status: 200, body: { hello: "there" } });
    expect(await client.send(reading())).toMatchObject({
      ok: false,
      problem: { code: "answer-unreadable" },
    });
  });

  it("take the life out of a JSON Web Token that is all there is", async () => {
    const { tokens, client, deps } = await office({ format: "jwt", tellsLife: false });
    await client.send(reading());
    deps.clock.advance(539_000);
    await client.send(reading());
    expect(tokens.granted()).toBe(1);
    deps.clock.advance(1_000);
    await client.send(reading());
    expect(tokens.granted()).toBe(2);
  });
});

describe("the answer of a token endpoint", () => {
  const now = new Date("2026-03-02T08:00:00Z");

  function jwt(claims: unknown): string {
    return `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`;
  }

  it.each([
    ["expires_in", { access_token: "a", expires_in: 5_400 }, "a", 5_400],
    ["expires_in as text", { token: "b", expires_in: "90" }, "b", 90],
    ["exp", { jwt: jwt({ exp: now.getTime() / 1_000 + 1_200 }) }, undefined, 1_200],
    ["nothing", { access_token: "c" }, "c", assumedLifeSeconds],
    ["an exp that has passed", { jwt: jwt({ exp: 1 }) }, undefined, assumedLifeSeconds],
    ["no JSON", { access_token: "a.b.c", expires_in: -1 }, "a.b.c", assumedLifeSeconds],
  ])("lives by %s", (_name, body, token, lifeSeconds) => {
    const read = readTokenAnswer(body, now);
    expect(read?.lifeSeconds).toBe(lifeSeconds);
    if (token !== undefined) expect(read?.token).toBe(token);
  });

  it.each([null, "token", [], {}, { access_token: "" }, { access_token: 7 }])(
    "is none when it is %j",
    (body) => {
      expect(readTokenAnswer(body, now)).toBeNull();
    },
  );
});

describe("credentials that never change", () => {
  it("are sent as Basic, or as a bearer token without the line break of its file", async () => {
    const { signal } = new AbortController();
    expect(await basicAuth("id", "pä:ss").authorization(signal)).toEqual({
      ok: true,
      authorization: `Basic ${Buffer.from("id:pä:ss").toString("base64")}`,
    });
    expect(await bearerToken("abc\n").authorization(signal)).toEqual({
      ok: true,
      authorization: "Bearer abc",
    });
  });

  it("are not sent again after a 401", async () => {
    const { server, deps } = await office();
    const client = createHttpClient({
      baseUrl: server.app.listeningOrigin,
      auth: basicAuth("syncctl", secret),
      deps,
    });
    closers.push(client.close);
    const result = await client.send(reading());
    expect(result).toMatchObject({ ok: false, problem: { code: "credentials-refused" } });
    expect(server.log).toHaveLength(1);
    const shown = JSON.stringify(result.ok ? null : result.problem);
    expect(shown).toContain("who is");
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(Buffer.from(`syncctl:${secret}`).toString("base64"));
  });
});
