import { describe, expect, test } from "vitest";
import type { RunRequest } from "../../server/dashboard/source/api/client.ts";
import { problemOf } from "../../server/dashboard/source/api/problem.ts";
import { readSequence, type SequenceState } from "../../server/dashboard/source/api/sequence.ts";
import { offsetsOf, rangeBetween } from "../../server/dashboard/source/kit/virtual.ts";
import { entryGroups, groupCount } from "../../server/dashboard/source/pages/run/entry-groups.ts";
import { merged } from "../../server/dashboard/source/pages/runs/merge-runs.ts";
import { runGroupOf } from "../../server/dashboard/source/pages/runs/run-filter.ts";

/* What the dashboard works out without a browser: long lists, what has changed in them, and what went wrong. */

describe("lists", () => {
  test("only the rows in and around the window are drawn, whatever their heights", () => {
    const offsets = offsetsOf(10_000, (index) => (index % 2 === 0 ? 40 : 80));
    expect(offsets[10_000]).toBe(600_000);
    expect(rangeBetween(offsets, 300_000, 300_900, 5)).toEqual({ from: 4_995, to: 5_021 });
    expect(rangeBetween(offsets, -500, 400, 5)).toEqual({ from: 0, to: 13 });
    expect(rangeBetween(offsets, 900_000, 901_000, 5)).toEqual({ from: 9_994, to: 10_000 });
    expect(
      rangeBetween(
        offsetsOf(0, () => 40),
        0,
        900,
        5,
      ),
    ).toEqual({ from: 0, to: 0 });
  });

  test("a run that has changed takes its place, a new one comes first, one that fits no more goes", () => {
    const run = (id: string, status: RunRequest["status"], minute: number, mapping = "people") =>
      ({
        id,
        status,
        mapping,
        workspace: "a",
        requestedAt: `2026-11-21T20:${String(minute).padStart(2, "0")}:00.000Z`,
      }) as RunRequest;
    const all = { workspace: "a", mapping: "", group: "all" } as const;
    const ids = (rows: readonly RunRequest[]) => rows.map(({ id, status }) => `${id} ${status}`);
    const rows = [run("2", "applying", 2), run("1", "done", 1)];
    expect(ids(merged(rows, [run("2", "done", 2)], all))).toEqual(["2 done", "1 done"]);
    expect(ids(merged(rows, [run("3", "queued", 3)], all))[0]).toBe("3 queued");
    expect(ids(merged(rows, [run("0", "done", 0)], all))).toEqual(["2 applying", "1 done"]);
    expect(ids(merged(rows, [run("2", "done", 2)], { ...all, group: "open" }))).toEqual([]);
    expect(
      ids(merged(rows, [run("3", "queued", 3, "projects")], { ...all, mapping: "people" })),
    ).toEqual(["2 applying", "1 done"]);
    expect(runGroupOf("nonsense")).toBe("all");
  });

  test("S-022: records are counted over all runs of a request, each in one group", () => {
    const statuses = Object.values(entryGroups).flatMap(({ statuses }) => statuses ?? []);
    expect(new Set(statuses).size).toBe(statuses.length);
    const runs = [
      { counts: { applied: 10, held: 1 } },
      { counts: { applied: 5, failed: 2, "in-doubt": 1, "passed-over": 4 } },
    ] as unknown as Parameters<typeof groupCount>[0];
    expect(
      (["all", "written", "held", "trouble", "out"] as const).map((group) =>
        groupCount(runs, group),
      ),
    ).toEqual([23, 15, 1, 3, 4]);
  });
});

describe("problems", () => {
  test("a problem document is told as it is", () => {
    const problem = problemOf(422, {
      title: "Values are wrong",
      detail: "The value is no number.",
      code: "variable-unfit",
      requestId: "r-9",
      errors: [{ in: "body", pointer: "#/value", detail: "No number." }],
    });
    expect(problem).toEqual({
      kind: "refused",
      status: 422,
      code: "variable-unfit",
      message: "The value is no number.",
      requestId: "r-9",
      errors: [{ path: "#/value", message: "No number." }],
    });
  });

  test("an answer of something in between still gives a sentence", () => {
    expect(problemOf(502, undefined).message).toBe(
      "The service answered with 502 and gave no reason.",
    );
    expect(problemOf(401, { detail: "No token." }).kind).toBe("signed-out");
  });
});

describe("a list that is read page by page", () => {
  /** Answers when it is told to. */
  function paper() {
    const asked: { readonly at: number | undefined; readonly answer: (page: Page) => void }[] = [];
    const states: SequenceState<string>[] = [];
    const reader = readSequence<string, number>(
      (at) =>
        new Promise((resolve) => {
          asked.push({ at, answer: (page) => resolve({ ok: true, value: page }) });
        }),
      (state) => states.push(state),
    );
    const answer = async (page: Page) => {
      asked.at(-1)?.answer(page);
      await Promise.resolve();
      await Promise.resolve();
    };
    return { reader, asked, answer, newest: () => states.at(-1) };
  }
  type Page = { rows: readonly string[]; next?: number; end?: number };

  test("a page is asked for once, however often it is wanted, and the last one ends it", async () => {
    const { reader, asked, answer, newest } = paper();
    reader.reload();
    reader.more();
    await answer({ rows: ["a", "b"], next: 2 });
    reader.more();
    reader.more();
    expect(asked.map(({ at }) => at)).toEqual([undefined, 2]);
    await answer({ rows: ["c"], end: 3 });
    expect(newest()).toMatchObject({ rows: ["a", "b", "c"], isWhole: true, isLoading: false });
    reader.more();
    expect(asked).toHaveLength(2);
  });

  test("S-022: a log that grows goes on at its end, also when it grew while it was read", async () => {
    const { reader, asked, answer, newest } = paper();
    reader.reload();
    reader.extend();
    await answer({ rows: ["a"], end: 1 });
    expect(asked.map(({ at }) => at)).toEqual([undefined, 1]);
    await answer({ rows: ["b"], end: 2 });
    expect(newest()).toMatchObject({ rows: ["a", "b"], isWhole: true });
    reader.extend();
    await answer({ rows: [] });
    reader.extend();
    expect(asked.map(({ at }) => at)).toEqual([undefined, 1, 2, 2]);
  });

  test("an answer that nobody wants any more is not shown, and a change in between is kept", async () => {
    const { reader, asked, answer, newest } = paper();
    reader.reload();
    reader.reload();
    asked[0]?.answer({ rows: ["old"] });
    await answer({ rows: ["new"], next: 1 });
    reader.more();
    reader.patch((rows) => rows.map((row) => `${row}!`));
    await answer({ rows: ["later"] });
    expect(newest()?.rows).toEqual(["new!", "later"]);
    reader.reload();
    reader.stop();
    await answer({ rows: ["too late"] });
    expect(newest()?.rows).toEqual(["new!", "later"]);
  });

  test("what could not be read can be asked for again from where it stopped", async () => {
    const asked: (number | undefined)[] = [];
    const states: SequenceState<string>[] = [];
    let isAway = true;
    const reader = readSequence<string, number>(
      async (at) => {
        asked.push(at);
        if (at === 1 && isAway) return { ok: false, problem: problemOf(503, undefined) };
        return { ok: true, value: at === undefined ? { rows: ["a"], next: 1 } : { rows: ["b"] } };
      },
      (state) => states.push(state),
    );
    const settled = () => expect.poll(() => states.at(-1)?.isLoading).toBe(false);
    reader.reload();
    await settled();
    reader.more();
    await settled();
    expect(states.at(-1)).toMatchObject({ rows: ["a"], problem: { status: 503 } });
    isAway = false;
    reader.more();
    await settled();
    expect(asked).toEqual([undefined, 1, 1]);
    expect(states.at(-1)).toEqual({
      rows: ["a", "b"],
      isWhole: true,
      isLoading: false,
      total: undefined,
    });
  });
});
