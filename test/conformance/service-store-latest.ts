import { describe, expect, test } from "vitest";
import type { LatestRequests, MappingName } from "../../engine/state/service-store.ts";
import { ended, idsOf, request } from "./service-store-samples.ts";
import type { ServiceBench } from "./service-store-suite.ts";
import { binding, minutesAfter, run } from "./store-samples.ts";

/** "ended a, planned b, open c d" */
function lineOf({ ended: last, planned, open }: LatestRequests): string {
  return `ended ${last?.id ?? "-"}, planned ${planned?.id ?? "-"}, open ${idsOf(open).join(" ")}`.trim();
}

export function describeLatest({ service, state }: ServiceBench): void {
  describe("the newest requests of mappings", () => {
    const people = { workspace: "harbour", mapping: "people" };
    const projects = { workspace: "harbour", mapping: "projects" };
    const quarry = { workspace: "quarry", mapping: "people" };
    const latest = async (of: readonly MappingName[]) => (await service().latest(of)).map(lineOf);

    test("are the last that ended, the last that has a plan, and all that are open", async () => {
      await service().addRequest(ended("a", minutesAfter(1), { planId: "plan-a" }));
      await service().addRequest(ended("b", minutesAfter(2), { status: "failed" }));
      await service().addRequest(
        request("c", { status: "waiting", requestedAt: minutesAfter(3), planId: "plan-c" }),
      );
      await service().addRequest(
        request("d", { status: "applying", requestedAt: minutesAfter(4), planId: "plan-d" }),
      );
      await service().addRequest(request("e", { requestedAt: minutesAfter(5) }));
      await service().addRequest(ended("f", minutesAfter(6), { ...projects, status: "cancelled" }));
      await service().addRequest(ended("g", minutesAfter(7), quarry));
      await service().addRequest(ended("h", minutesAfter(7), quarry));
      expect(await latest([people])).toEqual(["ended b, planned d, open e d c"]);
      expect(await latest([quarry, people, projects])).toEqual([
        "ended h, planned -, open",
        "ended b, planned d, open e d c",
        "ended f, planned -, open",
      ]);
    });

    test("of a mapping that was never asked for there are none", async () => {
      await service().addRequest(request("a"));
      expect(await service().latest([projects, people])).toMatchObject([
        { ...projects, open: [] },
        { ...people, open: [{ id: "a" }] },
      ]);
      expect(await service().latest([])).toEqual([]);
    });

    test("a mapping counts as run once it is bound, in its own workspace", async () => {
      const accounts = { procore: "4242", wfp: "77" };
      await state().workspace("quarry").bind([], binding("people", accounts));
      for (const mapping of ["projects", "people"]) {
        await state().workspace("harbour").bind([], binding(mapping, accounts));
      }
      expect(await service().boundMappings()).toEqual([people, projects, quarry]);
      expect(await service().boundMappings("quarry")).toEqual([quarry]);
      expect(await service().boundMappings("depot")).toEqual([]);
      await state().workspace("quarry").unbind([], "people");
      expect(await service().boundMappings("quarry")).toEqual([]);
    });

    test("come whole, with their runs", async () => {
      await service().addRequest(ended("a", minutesAfter(1), { note: "Nothing to do." }));
      await state()
        .workspace("harbour")
        .startRun(run("run-1", { request: "a" }));
      expect(await service().latest([people])).toEqual([
        {
          ...people,
          ended: { ...ended("a", minutesAfter(1), { note: "Nothing to do." }), runIds: ["run-1"] },
          open: [],
        },
      ]);
    });
  });
}
