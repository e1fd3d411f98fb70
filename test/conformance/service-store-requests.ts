import { describe, expect, test } from "vitest";
import type { RequestStatus } from "../../engine/state/service-store.ts";
import { ended, idsOf, request, requestIds } from "./service-store-samples.ts";
import type { ServiceBench } from "./service-store-suite.ts";
import { minutesAfter, morning, run } from "./store-samples.ts";

export function describeRequests({ state, service }: ServiceBench): void {
  describe("requests", () => {
    test("one comes back as it was stored", async () => {
      const bare = request("request-1");
      const full = request("request-2", {
        workspace: "",
        mapping: "projects",
        purpose: "link",
        allow: ["update", "retire"],
        trigger: "api",
        requestedBy: "Ilse \u0000 \ud83d",
        status: "partial",
        startedAt: minutesAfter(1),
        finishedAt: minutesAfter(2),
        planId: "plan-1",
        counts: {
          create: 1,
          update: 2,
          link: 3,
          retire: 4,
          delete: 5,
          unlink: 6,
          held: 7,
          passedOver: 8,
          inStep: 9,
        },
        configurationDigest: "digest",
        commit: "c0ffee",
        note: "Two were held.",
        code: "ambiguous",
        progress: { phase: "writing", done: 3, of: 4, what: "procore", at: minutesAfter(2) },
        worker: "host:4711",
        stopAskedBy: "Ilse",
      });
      expect(await service().addRequest(bare)).toBe(true);
      expect(await service().addRequest(full)).toBe(true);
      expect(await service().request("request-1")).toEqual({ ...bare, runIds: [] });
      expect(await service().request("request-2")).toEqual({ ...full, runIds: [] });
      expect(await service().request("request-3")).toBeNull();
    });

    test("a mapping of a workspace is queued once", async () => {
      expect(await service().addRequest(request("1"))).toBe(true);
      expect(await service().addRequest(request("2", { trigger: "manual" }))).toBe(false);
      expect(await service().request("2")).toBeNull();
      expect(await service().addRequest(request("3", { mapping: "projects" }))).toBe(true);
      expect(await service().addRequest(request("4", { workspace: "quarry" }))).toBe(true);
      expect(await service().addRequest(request("5", { status: "planning" }))).toBe(true);
      await service().moveRequest("1", ["queued"], { status: "planning" });
      expect(await service().addRequest(request("6"))).toBe(true);
    });

    test("of several that are asked for at once, one is queued", async () => {
      const answers = await Promise.all(
        ["1", "2", "3", "4"].map((id) => service().addRequest(request(id))),
      );
      expect(answers.filter((added) => added)).toHaveLength(1);
      expect(await requestIds(service())).toHaveLength(1);
    });

    test("an id is used once, in all workspaces", async () => {
      await service().addRequest(request("1"));
      const again = request("1", { workspace: "quarry", status: "done" });
      await expect(service().addRequest(again)).rejects.toThrow();
    });

    test("moves from one of the statuses that it may be in, and from no other", async () => {
      await service().addRequest(request("1"));
      const started = { status: "planning", startedAt: minutesAfter(1), worker: "a" } as const;
      expect(await service().moveRequest("1", ["waiting", "applying"], started)).toBeNull();
      expect(await service().moveRequest("1", [], started)).toBeNull();
      expect(await service().moveRequest("2", ["queued"], started)).toBeNull();
      expect(await service().moveRequest("1", ["waiting", "queued"], started)).toEqual({
        ...request("1"),
        ...started,
        runIds: [],
      });
      expect(await service().request("1")).toMatchObject(started);
    });

    test("moves for the worker that has it, and not for one that had it before", async () => {
      await service().addRequest(request("1", { status: "planning", worker: "a" }));
      const mine = await service().moveRequest("1", ["planning"], { status: "applying" }, "a");
      expect(mine?.status).toBe("applying");
      await service().moveRequest("1", ["applying"], { status: "planning", worker: "b" });
      expect(await service().moveRequest("1", ["planning"], { note: "late" }, "a")).toBeNull();
      expect(await service().request("1")).toMatchObject({ status: "planning", worker: "b" });
      expect((await service().request("1"))?.note).toBeUndefined();
    });

    test("of several that move it at once, one does", async () => {
      await service().addRequest(request("1"));
      const answers = await Promise.all(
        ["a", "b", "c", "d"].map((worker) =>
          service().moveRequest("1", ["queued"], { status: "planning", worker }),
        ),
      );
      const moved = answers.filter((answer) => answer !== null);
      expect(moved).toHaveLength(1);
      expect(await service().request("1")).toEqual(moved[0]);
    });

    test("what is given is stored, null takes away, and the rest stays", async () => {
      await service().addRequest(request("1", { note: "Old.", worker: "a", commit: "c0ffee" }));
      const progress = { phase: "reading", done: 1, what: "wfp/people", at: morning } as const;
      const moved = await service().moveRequest("1", ["queued"], {
        note: "New.",
        worker: null,
        progress,
      });
      expect(moved).toEqual({
        ...request("1", { note: "New.", commit: "c0ffee", progress }),
        runIds: [],
      });
      expect(await service().moveRequest("1", ["queued"], {})).toEqual(moved);
      await service().moveRequest("1", ["queued"], { progress: null });
      expect(await service().request("1")).not.toHaveProperty("progress");
    });

    test("goes back to the queue unless another one took its place there", async () => {
      await service().addRequest(request("1", { status: "planning" }));
      const back = await service().moveRequest("1", ["planning"], { status: "queued" });
      expect(back).toMatchObject({ status: "queued" });
      expect(await service().moveRequest("1", ["queued"], { status: "queued" })).not.toBeNull();
      await service().moveRequest("1", ["queued"], { status: "planning" });
      await service().addRequest(request("2"));
      expect(await service().moveRequest("1", ["planning"], { status: "queued" })).toBeNull();
      expect(await service().request("1")).toMatchObject({ status: "planning" });
    });

    test("of several that go back to the queue at once, one does", async () => {
      const ids = ["1", "2", "3"];
      for (const id of ids) await service().addRequest(request(id, { status: "planning" }));
      const answers = await Promise.all(
        ids.map((id) => service().moveRequest(id, ["planning"], { status: "queued" })),
      );
      expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
      expect(await requestIds(service(), { statuses: ["queued"] })).toHaveLength(1);
    });

    test("tells the runs that were started for it, newest last", async () => {
      await service().addRequest(request("1"));
      await service().addRequest(request("2", { workspace: "quarry" }));
      const harbour = state().workspace("harbour");
      await harbour.startRun(run("run-b", { request: "1" }));
      await harbour.startRun(run("run-a", { request: "1" }));
      await harbour.startRun(run("run-c"));
      await state()
        .workspace("quarry")
        .startRun(run("run-b", { request: "2" }));
      await state()
        .workspace("quarry")
        .startRun(run("run-d", { request: "1" }));
      expect((await service().request("1"))?.runIds).toEqual(["run-b", "run-a"]);
      const listed = await service().requests({ limit: 10 });
      expect(listed.map(({ id, runIds }) => [id, runIds])).toEqual([
        ["2", ["run-b"]],
        ["1", ["run-b", "run-a"]],
      ]);
      const moved = await service().moveRequest("1", ["queued"], { status: "applying" });
      expect(moved?.runIds).toEqual(["run-b", "run-a"]);
    });
  });

  describe("lists of requests", () => {
    test("are newest first, and filtered by what is asked for", async () => {
      await service().addRequest(ended("a", minutesAfter(1)));
      await service().addRequest(ended("b", minutesAfter(3), { mapping: "projects" }));
      await service().addRequest(ended("c", minutesAfter(2), { workspace: "quarry" }));
      await service().addRequest(ended("d", minutesAfter(4), { status: "failed" }));
      const harbour = { workspace: "harbour" };
      expect(await requestIds(service())).toEqual(["d", "b", "c", "a"]);
      expect(await requestIds(service(), harbour)).toEqual(["d", "b", "a"]);
      expect(await requestIds(service(), { mapping: "people" })).toEqual(["d", "c", "a"]);
      expect(await requestIds(service(), { ...harbour, mapping: "people" })).toEqual(["d", "a"]);
      const statuses: readonly RequestStatus[] = ["done", "waiting"];
      expect(await requestIds(service(), { statuses })).toEqual(["b", "c", "a"]);
      expect(await requestIds(service(), { ...harbour, statuses })).toEqual(["b", "a"]);
      expect(await requestIds(service(), { statuses: [] })).toEqual([]);
      expect(await requestIds(service(), { limit: 0 })).toEqual([]);
    });

    test("of several workspaces", async () => {
      await service().addRequest(ended("a", minutesAfter(1)));
      await service().addRequest(ended("b", minutesAfter(2), { workspace: "quarry" }));
      await service().addRequest(ended("c", minutesAfter(3), { workspace: "depot" }));
      const workspaces = ["harbour", "depot"];
      expect(await requestIds(service(), { workspaces })).toEqual(["c", "a"]);
      expect(await requestIds(service(), { workspaces, statuses: ["done", "failed"] })).toEqual([
        "c",
        "a",
      ]);
      expect(await requestIds(service(), { workspaces, workspace: "depot" })).toEqual(["c"]);
      expect(await requestIds(service(), { workspaces, workspace: "quarry" })).toEqual([]);
      expect(await requestIds(service(), { workspaces: [] })).toEqual([]);
    });

    test("come in pages without a gap, also of one moment and when the last one is gone", async () => {
      for (const id of ["b", "d", "a", "c"]) {
        await service().addRequest(ended(id, minutesAfter(2)));
      }
      await service().addRequest(ended("e", minutesAfter(1)));
      await service().addRequest(ended("f", minutesAfter(3)));
      const first = await service().requests({ limit: 2 });
      expect(idsOf(first)).toEqual(["f", "d"]);
      const [, last] = first;
      if (!last) throw new Error("There is no second request.");
      const second = await service().requests({ limit: 3, before: last });
      expect(idsOf(second)).toEqual(["c", "b", "a"]);
      const gone = { requestedAt: minutesAfter(2), id: "aa" };
      expect(await requestIds(service(), { before: gone })).toEqual(["a", "e"]);
      expect(await requestIds(service(), { workspace: "harbour", before: gone })).toEqual([
        "a",
        "e",
      ]);
      expect(await requestIds(service(), { workspace: "quarry", before: gone })).toEqual([]);
    });
  });
}
