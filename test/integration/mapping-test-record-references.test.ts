import { expect, test } from "vitest";
import { relatedMappings } from "../../engine/explain/related-mappings.ts";
import { readCase } from "../../engine/mapping-test/read-case.ts";
import { readTestText } from "../../engine/mapping-test/read-test-file.ts";
import { recordCase } from "../../engine/mapping-test/record/record-case.ts";
import type { Recording } from "../../engine/mapping-test/record/recording.ts";
import { runCase } from "../../engine/mapping-test/run-case.ts";
import { parseAddress } from "../../engine/value/address.ts";
import { onePerson, shift, worker } from "../support/timeclock.ts";
import { openSite, type Site } from "../support/timeclock-engine.ts";
import { crewTeams, withTeams } from "../support/timeclock-project.ts";

/* Cases from live records whose references go through another mapping. */

const today = "2026-03-02";
const ann = worker("wkr-71", { name: "Annika Leeland", number: "88071" });
const bo = worker("wkr-72", { name: "Bosse Ekström", number: "88072" });
const annsShift = shift("shf-81", { worker: "wkr-71", date: today });

async function record(site: Site, name: string, address: string): Promise<Recording> {
  const { project } = site.engine;
  const mapping = project.mappings.find((one) => one.name === name);
  if (!mapping) throw new Error(`there is no mapping ${name}`);
  const { signal } = new AbortController();
  const mappings = relatedMappings(name, project.mappings);
  const none = { allow: [], only: [], exclude: [] };
  const input = await site.engine.gather({ purpose: "sync", mappings, ...none, signal });
  const records = [address].flatMap((word) => parseAddress(word) ?? []);
  return recordCase({ project, mapping, input, records, name: "a recorded case", text: null });
}

/** The text, after its case was run once more as it stands there. */
async function recorded(site: Site, name: string, address: string): Promise<string> {
  const recording = await record(site, name, address);
  if (!recording.ok) throw new Error(`${recording.code}: ${recording.message}`);
  const { project } = site.engine;
  const mapping = project.mappings.find((one) => one.name === name);
  const { test: file } = readTestText(recording.text, "cards.test.yaml");
  const [one] = file?.cases ?? [];
  if (!mapping || !file || !one) throw new Error("the case cannot be read");
  const { testCase, diagnostics } = readCase(file, one, mapping, project.mappings);
  expect(diagnostics).toEqual([]);
  expect((await runCase(testCase, { project, mapping })).failures).toEqual([]);
  for (const real of ["Annika", "Leeland", "88071", "wkr-7", "shf-8", "prs-9"]) {
    expect(recording.text).not.toContain(real);
  }
  return recording.text.slice(recording.text.indexOf("cases:"));
}

test("of a mapping that is only gone through, the link is recorded and nothing else", async () => {
  const people = [onePerson("prs-91", { name: "Annika Leeland", number: "88071" })];
  const site = await openSite({ workers: [ann, bo], people, shifts: [annsShift] });
  await site.sync();
  site.world.stream("shifts").put(shift("shf-82", { worker: "wkr-71", date: today, hours: 4 }));
  const text = await recorded(site, "cards", "site/shifts/shf-82");
  expect(text).not.toContain("with:");
  expect(text).toMatch(/mapping: worker-people, rule: people, source: worker-1, target: person-1/);
  expect(text).toMatch(/create: shift-1/);
  expect(text).toMatch(/person: person-1/);
});

test("what waits for a create of another mapping is recorded together with it", async () => {
  const site = await openSite({ workers: [ann, bo], shifts: [annsShift] });
  const text = await recorded(site, "cards", "site/shifts/shf-81");
  expect(text).toMatch(/with: \[ worker-people \]/);
  expect(text).toMatch(/worker-people\/workers:\n +worker-1:/);
  expect(text).toMatch(/create: worker-1\n +mapping: worker-people/);
  expect(text).toMatch(/person: \{ awaits: worker-1 \}/);
  expect(text).not.toContain("worker-2");
});

test("references that lead on bring along every mapping that has to come first", async () => {
  const site = await openSite({
    workers: [worker("wkr-71", { ...ann.fields, crew: "crw-61" })],
    crews: [{ id: "crw-61", fields: { name: "Annika Leeland's crew" } }],
    shifts: [annsShift],
    replace: [withTeams],
    more: [crewTeams],
  });
  const text = await recorded(site, "cards", "site/shifts/shf-81");
  expect(text).toMatch(/with: \[ worker-people, crew-teams \]/);
  expect(text).toMatch(/team: \{ awaits: crew-1 \}/);
  expect(text).toMatch(/person: \{ awaits: worker-1 \}/);
});

test("what is created only because it is needed is recorded together with one that needs it", async () => {
  const shifts = [annsShift, shift("shf-83", { worker: "wkr-71", date: today })];
  const site = await openSite({ workers: [ann, bo], shifts });
  const text = await recorded(site, "worker-people", "site/workers/wkr-71");
  expect(text).toMatch(/with: \[ cards \]/);
  expect(text).toMatch(/create: worker-1\n/);
  expect(text.match(/^ +shift-\d:/gm)).toHaveLength(1);
  const idle = await recorded(site, "worker-people", "site/workers/wkr-72");
  expect(idle).not.toContain("with:");
  expect(idle).toContain("passOver: worker-1");
  expect(idle).toContain("code: not-referenced");
});

test("a reference that leads nowhere is recorded as what it is: held", async () => {
  const people = [onePerson("prs-91", { name: "Bosse Ekström", number: "88071" })];
  const site = await openSite({ workers: [ann], people, shifts: [annsShift] });
  const text = await recorded(site, "cards", "site/shifts/shf-81");
  expect(text).toMatch(/hold: shift-1/);
  expect(text).toContain("code: reference-missing");
});

test("days stay as they are, and the case says what time it is", async () => {
  const site = await openSite({ workers: [ann], shifts: [annsShift] });
  const text = await recorded(site, "cards", "site/shifts/shf-81");
  expect(text).toContain("now: 2026-03-02T08:00:00.000Z");
  expect(text).toContain(`date: ${today}`);
});

test("a record of a day that is not read cannot be recorded", async () => {
  const site = await openSite({ workers: [ann], shifts: [annsShift] });
  await site.sync();
  site.clock.advance(30 * 86_400_000);
  expect(await record(site, "cards", "site/shifts/shf-81")).toEqual({
    ok: false,
    code: "recording-unclear",
    message: "Only some days are read, and site/shifts/shf-81 belongs to another one.",
  });
});
