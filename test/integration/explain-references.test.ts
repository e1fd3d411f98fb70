import { expect, test } from "vitest";
import { explanationText } from "../../cli/render/explain-text.ts";
import { plainPaint } from "../../cli/render/paint.ts";
import { askAbout } from "../../engine/explain/ask.ts";
import type { Explanation, FieldStep, RuleExplanation } from "../../engine/explain/explanation.ts";
import { onePerson, shift, type TimeclockOptions, worker } from "../support/timeclock.ts";
import { openSite } from "../support/timeclock-engine.ts";
import { crewTeams, type TimeclockProject, withTeams } from "../support/timeclock-project.ts";

/* A card refers to a person, found by the worker of its shift. Cards of the last fourteen days are read. */

const { signal } = new AbortController();
const today = "2026-03-02";

async function explainedSite(start: TimeclockOptions & TimeclockProject) {
  const site = await openSite(start);
  const ask = (word: string, mapping: string) => askAbout(site.engine, mapping, word, signal);
  return {
    ...site,
    ask,
    async explain(word: string, mapping = "cards"): Promise<Explanation> {
      const asked = await ask(word, mapping);
      if (asked.kind !== "explained") throw new Error(JSON.stringify(asked));
      return asked.explanation;
    },
  };
}

function onlyRule({ rules }: Explanation): RuleExplanation {
  const [rule] = rules;
  if (!rule) throw new Error("nothing is said of a rule");
  return rule;
}

function personField(explanation: Explanation): FieldStep | undefined {
  return onlyRule(explanation).fields.find(({ field }) => field === "person");
}

function textOf(explanation: Explanation): string {
  return explanationText(explanation, { paint: plainPaint, brief: false, timeZone: "UTC" });
}

const ann = worker("w1", { name: "Ann Lee", number: "1" });
const annsShift = shift("s1", { worker: "w1", date: today });
const annAsPerson = onePerson("p1", { name: "Ann Lee", number: "1" });

test("a reference to somebody whom the plan creates first", async () => {
  const site = await explainedSite({ workers: [ann], shifts: [annsShift] });
  const explained = await site.explain("site/shifts/s1");
  expect(personField(explained)).toMatchObject({
    outcome: "written",
    value: "w1",
    given: null,
    through: {
      mapping: "worker-people",
      record: { stream: "workers", id: "w1" },
      label: "Ann Lee",
      status: "awaited",
      counterpartLabel: "Ann Lee",
      why: "By worker-people, this plan first creates the person of the worker Ann Lee (site/workers/w1) in site/people; its id is known then.",
    },
  });
  const text = textOf(explained);
  expect(text).toMatch(/person +written +Ann Lee, once created +from worker = "w1"/);
  expect(text).toMatch(/after change [0-9a-f]+: create worker-people Ann Lee/);
});

test("a reference to somebody who is linked, and one to somebody whom the plan links first", async () => {
  const site = await explainedSite({ workers: [ann], people: [annAsPerson], shifts: [annsShift] });
  expect(personField(await site.explain("s1"))).toMatchObject({
    given: "p1",
    through: {
      status: "linking",
      counterpart: { stream: "people", id: "p1" },
      change: expect.any(String),
      why: "By worker-people, the worker Ann Lee (site/workers/w1) is linked to site/people/p1 first, by this plan.",
    },
  });
  await site.sync();
  const explained = await site.explain("s1");
  expect(onlyRule(explained).end.kind).toBe("in-step");
  expect(personField(explained)).toMatchObject({
    outcome: "same",
    through: { status: "linked", counterpart: { id: "p1" }, counterpartLabel: "Ann Lee" },
  });
  const text = textOf(explained);
  expect(text).toMatch(/person +same +"p1" \(Ann Lee\) +from worker = "w1"/);
  expect(text).toContain(
    "By worker-people, the worker Ann Lee (site/workers/w1) is linked to site/people/p1.",
  );
});

test("why there is no counterpart, in the words of the mapping that is gone through", async () => {
  const people = [onePerson("p1", { name: "Bo Ek", number: "1" })];
  const site = await explainedSite({ workers: [ann], people, shifts: [annsShift] });
  const explained = await site.explain("s1");
  expect(onlyRule(explained).end).toMatchObject({
    kind: "held",
    held: { code: "reference-missing" },
  });
  expect(explained.answer).toContain(
    "is held and not written to site/cards, because person refers to",
  );
  expect(personField(explained)).toMatchObject({
    outcome: "waits",
    through: { status: "missing", why: expect.stringContaining("differs in name") },
  });
  const text = textOf(explained);
  expect(text).toContain("The record cannot be written without it.");
  expect(text).toContain(
    "By worker-people, there is no person of the worker Ann Lee (site/workers/w1) in site/people yet: ",
  );
});

test("references that lead on: each record says what it waits for", async () => {
  const site = await explainedSite({
    workers: [worker("w1", { ...ann.fields, crew: "c1" })],
    crews: [{ id: "c1", fields: { name: "Roofers" } }],
    shifts: [annsShift],
    replace: [withTeams],
    more: [crewTeams],
  });
  const explained = await site.explain("w1", "worker-people");
  expect(onlyRule(explained).fields.find(({ field }) => field === "team")).toMatchObject({
    outcome: "written",
    through: { mapping: "crew-teams", status: "awaited", counterpartLabel: "Roofers" },
  });
  expect(textOf(explained)).toMatch(/after change [0-9a-f]+: create crew-teams Roofers/);
  expect(onlyRule(await site.explain("c1", "crew-teams")).referenced).toMatchObject({
    needed: true,
    by: [{ mapping: "worker-people", address: { id: "w1" }, written: true }],
  });
});

test("an empty reference goes through nothing", async () => {
  const site = await explainedSite({ shifts: [shift("s1", { date: today })] });
  const field = personField(await site.explain("s1"));
  expect(field).toMatchObject({ outcome: "waits", value: null });
  expect(field?.through).toBeUndefined();
});

test("a linked record of another day is said to be outside of the days that are read", async () => {
  const site = await explainedSite({ workers: [ann], shifts: [annsShift] });
  await site.sync();
  site.clock.advance(30 * 86_400_000);
  for (const word of ["site/shifts/s1", "s1"]) {
    const explained = await site.explain(word);
    expect(explained.read).toMatchObject({ status: "outside", day: today });
    expect(onlyRule(explained)).toMatchObject({
      scope: { kind: "absent" },
      match: { standing: "outside" },
      end: { kind: "outside" },
    });
    expect(explained.answer).toMatch(
      /is left as it is, because its day \(2026-03-02\) lies outside of the days that are read \(2026-03-18 to 2026-04-02\)\.$/,
    );
    const text = textOf(explained);
    expect(text).toContain("The record was not read: it belongs to 2026-03-02");
    expect(text).toContain(
      "site/shifts  0 records, days 2026-03-18 to 2026-04-02, read to the end",
    );
  }
  const [card] = site.world.stream("cards").records();
  expect((await site.explain(`site/cards/${card?.id}`)).answer).toContain(
    "lies outside of the days",
  );
});

test("of a record that nobody knows, it is told which days were looked at", async () => {
  const site = await explainedSite({ shifts: [shift("s1", { date: "2026-01-01" })] });
  const asked = await site.ask("site/shifts/s1", "cards");
  expect(asked).toMatchObject({
    kind: "none",
    where: [
      expect.stringContaining(
        "(0 records, read to the end, the days 2026-02-16 to 2026-03-03 alone)",
      ),
      expect.stringContaining("site has the record when it is asked for it by its id"),
    ],
  });
});

test("who is created only when needed: needed, referred to by what is held, and not referred to", async () => {
  const site = await explainedSite({
    workers: [
      ann,
      worker("w2", { name: "Bo Ek", number: "2" }),
      worker("w3", { name: "Cy Fox", number: "3" }),
    ],
    shifts: [annsShift, shift("s2", { worker: "w2", date: today, project: null })],
  });
  const [needed, held, idle] = [
    await site.explain("w1", "worker-people"),
    await site.explain("w2", "worker-people"),
    await site.explain("w3", "worker-people"),
  ];
  expect(onlyRule(needed).referenced).toMatchObject({
    needed: true,
    by: [{ mapping: "cards", address: { id: "s1" }, written: true }],
  });
  expect(onlyRule(needed).end.kind).toBe("change");
  expect(textOf(needed)).toMatch(/needs them: this one is\n +cards .*site\/shifts\/s1 +needs it/);
  expect(onlyRule(held).referenced).toMatchObject({
    needed: false,
    by: [{ address: { id: "s2" }, written: false }],
  });
  expect(textOf(held)).toContain("needs them: none of these is written");
  for (const one of [held, idle]) {
    expect(onlyRule(one).end).toMatchObject({ kind: "passed-over", code: "not-referenced" });
    expect(one.answer).toContain("is created when a record of another mapping needs it");
  }
  expect(onlyRule(idle).referenced).toEqual({ needed: false, by: [], more: 0 });
  expect(textOf(idle)).toContain("needs them: none refers to this one");
});

test("a link moves from somebody who is not preferred any more, and says so", async () => {
  const site = await explainedSite({ workers: [ann], people: [annAsPerson], shifts: [annsShift] });
  await site.sync();
  site.world.stream("people").put(onePerson("p1", { name: "Ann Lee", number: "1", active: false }));
  const staying = await site.explain("w1", "worker-people");
  expect(onlyRule(staying).match).toMatchObject({
    standing: "linked",
    keys: [{ found: 1, preferred: 0 }],
  });
  expect(textOf(staying)).toContain(
    "There is a link to a person that does not have active: true, and no other person that has is found by a key.",
  );
  expect(textOf(staying)).toContain("one person has it, which is not preferred");
  site.world.stream("people").put(onePerson("p2", { name: "Ann Lee", number: "1" }));
  const moving = await site.explain("w1", "worker-people");
  expect(onlyRule(moving).match).toMatchObject({
    standing: "candidate",
    keys: [{ found: 2, preferred: 1 }],
  });
  expect(textOf(moving)).toContain("2 people have it, 1 of them preferred");
  expect(textOf(moving)).toContain("has the same number: the link moves there.");
});

test("a pair whose source is gone or has left is listed, and left as it is", async () => {
  const site = await explainedSite({
    workers: [ann],
    shifts: [annsShift, shift("s2", { worker: "w1", date: today })],
  });
  await site.sync();
  site.world.stream("shifts").remove("s1");
  site.world.stream("shifts").put(shift("s2", { worker: "w1", date: today, state: "deleted" }));
  const gone = await site.explain("s1");
  expect(onlyRule(gone).end).toEqual({ kind: "reported", code: "source-gone" });
  expect(gone.answer).toMatch(
    /is no longer among the shifts; the card .* \(site\/cards\/.*\) stays as it is, and the plan lists it\.$/,
  );
  expect(textOf(gone)).toContain("source-gone  cards: the pair is listed, and left as it is");
  const left = await site.explain("s2");
  expect(onlyRule(left).end).toEqual({ kind: "reported", code: "source-left" });
  expect(left.answer).toContain(
    'no longer belongs to the rule cards (state is "deleted"); the card ',
  );
});
