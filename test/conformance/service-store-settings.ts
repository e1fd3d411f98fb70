import { describe, expect, test } from "vitest";
import type { Value } from "../../engine/value/value.ts";
import type { ServiceBench } from "./service-store-suite.ts";
import { minutesAfter, morning } from "./store-samples.ts";

const key = { workspace: "harbour", mapping: "people" };

export function describeSettings({ service }: ServiceBench): void {
  const override = (variable: string, value: Value, more = {}) => ({
    ...key,
    variable,
    value,
    by: "ilse",
    at: morning,
    ...more,
  });

  describe("slots of schedules", () => {
    const slot = (minute: number, more = {}) => ({ ...key, at: minutesAfter(minute), ...more });

    test("each is claimed once, and none that is earlier than a claimed one", async () => {
      expect(await service().claimSlot(slot(60))).toBe(true);
      expect(await service().claimSlot(slot(60))).toBe(false);
      expect(await service().claimSlot(slot(0))).toBe(false);
      expect(await service().claimSlot(slot(120))).toBe(true);
      expect(await service().slots()).toEqual([slot(120)]);
    });

    test("of several who claim one at the same time, one gets it", async () => {
      const claims = await Promise.all([1, 2, 3, 4, 5].map(() => service().claimSlot(slot(60))));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    test("are of one mapping of one workspace each, and listed in order", async () => {
      const others = [slot(60, { mapping: "projects" }), slot(0, { workspace: "quarry" })];
      for (const one of [...others, slot(60)]) expect(await service().claimSlot(one)).toBe(true);
      expect(await service().slots()).toEqual([slot(60), ...others]);
    });
  });

  describe("overrides", () => {
    test("any value comes back as it was set", async () => {
      const values: readonly Value[] = [
        "12",
        12,
        "",
        true,
        null,
        ["a", null],
        { b: { c: "null" } },
      ];
      for (const [place, value] of values.entries()) {
        await service().setOverride(override(`v${place}`, value));
      }
      expect((await service().overrides()).map(({ value }) => value)).toEqual(values);
    });

    test("are listed in order, of one workspace or of all", async () => {
      const other = override("b", 1, { workspace: "quarry" });
      const given = [override("b", 1, { mapping: "projects" }), override("b", 1), override("a", 1)];
      for (const one of [other, ...given]) await service().setOverride(one);
      expect(await service().overrides("harbour")).toEqual(given.toReversed());
      expect(await service().overrides()).toEqual([...given.toReversed(), other]);
      expect(await service().overrides("")).toEqual([]);
    });

    test("the last one counts, and can be removed once", async () => {
      await service().setOverride(override("day", 1));
      const later = override("day", 5, { by: "ida", at: minutesAfter(1) });
      await service().setOverride(later);
      expect(await service().overrides()).toEqual([later]);
      const { workspace, mapping, variable } = later;
      expect(await service().removeOverride({ workspace: "", mapping, variable })).toBe(false);
      expect(await service().removeOverride({ workspace, mapping, variable })).toBe(true);
      expect(await service().removeOverride({ workspace, mapping, variable })).toBe(false);
      expect(await service().overrides()).toEqual([]);
    });
  });

  describe("switches", () => {
    test("the last one of a mapping counts, and can be removed once", async () => {
      const off = { ...key, isOn: false, by: "ilse", at: morning };
      const on = { ...off, isOn: true, by: "ida", at: minutesAfter(1) };
      const elsewhere = { ...off, workspace: "quarry" };
      for (const one of [elsewhere, off, on]) await service().setSwitch(one);
      expect(await service().switches("harbour")).toEqual([on]);
      expect(await service().switches()).toEqual([on, elsewhere]);
      expect(await service().removeSwitch(key)).toBe(true);
      expect(await service().removeSwitch(key)).toBe(false);
      expect(await service().switches()).toEqual([elsewhere]);
    });
  });

  describe("what was told", () => {
    test("is the last word about a mapping", async () => {
      const told = { ...key, condition: "ok", heldDigest: "none", at: morning };
      const later = { ...told, condition: "plan-refused", at: minutesAfter(60) };
      expect(await service().notified("harbour", "people")).toBeNull();
      await service().setNotified(told);
      await service().setNotified({ ...told, workspace: "quarry" });
      await service().setNotified(later);
      expect(await service().notified("harbour", "people")).toEqual(later);
      expect(await service().notified("quarry", "people")).toMatchObject({ condition: "ok" });
      expect(await service().notified("harbour", "projects")).toBeNull();
    });
  });
}
