import { afterEach, describe, expect, it } from "vitest";
import { createSimulator } from "../../connectors/http/simulator/create-simulator.ts";
import { createFaults } from "../../connectors/http/simulator/faults.ts";
import { createLaggedCollection } from "../../connectors/http/simulator/lagged-collection.ts";
import { createRateWindows } from "../../connectors/http/simulator/rate-windows.ts";
import { remembering } from "../../connectors/http/simulator/remembering.ts";
import type { Simulator, SimulatorOptions } from "../../connectors/http/simulator/simulator.ts";
import { createTokens } from "../../connectors/http/simulator/tokens.ts";
import { fakeClock } from "../support/http-clock.ts";

const simulators: Simulator[] = [];

afterEach(async () => {
  await Promise.all(simulators.splice(0).map((simulator) => simulator.close()));
});

/** Keeps words, and gives them back. */
async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  let words: unknown[] = [];
  const simulator = await createSimulator({
    options,
    routes: (app) => {
      app.get("/words", () => words);
      app.post("/words", (request, reply) => {
        words.push(request.body);
        return reply.code(201).send({ count: words.length });
      });
    },
    load: (data) => {
      if (!Array.isArray(data)) throw new Error("The data is no list");
      words = [...data];
    },
    save: () => words,
    expireTokens: () => undefined,
    errorBody: (status, message) => ({ status, error: message }),
  });
  simulators.push(simulator);
  return simulator;
}

function post(simulator: Simulator, word: string): Promise<Response> {
  return fetch(`${simulator.url}/words`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ word }),
  });
}

describe("a simulator", () => {
  it("starts with data, takes other data, and gives it back", async () => {
    const simulator = await start({ data: ["a"] });
    expect(simulator.save()).toEqual(["a"]);
    simulator.load(["b", "c"]);
    expect(await (await fetch(`${simulator.url}/words`)).json()).toEqual(["b", "c"]);
    expect(() => simulator.load({})).toThrow("The data is no list");
  });

  it("logs what it served, struck or not", async () => {
    const simulator = await start();
    simulator.faults.add({ kind: "status", status: 503, after: 1 });
    await post(simulator, "one");
    await post(simulator, "two");
    expect(simulator.log).toMatchObject([
      { method: "POST", url: "/words", body: { word: "one" }, status: 201 },
      { method: "POST", url: "/words", body: { word: "two" }, status: 503 },
    ]);
    simulator.clearLog();
    expect(simulator.log).toEqual([]);
  });

  it("words its own errors as its system does, and dates answers by its own time", async () => {
    const clock = fakeClock();
    const simulator = await start({ now: clock.millis });
    const answer = await fetch(`${simulator.url}/nowhere?x=1`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ status: 404, error: "There is no GET /nowhere?x=1" });
    expect(answer.headers.get("date")).toBe(new Date(clock.millis()).toUTCString());
    expect(answer.headers.get("x-request-id")).toBe("sim-1");
    const bad = await fetch(`${simulator.url}/words`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{",
    });
    expect(bad.status).toBe(400);
    expect(await bad.json()).toMatchObject({ status: 400 });
  });

  it("closes while connections are open and an answer is slow", async () => {
    const simulator = await start();
    await post(simulator, "keeps its connection open");
    simulator.faults.add({ kind: "slow", ms: 3_600_000 });
    const slow = fetch(`${simulator.url}/words`).catch(() => "gone");
    while (simulator.log.length < 2) await new Promise((resolve) => setImmediate(resolve));
    await simulator.close();
    expect(await slow).toBe("gone");
  });
});

describe("a fault on the wire", () => {
  it.each([
    ["lose-answer", 1],
    ["cut-body", 1],
    ["refuse", 0],
  ] as const)("of the kind %s breaks the connection, with %i words kept", async (kind, kept) => {
    const simulator = await start();
    simulator.faults.add({ kind });
    await expect(post(simulator, "one").then((answer) => answer.text())).rejects.toThrow();
    expect(simulator.save()).toHaveLength(kept);
    expect((await post(simulator, "two")).status).toBe(201);
    expect(simulator.faults.struck).toEqual({ [kind]: 1 });
  });

  it("answers with a status, headers and a body in place of the service", async () => {
    const simulator = await start();
    simulator.faults.add({
      kind: "status",
      status: 429,
      headers: { "retry-after": "9" },
      body: { error: "slow down" },
    });
    const answer = await post(simulator, "one");
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("9");
    expect(await answer.json()).toEqual({ error: "slow down" });
    expect(simulator.save()).toEqual([]);
  });

  it("answers nonsense with 200 after the work was done", async () => {
    const simulator = await start();
    simulator.faults.add({ kind: "garbage", text: "<p>Welcome to the hotel" });
    const answer = await post(simulator, "one");
    expect([answer.status, await answer.text()]).toEqual([200, "<p>Welcome to the hotel"]);
    expect(simulator.save()).toHaveLength(1);
  });
});

describe("faults", () => {
  it("strike in the order in which they were added, after the calls that they let pass", () => {
    const faults = createFaults();
    faults.add({ kind: "refuse", method: "post", path: /words/g, after: 1, times: 2 });
    faults.add({ kind: "lose-answer", times: Number.POSITIVE_INFINITY });
    const struck = ["POST", "GET", "POST", "POST", "POST"].map(
      (method) => faults.strike(method, "/words")?.kind,
    );
    expect(struck).toEqual(["lose-answer", "lose-answer", "refuse", "refuse", "lose-answer"]);
    faults.clear();
    expect(faults.strike("POST", "/words")).toBeNull();
    expect(faults.struck).toEqual({ "lose-answer": 3, refuse: 2 });
  });
});

describe("tokens", () => {
  const clock = fakeClock();
  const tokens = createTokens({
    clients: { office: "right" },
    lifeSeconds: 60,
    now: clock.millis,
    demands: { grant_type: "client_credentials" },
  });
  const wanted = { grant_type: "client_credentials", client_id: "office", client_secret: "right" };

  it("are given to clients that are known, and end", () => {
    const { status, body } = tokens.grant(wanted);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 60 });
    const authorization = `Bearer ${body["access_token"]}`;
    expect(tokens.check(authorization)).toEqual({ ok: true, clientId: "office" });
    clock.advance(60_000);
    expect(tokens.check(authorization)).toEqual({ ok: false, reason: "expired" });
  });

  it("end all at once when told so", () => {
    const authorization = `Bearer ${tokens.grant(wanted).body["access_token"]}`;
    tokens.expireAll();
    expect(tokens.check(authorization)).toEqual({ ok: false, reason: "expired" });
  });

  it.each([
    [{ ...wanted, client_secret: "wrong" }, 401, "invalid_client"],
    [{ ...wanted, client_id: "toString", client_secret: undefined }, 401, "invalid_client"],
    [{ ...wanted, grant_type: "password" }, 400, "invalid_request"],
    [null, 400, "invalid_request"],
  ])("are refused for %j", (body, status, error) => {
    expect(tokens.grant(body)).toMatchObject({ status, body: { error } });
  });

  it.each([
    [undefined, "missing"],
    ["Basic abc", "missing"],
    ["Bearer made-up", "unknown"],
  ])("are not found in %s", (authorization, reason) => {
    expect(tokens.check(authorization)).toEqual({ ok: false, reason });
  });
});

describe("rate windows", () => {
  it("tell of the nearer one, by key, and refuse until it ends", () => {
    const clock = fakeClock();
    const windows = createRateWindows({
      windows: [
        { limit: 2, seconds: 10 },
        { limit: 5, seconds: 100 },
      ],
      now: clock.millis,
    });
    const limits = () => {
      const { allowed, headers } = windows.take("a");
      return [allowed, headers["x-rate-limit-limit"], headers["x-rate-limit-remaining"]];
    };
    expect([limits(), limits(), limits()]).toEqual([
      [true, "2", "1"],
      [true, "2", "0"],
      [false, "2", "0"],
    ]);
    expect(windows.take("b").allowed).toBe(true);
    clock.advance(10_000);
    expect([limits(), limits()]).toEqual([
      [true, "5", "2"],
      [true, "2", "0"],
    ]);
    clock.advance(10_000);
    expect([limits(), limits()]).toEqual([
      [true, "5", "0"],
      [false, "5", "0"],
    ]);
    expect(windows.take("a").headers["retry-after"]).toBe("80");
    windows.reset();
    expect(windows.take("a").allowed).toBe(true);
  });
});

describe("a collection that lags", () => {
  it("lists the state of a while ago, and shows the present by id", () => {
    const clock = fakeClock();
    const words = createLaggedCollection<string>({ readLagMs: 1_000, now: clock.millis });
    words.load([
      ["1", "one"],
      ["2", "two"],
    ]);
    expect(words.list()).toEqual(["one", "two"]);
    words.put("2", "zwei");
    words.put("3", "three");
    words.remove("1");
    expect(words.list()).toEqual(["one", "two"]);
    expect([words.current("1"), words.current("2"), words.current("3")]).toEqual([
      undefined,
      "zwei",
      "three",
    ]);
    expect(words.all()).toEqual(["zwei", "three"]);
    clock.advance(999);
    words.put("2", "deux");
    expect(words.list()).toEqual(["one", "two"]);
    clock.advance(1);
    expect(words.list()).toEqual(["zwei", "three"]);
    clock.advance(999);
    expect(words.list()).toEqual(["deux", "three"]);
  });

  it("gives the very same list until something changes", () => {
    const clock = fakeClock();
    const words = createLaggedCollection<string>({ readLagMs: 1_000, now: clock.millis });
    words.load([["1", "one"]]);
    const first = words.list();
    expect(words.list()).toBe(first);
    expect(words.all()).toBe(first);
    words.put("2", "two");
    expect(words.list()).toEqual(["one"]);
    clock.advance(1_000);
    expect(words.list()).toBe(words.all());
    expect(words.list()).toEqual(["one", "two"]);
    expect(words.list(clock.millis() - 1)).toEqual(["one"]);
    expect(first).toEqual(["one"]);
    words.load([["3", "three"]]);
    expect(words.list()).toEqual(["three"]);
  });

  it("never uses an id again", () => {
    const words = createLaggedCollection<string>({ readLagMs: 0, now: () => 0 });
    words.load([["7", "seven"]]);
    expect(words.remove("7")).toBe(true);
    expect(words.remove("7")).toBe(false);
    expect(() => words.put("7", "again")).toThrow("cannot be used again");
    expect([words.nextNumber(), words.nextNumber()]).toEqual([8, 9]);
    expect(() =>
      words.load([
        ["1", "a"],
        ["1", "b"],
      ]),
    ).toThrow("occurs twice");
  });
});

describe("what is remembered of a list", () => {
  it("is worked out once for each key, and again for another list", () => {
    const remembered = remembering<number, number>();
    const worked: string[] = [];
    const sum = (list: readonly number[], key: string) =>
      remembered(list, key, () => {
        worked.push(key);
        return list.reduce((total, each) => total + each, 0);
      });
    const list = [1, 2];
    expect([sum(list, "a"), sum(list, "a"), sum(list, "b"), sum([3], "a")]).toEqual([3, 3, 3, 3]);
    expect(worked).toEqual(["a", "b", "a"]);
  });

  it("is not kept without end", () => {
    const remembered = remembering<number, string>();
    const list = [1];
    const keys = Array.from({ length: 30 }, (_, at) => `key ${at}`);
    for (const key of keys) remembered(list, key, () => key);
    expect(remembered(list, "key 29", () => "worked out anew")).toBe("key 29");
    expect(remembered(list, "key 0", () => "worked out anew")).toBe("worked out anew");
  });
});
