import { describe, expect, test } from "vitest";
import type { RunEntry } from "../../engine/state/store.ts";
import type { RecordAddress } from "../../engine/value/address.ts";
import { entry, link, minutesAfter, morning, run, source, target } from "./store-samples.ts";
import type { StoreBench } from "./store-suite.ts";

export function describeRuns({ store }: StoreBench): void {
  describe("runs", () => {
    test("a run is there from its start on, and ends with its status", async () => {
      const started = run("run-1", {
        purpose: "link",
        mappings: ["people", "projects"],
        startedBy: "ilse",
        request: "request-1",
      });
      expect(await store().startRun(started)).toBe(true);
      expect(await store().run("run-1")).toEqual({ ...started, status: "running", counts: {} });
      await store().finishRun("run-1", {
        status: "partial",
        finishedAt: minutesAfter(3),
        note: "Said.",
      });
      expect(await store().run("run-1")).toEqual({
        ...started,
        status: "partial",
        finishedAt: minutesAfter(3),
        note: "Said.",
        counts: {},
      });
    });

    test("a plan is applied at most once", async () => {
      expect(await store().startRun(run("run-1", { planId: "plan" }))).toBe(true);
      await store().finishRun("run-1", { status: "applied", finishedAt: morning });
      expect(await store().startRun(run("run-2", { planId: "plan" }))).toBe(false);
      expect(await store().run("run-2")).toBeNull();
      expect(await store().run("run-1")).toMatchObject({ status: "applied" });
    });

    test("of several who start the same plan at once, one does", async () => {
      const answers = await Promise.all(
        [1, 2, 3, 4].map((number) => store().startRun(run(`run-${number}`, { planId: "plan" }))),
      );
      expect(answers.filter((started) => started)).toHaveLength(1);
      expect(await store().runs(10)).toHaveLength(1);
    });

    test("a run id is used once", async () => {
      await store().startRun(run("run-1"));
      await expect(store().startRun(run("run-1", { planId: "another" }))).rejects.toThrow();
    });

    test("a run that was not started cannot be finished and gets no entries", async () => {
      await expect(
        store().finishRun("run-1", { status: "applied", finishedAt: morning }),
      ).rejects.toThrow();
      await expect(store().addEntries("run-1", [entry(0)])).rejects.toThrow();
    });

    test("runs are listed newest first, also when two began in one moment", async () => {
      await store().startRun(run("b", { startedAt: minutesAfter(1) }));
      await store().startRun(run("d", { startedAt: minutesAfter(2) }));
      await store().startRun(run("a", { startedAt: morning }));
      await store().startRun(run("c", { startedAt: minutesAfter(2) }));
      expect((await store().runs(10)).map((one) => one.runId)).toEqual(["c", "d", "b", "a"]);
      expect((await store().runs(2)).map((one) => one.runId)).toEqual(["c", "d"]);
    });

    test("entries are counted by status, in the list as for one run", async () => {
      await store().startRun(run("run-1"));
      await store().startRun(run("run-2"));
      await store().addEntries("run-1", [
        entry(0),
        entry(1),
        entry(2, { status: "held", action: "none", code: "ambiguous", reason: "Two of them." }),
        entry(3, { status: "in-doubt", code: "answer-lost", reason: "No answer." }),
      ]);
      await store().addEntries("run-2", [entry(0, { status: "failed" })]);
      const counts = { applied: 2, held: 1, "in-doubt": 1 };
      expect((await store().run("run-1"))?.counts).toEqual(counts);
      expect((await store().runs(10)).map((one) => one.counts)).toEqual([{ failed: 1 }, counts]);
    });
  });

  describe("entries", () => {
    test("an entry comes back as it was stored", async () => {
      await store().startRun(run("run-1"));
      const entries = [
        entry(0, {
          target: target("t-1"),
          action: "update",
          status: "stale",
          code: "stale",
          reason: "The record changed.",
          fields: [
            { field: "job_title", before: null, after: "Foreman", baseline: null, why: "drift" },
            { field: "tags", after: ["a", "b"], why: "source-changed" },
          ],
        }),
        entry(1, { action: "none", status: "passed-over", rule: "", fields: [] }),
      ];
      await store().addEntries("run-1", entries);
      expect(await store().entries("run-1", { from: 0, limit: 10 })).toEqual(entries);
    });

    test("pages follow the sequence, whatever order the entries came in", async () => {
      await store().startRun(run("run-1"));
      await store().startRun(run("run-2"));
      await store().addEntries(
        "run-1",
        [11, 3, 0, 2, 10].map((sequence) => entry(sequence)),
      );
      await store().addEntries("run-2", [entry(1)]);
      const page = async (from: number, limit: number) =>
        (await store().entries("run-1", { from, limit })).map((one) => one.sequence);
      expect(await page(0, 3)).toEqual([0, 2, 3]);
      expect(await page(4, 3)).toEqual([10, 11]);
      expect(await page(12, 3)).toEqual([]);
      expect(await page(0, 0)).toEqual([]);
    });

    test("pages can be of some statuses alone", async () => {
      await store().startRun(run("run-1"));
      const statuses = ["applied", "held", "failed", "held", "applied", "held"] as const;
      await store().addEntries(
        "run-1",
        statuses.map((status, sequence) => entry(sequence, { status })),
      );
      const page = async (wanted: readonly RunEntry["status"][], from = 0, limit = 10) =>
        (await store().entries("run-1", { from, limit, statuses: wanted })).map(
          ({ sequence }) => sequence,
        );
      expect(await page(["held"])).toEqual([1, 3, 5]);
      expect(await page(["held", "failed"], 2, 2)).toEqual([2, 3]);
      expect(await page(["stale"])).toEqual([]);
      expect(await page([])).toEqual([]);
    });

    test("of entries that break a rule none is stored", async () => {
      await store().startRun(run("run-1"));
      const many = Array.from({ length: 1_500 }, (_, sequence) => entry(sequence));
      await expect(store().addEntries("run-1", [...many, entry(7)])).rejects.toThrow();
      expect(await store().run("run-1")).toMatchObject({ counts: {} });
    });

    test("a record's history has what any run did to it at either end, newest first", async () => {
      const started = ["b", "d", "a", "c"] as const;
      for (const [at, id] of started.entries()) {
        await store().startRun(run(id, { startedAt: minutesAfter(Math.min(at, 2)) }));
      }
      const ilse = source("1");
      await store().addEntries("a", [entry(0, { source: ilse, target: target("t-1") })]);
      await store().addEntries("b", [
        entry(0, { source: ilse, status: "held", action: "none", code: "ambiguous", fields: [] }),
        entry(1, { source: ilse, rule: "contacts" }),
        entry(2, { source: source("2"), target: target("t-2") }),
      ]);
      await store().addEntries("c", [entry(0, { source: target("t-1"), target: ilse })]);
      await store().addEntries("d", [
        entry(0, { source: { ...ilse, stream: "projects" }, target: target("1") }),
        entry(1, { source: { ...ilse, connection: "other" }, target: target("t-1") }),
      ]);
      const history = async (record: RecordAddress, limit = 10) =>
        (await store().history(record, limit)).map((one) => `${one.runId} ${one.sequence}`);
      expect(await history(ilse)).toEqual(["c 0", "a 0", "b 1", "b 0"]);
      expect(await history(ilse, 2)).toEqual(["c 0", "a 0"]);
      expect(await history(target("t-1"))).toEqual(["c 0", "a 0", "d 1"]);
      expect(await history(source("9"))).toEqual([]);
      expect(await store().history(source("2"), 10)).toEqual([
        {
          ...entry(2, { source: source("2"), target: target("t-2") }),
          runId: "b",
          at: morning,
        },
      ]);
    });

    test("a run without entries is one of no records", async () => {
      await store().startRun(run("run-1"));
      await store().addEntries("run-1", []);
      await store().settle([], "run-1", []);
      await store().addLink(link("1", { source: source("1") }));
      expect(await store().entries("run-1", { from: 0, limit: 10 })).toEqual([]);
    });
  });
}
