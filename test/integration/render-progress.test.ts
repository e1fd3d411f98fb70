import { expect, test } from "vitest";
import { progressLine } from "../../cli/render/progress.ts";
import type { EngineEvent } from "../../engine/run/events.ts";
import { people, users } from "../support/plans.ts";

function watched(options: { readonly terminal: boolean; readonly columns?: number }) {
  let now = 0;
  const written: string[] = [];
  const progress = progressLine({
    write: (text) => written.push(text),
    terminal: options.terminal,
    columns: options.columns ?? 80,
    clock: { now: () => new Date(now), sleep: () => Promise.resolve() },
  });
  return {
    written,
    clear: progress.clear,
    at(time: number, event: EngineEvent) {
      now = time;
      progress.observe(event);
    },
  };
}

const reading: EngineEvent = { kind: "reading", stream: people, records: 1_200 };
const wait: EngineEvent = {
  kind: "request",
  request: {
    connection: "office",
    method: "GET",
    path: "/users",
    durationMs: 0,
    waitMs: 41_000,
    waitReason: "rate-limit",
  },
};

test("a pipe gets no progress", () => {
  const watch = watched({ terminal: false });
  watch.at(60_000, reading);
  watch.clear();
  expect(watch.written).toEqual([]);
});

test("a terminal gets a line after two seconds, and not before", () => {
  const watch = watched({ terminal: true });
  watch.at(1_999, reading);
  watch.clear();
  expect(watch.written).toEqual([]);
  watch.at(2_000, { kind: "read", stream: users, records: 14, ended: true });
  expect(watch.written).toEqual(["\r\u001b[KReading hr/people 1,200 and office/users 14"]);
});

test("the line is not drawn more often than anyone could read, and is taken away at the end", () => {
  const watch = watched({ terminal: true });
  for (let time = 2_000; time < 3_000; time += 10) watch.at(time, reading);
  expect(watch.written).toHaveLength(10);
  watch.clear();
  expect(watch.written.at(-1)).toBe("\r\u001b[K");
});

test("a long wait is announced at once, because nothing else will be for a while", () => {
  const watch = watched({ terminal: true });
  watch.at(5_000, { kind: "applying", done: 12, of: 300 });
  watch.at(5_001, wait);
  expect(watch.written.at(-2)).toContain("Applying 12 of 300");
  expect(watch.written.at(-1)).toContain("Waiting 41 s for office for its rate limit");
});

test("the line never wraps", () => {
  const watch = watched({ terminal: true, columns: 30 });
  watch.at(2_000, { kind: "working-out", mapping: "m".repeat(99), rule: "r", records: 1, of: 2 });
  expect(watch.written[0]).toHaveLength("\r\u001b[K".length + 29);
});
