import { describe, expect, test } from "vitest";
import type { Change } from "../../engine/plan/plan.ts";
import { plan, storedPlan } from "./service-store-samples.ts";
import type { ServiceBench } from "./service-store-suite.ts";
import { minutesAfter, source } from "./store-samples.ts";

const key = { workspace: "harbour", planId: "plan-1" };

export function describePlans({ service }: ServiceBench): void {
  describe("plans", () => {
    test("a plan comes back as it was made, however large", async () => {
      const changes = Array.from({ length: 3_000 }, (_, number) => change(number));
      const stored = storedPlan("plan-1", { plan: plan("plan-1", { changes }) });
      await service().storePlan(stored);
      expect(await service().plan(key)).toEqual(stored);
      expect(await service().plan({ ...key, planId: "plan-2" })).toBeNull();
    });

    test("two workspaces can have plans with one id", async () => {
      await service().storePlan(storedPlan("plan-1"));
      await service().storePlan(storedPlan("plan-1", { workspace: "quarry", requestId: "2" }));
      expect(await service().decidePlan(key, ["waiting"], { status: "rejected" })).toBe(true);
      expect(await service().plan({ ...key, workspace: "quarry" })).toMatchObject({
        requestId: "2",
        status: "waiting",
      });
      expect(await service().plan({ ...key, workspace: "" })).toBeNull();
    });

    test("one that is stored again keeps what was decided about it", async () => {
      await service().storePlan(storedPlan("plan-1"));
      await service().decidePlan(key, ["waiting"], { status: "rejected", decidedBy: "ilse" });
      await service().storePlan(storedPlan("plan-1"));
      expect(await service().plan(key)).toMatchObject({ status: "rejected", decidedBy: "ilse" });
    });

    test("is decided while it has the status that it must have", async () => {
      await service().storePlan(storedPlan("plan-1"));
      const approval = {
        status: "approved",
        decidedBy: "ilse",
        decidedAt: minutesAfter(1),
        approved: ["change-1", "change-2"],
      } as const;
      expect(await service().decidePlan(key, ["approved"], { status: "applied" })).toBe(false);
      expect(await service().decidePlan({ ...key, planId: "2" }, ["waiting"], approval)).toBe(
        false,
      );
      expect(await service().decidePlan(key, ["waiting"], approval)).toBe(true);
      expect(await service().decidePlan(key, ["waiting"], { status: "rejected" })).toBe(false);
      expect(await service().decidePlan(key, ["approved"], { status: "applied" })).toBe(true);
      expect(await service().plan(key)).toEqual({
        ...storedPlan("plan-1"),
        ...approval,
        status: "applied",
      });
    });

    test("what was decided is told without the plan", async () => {
      expect(await service().decision(key)).toBeNull();
      await service().storePlan(storedPlan("plan-1"));
      expect(await service().decision(key)).toEqual({ status: "waiting" });
      const approval = {
        status: "approved",
        decidedBy: "ilse",
        decidedAt: minutesAfter(1),
        approved: ["change-1"],
      } as const;
      await service().decidePlan(key, ["waiting"], approval);
      expect(await service().decision(key)).toEqual(approval);
      expect(await service().decision({ ...key, workspace: "quarry" })).toBeNull();
    });

    test("of several who decide at once, one does", async () => {
      await service().storePlan(storedPlan("plan-1"));
      const answers = await Promise.all(
        ["a", "b", "c", "d"].map((decidedBy) =>
          service().decidePlan(key, ["waiting"], { status: "approved", decidedBy }),
        ),
      );
      expect(answers.filter((decided) => decided)).toHaveLength(1);
    });
  });
}

function change(number: number): Change {
  return {
    kind: "create",
    id: `change-${number}`,
    mapping: "people",
    rule: "users",
    situation: "absent",
    reason: "Nobody with this e-mail address is there.",
    source: source(String(number)),
    label: `Ilse \u0000 ${number}`,
    after: [],
    target: { connection: "procore", stream: "users" },
    fields: [{ field: "first_name", after: "Ilse", why: "new" }],
    precondition: { keys: [{ email: `ilse${number}@example.com` }] },
    agreed: { job_title: null },
  };
}
