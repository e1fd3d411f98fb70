import { describe, expect, test } from "vitest";
import type { ServiceStore } from "../../engine/state/service-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import { ended, plan, planAt, request, requestIds, storedPlan } from "./service-store-samples.ts";
import type { ServiceBench } from "./service-store-suite.ts";
import { entry, link, minutesAfter, morning, run } from "./store-samples.ts";

const limits = { requests: minutesAfter(60), plans: minutesAfter(60), now: minutesAfter(60) };

const nothing = { requests: 0, runs: 0, entries: 0, plans: 0, sessions: 0 };

export function describePurge({ state, service }: ServiceBench): void {
  const harbour = () => state().workspace("harbour");

  describe("purging", () => {
    test("nothing removes nothing", async () => {
      expect(await service().purge(limits)).toEqual(nothing);
    });

    test("takes requests that ended before the time, with their plans, runs and entries", async () => {
      await service().addRequest(ended("old", minutesAfter(59)));
      await service().addRequest(ended("late", minutesAfter(59), { finishedAt: minutesAfter(60) }));
      await service().addRequest(ended("new", minutesAfter(61)));
      await service().addRequest(request("waiting", { status: "waiting", requestedAt: morning }));
      for (const [place, id] of ["old", "late", "new", "waiting"].entries()) {
        const made = planAt(`plan-${id}`, minutesAfter(70));
        await service().storePlan(storedPlan(made.id, { plan: made, requestId: id }));
        await finishedRun(harbour(), `run-${id}`, { request: id, entries: place + 1 });
      }
      await harbour().addLink(link("1"));

      expect(await service().purge(limits)).toEqual({
        ...nothing,
        requests: 1,
        plans: 1,
        runs: 1,
        entries: 1,
      });

      expect(await requestIds(service())).toEqual(["new", "late", "waiting"]);
      expect(await plansThere(service(), ["old", "late", "new", "waiting"])).toEqual([
        "late",
        "new",
        "waiting",
      ]);
      const left = await harbour().runs(10);
      expect(left.map(({ runId }) => runId).sort()).toEqual(["run-late", "run-new", "run-waiting"]);
      expect(await harbour().entries("run-old", { from: 0, limit: 10 })).toEqual([]);
      expect((await harbour().load("people")).links).toHaveLength(1);
      expect(await service().purge(limits)).toEqual(nothing);
    });

    test("takes runs without a request by the same age, of every workspace", async () => {
      await finishedRun(harbour(), "cli-old", { entries: 2 });
      await finishedRun(state().workspace(""), "cli-old", { entries: 3 });
      await finishedRun(harbour(), "cli-new", { at: 61, entries: 1 });
      await harbour().startRun(run("crashed"));
      await harbour().startRun(run("orphan", { request: "never stored" }));
      expect(await service().purge(limits)).toEqual({ ...nothing, runs: 4, entries: 5 });
      expect((await harbour().runs(10)).map(({ runId }) => runId)).toEqual(["cli-new"]);
    });

    test("keeps a run whose request is that of another workspace no longer than others", async () => {
      await service().addRequest(request("1", { status: "waiting", workspace: "quarry" }));
      await finishedRun(harbour(), "run-1", { request: "1" });
      expect(await service().purge(limits)).toMatchObject({ runs: 1 });
    });

    test("takes plans by an age of their own, unless their request is open", async () => {
      await service().addRequest(ended("done", minutesAfter(61)));
      await service().addRequest(request("open", { status: "applying" }));
      for (const id of ["done", "open", "of nobody"]) {
        await service().storePlan(storedPlan(`plan-${id}`, { requestId: id }));
      }
      const young = planAt("plan-young", minutesAfter(60));
      await service().storePlan(storedPlan(young.id, { plan: young, requestId: "done" }));
      expect(await service().purge(limits)).toEqual({ ...nothing, plans: 2 });
      expect(await plansThere(service(), ["done", "open", "of nobody", "young"])).toEqual([
        "open",
        "young",
      ]);
      expect(await requestIds(service())).toEqual(["done", "open"]);
    });

    test("comes to an end with more than one batch of everything", async () => {
      const many = Array.from({ length: 230 }, (_, number) => `${number}`);
      for (const id of many) {
        await service().addRequest(ended(id, morning));
        await harbour().startRun(run(id, { request: id }));
      }
      for (const id of many) {
        await service().storePlan(storedPlan(id, { plan: plan(id), requestId: "of nobody" }));
      }
      await harbour().addEntries(
        "7",
        Array.from({ length: 11_000 }, (_, sequence) => entry(sequence)),
      );
      expect(await service().purge(limits)).toEqual({
        ...nothing,
        requests: 230,
        runs: 230,
        entries: 11_000,
        plans: 230,
      });
      expect(await requestIds(service())).toEqual([]);
      expect(await harbour().runs(10)).toEqual([]);
    });

    test("several at once remove each thing once", async () => {
      for (let number = 0; number < 120; number += 1) {
        await service().addRequest(ended(`${number}`, morning));
        await finishedRun(harbour(), `${number}`, { request: `${number}`, entries: 1 });
      }
      const removed = await Promise.all([1, 2, 3].map(() => service().purge(limits)));
      const left = await service().purge(limits);
      const sum = (name: "requests" | "runs" | "entries") =>
        [...removed, left].reduce((total, one) => total + one[name], 0);
      expect([sum("requests"), sum("runs"), sum("entries")]).toEqual([120, 120, 120]);
    });
  });
}

/** Begins and ends at once, in the morning unless another minute is told. */
async function finishedRun(
  store: StateStore,
  runId: string,
  more: { readonly request?: string; readonly at?: number; readonly entries?: number } = {},
): Promise<void> {
  const startedAt = minutesAfter(more.at ?? 0);
  const { request: asked } = more;
  await store.startRun(
    run(runId, { startedAt, ...(asked === undefined ? {} : { request: asked }) }),
  );
  const entries = Array.from({ length: more.entries ?? 0 }, (_, sequence) => entry(sequence));
  await store.addEntries(runId, entries);
  await store.finishRun(runId, { status: "applied", finishedAt: startedAt });
}

async function plansThere(
  service: ServiceStore,
  ids: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const id of ids) {
    if (await service.plan({ workspace: "harbour", planId: `plan-${id}` })) found.push(id);
  }
  return found;
}
