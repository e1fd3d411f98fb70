import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "../../engine/run/clock.ts";
import { fakeIds, fakeTokens } from "../support/service-fake.ts";
import { type HttpWorld, httpWorld, jsonOf, type WorldOptions } from "../support/service-http.ts";

/* The stream of events, over real connections. */

const path = "/api/v1/events";
let world: HttpWorld;

afterEach(() => world.close());

interface Listening {
  readonly answer: Response;
  /** All that has come so far. */
  readonly text: () => string;
  /** Settles when the server, or the client, has ended the stream. */
  readonly over: Promise<"ended" | "broken">;
  leave(): void;
}

async function listen(headers: Record<string, string>): Promise<Listening> {
  const stop = new AbortController();
  const answer = await fetch(`${world.http.url}${path}`, { headers, signal: stop.signal });
  let text = "";
  const decoder = new TextDecoder();
  async function read(): Promise<"ended" | "broken"> {
    try {
      for await (const piece of answer.body ?? []) text += decoder.decode(piece, { stream: true });
      return "ended";
    } catch {
      return "broken";
    }
  }
  return { answer, text: () => text, over: read(), leave: () => stop.abort() };
}

const as = (token: string) => ({ authorization: `Bearer ${token}` });

/** Nothing here takes longer than some milliseconds on a machine that is not busy. */
async function until(what: () => boolean): Promise<void> {
  const patienceMs = 20_000;
  const end = Date.now() + patienceMs;
  while (!what()) {
    if (Date.now() > end) throw new Error("It has not come to that.");
    await pause(5);
  }
}

function eventsIn(text: string): readonly unknown[] {
  return text
    .split("\n\n")
    .filter((block) => block.startsWith("event: request\n"))
    .map((block) => jsonOf(block.replace("event: request\ndata: ", "")));
}

async function open(options: WorldOptions = {}): Promise<void> {
  world = await httpWorld(options);
}

function touch(id: string): void {
  const request = world.fake.state.requests.find((each) => each.id === id);
  if (!request) throw new Error(`There is no ${id}.`);
  for (const [listener, actor] of world.fake.state.listeners) {
    if (!actor.workspaces || actor.workspaces.includes(request.workspace)) {
      listener({ requestId: id, workspace: request.workspace });
    }
  }
}

describe("events", () => {
  test("S-022: a run tells of itself from beginning to end", async () => {
    await open();
    const stream = await listen(as(fakeTokens.viewer));
    expect(stream.answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(stream.answer.headers.get("cache-control")).toBe("no-store");
    const url = "/api/v1/workspaces/northridge/mappings/workers/runs";
    const { json } = await world.ask("operator", "POST", url, { body: {} });
    await until(() => eventsIn(stream.text()).length === 1);
    for (let step = 0; step < 10; step += 1) world.fake.step();
    // The other one that was under way has told of itself, too.
    const told = () => eventsIn(stream.text()).map((event) => JSON.stringify(event));
    const mine = JSON.stringify({ requestId: json.id, workspace: "northridge" });
    await until(() => told().filter((event) => event === mine).length > 1);
    const { json: view } = await world.ask("viewer", "GET", `/api/v1/runs/${json.id}`);
    expect(view.request.status).toBe("done");
    stream.leave();
    await until(() => world.fake.state.listeners.size === 0);
  });

  test("each actor hears of its own workspaces only", async () => {
    await open();
    const harbor = await listen(as(fakeTokens.harbor));
    const all = await listen(as(fakeTokens.viewer));
    touch(fakeIds.waiting);
    touch(fakeIds.harbor);
    await until(() => eventsIn(all.text()).length === 2 && eventsIn(harbor.text()).length === 1);
    expect(eventsIn(harbor.text())).toEqual([{ requestId: fakeIds.harbor, workspace: "harbor" }]);
    harbor.leave();
    all.leave();
  });

  test("comments keep it open while nothing happens", async () => {
    await open({ limits: { heartbeatMs: 10 } });
    const stream = await listen(as(fakeTokens.viewer));
    await until(
      () =>
        stream
          .text()
          .split("\n\n")
          .filter((block) => block === ":").length > 2,
    );
    expect(stream.text()).toMatch(/^retry: \d+\n\n/);
    stream.leave();
  });
});

describe("the end of a stream", () => {
  test("comes with the end of its session, at once", async () => {
    await open();
    const signed = await world.ask(null, "POST", "/api/v1/session", {
      body: { token: fakeTokens.viewer },
    });
    const cookie = String(signed.headers["set-cookie"]).split(";", 1)[0] ?? "";
    const mine = await listen({ cookie });
    const other = await listen(as(fakeTokens.viewer));
    const headers = { cookie, "x-csrf-token": signed.json.csrf };
    await world.ask(null, "DELETE", "/api/v1/session", { headers });
    expect(await mine.over).toBe("ended");
    touch(fakeIds.waiting);
    await until(() => eventsIn(other.text()).length === 1);
    expect(eventsIn(mine.text())).toEqual([]);
    other.leave();
  });

  test("comes with the end of its token, at the next comment", async () => {
    await open({ limits: { heartbeatMs: 10 } });
    const stream = await listen(as(fakeTokens.viewer));
    await world.ask("admin", "DELETE", "/api/v1/tokens/t-viewer");
    expect(await stream.over).toBe("ended");
    await until(() => world.fake.state.listeners.size === 0);
  });

  test("comes when nobody can tell any more who it is for", async () => {
    await open({ limits: { heartbeatMs: 10 } });
    const stream = await listen(as(fakeTokens.viewer));
    world.fake.access.tokens.get = () => {
      throw new Error("The state does not answer.");
    };
    expect(await stream.over).toBe("ended");
  });

  test("comes when the service stops, and stopping does not wait for it", async () => {
    await open();
    const stream = await listen(as(fakeTokens.viewer));
    await world.http.close();
    expect(await stream.over).toBe("ended");
  });

  test("comes for a client that reads nothing, and what it missed costs nothing", async () => {
    await open({ limits: { heartbeatMs: 20, slowMs: 1 }, clock: systemClock });
    const socket = connect(Number(new URL(world.http.url).port), "127.0.0.1");
    socket.pause();
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${fakeTokens.viewer}\r\n\r\n`,
    );
    await until(() => world.fake.state.listeners.size === 1);
    let isGone = false;
    socket.on("close", () => {
      isGone = true;
    });
    // More than the buffers of a connection hold.
    const long = "x".repeat(100_000);
    await until(() => {
      for (const [listener] of world.fake.state.listeners) {
        for (let count = 0; count < 20; count += 1) {
          listener({ requestId: `${count}${long}`, workspace: "northridge" });
        }
      }
      return world.fake.state.listeners.size === 0;
    });
    socket.resume();
    await until(() => isGone);
  });
});

describe("how many", () => {
  test("an actor has a number of them, and so have all together", async () => {
    await open({ limits: { streams: 2, streamsInAll: 3 } });
    const one = await listen(as(fakeTokens.viewer));
    const two = await listen(as(fakeTokens.viewer));
    const three = await listen(as(fakeTokens.viewer));
    expect(three.answer.status).toBe(429);
    expect(three.answer.headers.get("retry-after")).toBe("30");
    expect(jsonOf(await three.over.then(() => three.text()))).toMatchObject({
      code: "streams-too-many",
    });
    const operator = await listen(as(fakeTokens.operator));
    expect(operator.answer.status).toBe(200);
    expect((await listen(as(fakeTokens.admin))).answer.status).toBe(429);
    one.leave();
    await until(() => world.fake.state.listeners.size === 2);
    const again = await listen(as(fakeTokens.viewer));
    expect(again.answer.status).toBe(200);
    for (const stream of [two, operator, again]) stream.leave();
  });
});
