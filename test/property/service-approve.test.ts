import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../../engine/apply/refusal.ts";
import { approvedPlan } from "../../engine/plan/approve.ts";
import { sealPlan } from "../../engine/plan/build-plan.ts";
import type { Change, Plan } from "../../engine/plan/plan.ts";
import { aPlan, person, users } from "../support/plans.ts";

/* Whatever part of whatever plan is approved: what is left can be applied as it stands. */

const anyChange = fc.record({
  /** How far before it those stand that it waits for. */
  back: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
  whenReferenced: fc.boolean(),
  isChosen: fc.boolean(),
});

function changesOf(drawn: readonly { back: readonly number[]; whenReferenced: boolean }[]) {
  return drawn.map(
    ({ back, whenReferenced }, at): Change => ({
      kind: "create",
      id: `change-${at}`,
      mapping: "people",
      rule: "users",
      situation: "absent",
      reason: "Nobody matches.",
      source: person(`p${at}`),
      label: `Person ${at}`,
      after: back.flatMap((distance) => (distance <= at ? [`change-${at - distance}`] : [])),
      target: users,
      fields: [],
      precondition: { keys: [] },
      agreed: {},
      ...(whenReferenced ? { whenReferenced } : {}),
    }),
  );
}

function sealed(changes: readonly Change[]): Plan {
  const { format: _f, id: _i, header, digest: _d, ...body } = aPlan({ changes });
  return sealPlan(header, body);
}

test("a part is whole, closed under what it waits for, free of what nobody needs, and in the order of the plan", () => {
  fc.assert(
    fc.property(fc.array(anyChange, { minLength: 1, maxLength: 30 }), (drawn) => {
      const plan = sealed(changesOf(drawn));
      const chosen = plan.changes.filter((_, at) => drawn[at]?.isChosen).map(({ id }) => id);
      const result = approvedPlan(plan, { changes: chosen, allow: [] });
      const isIdle = (change: Change, among: readonly Change[]) =>
        change.kind === "create" &&
        change.whenReferenced === true &&
        !among.some(({ after }) => after.includes(change.id));
      if (!result.ok) {
        expect(result.code).toBe("nothing-approved");
        const wanted = plan.changes.filter(({ id }) => chosen.includes(id));
        expect(wanted.every((one) => "whenReferenced" in one)).toBe(true);
        return;
      }
      const { changes } = result.plan;
      const ids = changes.map(({ id }) => id);
      expect(plan.changes.filter(({ id }) => ids.includes(id))).toEqual(changes);
      expect(changes.flatMap(({ after }) => after).every((id) => ids.includes(id))).toBe(true);
      const lost = plan.changes.filter(({ id }) => chosen.includes(id) && !ids.includes(id));
      expect(lost.every((one) => "whenReferenced" in one)).toBe(true);
      if (changes.length < plan.changes.length) {
        expect(changes.some((one) => isIdle(one, changes))).toBe(false);
        expect(result.plan.selection?.leftOut).toBe(plan.changes.length - changes.length);
      }
      const { configurationDigest } = plan.header;
      expect(
        refusalOf(result.plan, { mappings: [], configurationDigest, phoneCountry: "US" }),
      ).toBeNull();
    }),
    { numRuns: 200 },
  );
});
