import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { week } from "../../cli/sandbox/week.ts";
import { emptyFolder, syncctl } from "../support/cli-run.ts";

/** A dozen runs one after the other, beside other tests on a busy machine. */
const storyMsMax = 90_000;

test("the demo tells the story of three systems, ends by itself, and leaves nothing behind", {
  timeout: storyMsMax,
}, async () => {
  const TMPDIR = emptyFolder();
  const { out, err, code } = await syncctl(["demo"], { env: { TMPDIR } });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).not.toContain("\u001b");
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith("syncctl"))).toEqual([]);

  const chapters = out.split(/^(?=\d\. )/m).slice(1);
  const [link = "", people = "", all = "", later = "", newcomer = ""] = chapters;
  expect(chapters).toHaveLength(5);

  expect(link).toContain("  > link Ben Acheson, Luis Ortega and Siobhán O'Rourke\n");
  expect(link).toContain("  disagrees  Jonas Weber: The user with the same key differs in ");
  expect(link.match(/ {2}ambiguous {2}Rosa Delgado: Not clear: 2 workers /g)).toHaveLength(3);
  expect(link).toMatch(/^Run \S+: 18 applied; 12 held\.$/m);

  expect(people).toContain('mobile_phone  "(503) 555-0199" -> "(503) 555-0142"');
  expect(people).not.toContain("smartbarrel");

  expect(all).toContain("  > link Tasha Monroe, Omar Haddad and Wes Hanlon\n");
  expect(all).toContain("needed by: 1 record of procore/timecard_entries (timesheets)");
  expect(all).toMatch(/party_id +Nils Aaberg, once created in procore\/people/);
  expect(all).toMatch(/^Plan: no changes; 12 held, /m);

  for (const event of week) expect(later).toContain(`- ${event}\n`);
  expect(later).toMatch(/ {6}hours {2}5 -> 4\.5 {2}# the source changed/);
  expect(later).toContain("  > link Wes Hanlon\n");
  expect(later).toMatch(/^Plan: no changes; 12 held, /m);

  const hours = newcomer.split("The next hour");
  const steps = [
    "people / users: wfp/people -> procore/users\n  + create Nora Beck\n",
    "workers / workers: procore/users -> smartbarrel/workers\n  + create Nora Beck\n",
    "timesheets / timecards: smartbarrel/shift_entries -> procore/timecard_entries\n  + create Nora Beck ",
  ];
  expect(hours).toHaveLength(steps.length);
  for (const [hour, step] of steps.entries()) expect(hours[hour]).toContain(step);
  expect(newcomer).toMatch(/^Plan: no changes; .*\n\nHow to go on$/m);
});
