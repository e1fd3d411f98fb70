import fc from "fast-check";
import { expect, test } from "vitest";
import { timeZoneNames } from "../../connectors/procore/time-zone-names.ts";
import { changeLines, openCompany } from "../support/company.ts";
import { planningProjects, procoreProjects } from "../support/projects.ts";

/*
 * Days and time zones survive the way from Procore to Workforce Planning and back, in every zone that Procore has, on the
 * days on which clocks change and on any others, whichever moment of a day Workforce Planning keeps for it.
 */

const changes = [
  "2026-03-08",
  "2026-03-29",
  "2026-04-05",
  "2026-10-25",
  "2026-11-01",
  "2027-03-14",
];
const dayMs = 86_400_000;
const near = fc
  .tuple(fc.constantFrom(...changes), fc.integer({ min: -1, max: 1 }))
  .map(([day, offset]) => iso(Date.parse(day) + offset * dayMs));
const any = fc
  .integer({ min: Date.parse("1990-01-01") / dayMs, max: Date.parse("2060-01-01") / dayMs })
  .map((day) => iso(day * dayMs));
const anyDay = fc.oneof(near, any);

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

const zones = Object.keys(timeZoneNames);
const anyDays = fc.array(fc.tuple(anyDay, fc.option(anyDay)), {
  minLength: zones.length,
  maxLength: zones.length,
});

test.each(["zone", "utc"] as const)(
  "there and back again, with the %s deciding when a day begins",
  {
    timeout: 120_000,
  },
  async (projectDays) => {
    await fc.assert(
      fc.asyncProperty(anyDays, async (days) => {
        const projects = zones.map((time_zone, index) => ({
          name: `In ${time_zone}`,
          project_number: `26-${index}`,
          time_zone,
          start_date: days[index]?.[0] ?? null,
          completion_date: days[index]?.[1] ?? null,
        }));
        const company = await openCompany({
          mappings: ["projects"],
          wfp: { groups: ["Everywhere"] },
          procore: { projects },
          projectDays,
        });
        try {
          expect((await company.sync()).result.status).toBe("applied");
          expect(planningProjects(company).all()).toHaveLength(zones.length);
          expect(changeLines(await company.plan())).toEqual([]);

          const before = procoreProjects(company).all();
          await company.reopen({ env: { PROJECTS_SYSTEM_OF_RECORD: "wfp" } });
          await company.link();
          const back = await company.plan();
          expect(
            back.changes.flatMap((change) => ("fields" in change ? change.fields : [])),
          ).toEqual([]);
          expect(procoreProjects(company).all()).toEqual(before);
        } finally {
          await company.close();
        }
      }),
      { numRuns: 3, endOnFailure: true },
    );
  },
);
