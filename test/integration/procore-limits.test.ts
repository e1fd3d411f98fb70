import { afterEach, expect, test } from "vitest";
import { procoreRateWindows } from "../../connectors/procore/simulator/simulator.ts";
import { call, openProcore, type ProcoreOffice, readAll } from "../support/procore-directory.ts";

let office: ProcoreOffice | null = null;

afterEach(async () => {
  await office?.close();
  office = null;
});

const user = { id: 700_200, last_name: "Brandvold", email_address: "ilse@builders.example" };

test.for(["seconds", "none"] as const)(
  "sixty calls go through a limit of 25 in ten seconds (Retry-After: %s)",
  async (retryAfter) => {
    office = await openProcore({
      data: { users: [user] },
      simulator: { rateWindows: procoreRateWindows, retryAfter },
    });
    const { stream, simulator, clock } = office;
    const began = clock.millis();
    const asked = Array.from({ length: 60 }, () => stream("users").get?.("700200", call));
    const results = await Promise.all(asked);
    expect(results.every((result) => result?.status === "found")).toBe(true);
    expect(clock.millis() - began).toBeGreaterThanOrEqual(20_000);
    // The headers are heeded: whoever has to be told by a 429 has not read them.
    expect(simulator.log.filter(({ status }) => status === 429)).toEqual([]);
  },
);

test("a 429 out of the blue and a 503 are waited out", async () => {
  office = await openProcore({ data: { users: [user] } });
  const { stream, simulator, clock } = office;
  const headers = { "retry-after": "7" };
  simulator.faults.add({ kind: "status", status: 429, path: /users$/, headers });
  simulator.faults.add({ kind: "status", status: 503, path: /users$/, headers });
  const { records, problem } = await readAll(stream("users"));
  expect(problem).toBeNull();
  expect(records).toHaveLength(1);
  expect(clock.sleeps).toEqual([7_000, 7_000]);
});

test("a token that ends in the middle of a reading is replaced", async () => {
  office = await openProcore({ data: { users: [user] } });
  const { stream, simulator } = office;
  let end = "";
  for await (const event of stream("users").read(call)) {
    simulator.expireTokens();
    end = event.kind;
  }
  expect(end).toBe("end");
  expect(simulator.log.filter(({ url }) => url === "/oauth/token")).toHaveLength(2);
});

test("a reading that is cut off says so, and a cancelled one as well", async () => {
  office = await openProcore({ data: { users: [user] } });
  const { stream, simulator } = office;
  simulator.faults.add({
    kind: "cut-body",
    path: /users\/inactive$/,
    times: Number.POSITIVE_INFINITY,
  });
  const { records, problem } = await readAll(stream("users"));
  expect(records).toHaveLength(1);
  expect(problem).toMatchObject({ code: "answer-lost", applied: "no" });
  const cancelled = [];
  for await (const event of stream("users").read({ signal: AbortSignal.abort() }))
    cancelled.push(event);
  expect(cancelled).toMatchObject([{ kind: "stopped", problem: { code: "cancelled" } }]);
});
