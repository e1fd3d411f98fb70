import { expect, test } from "vitest";
import { failedIn, shownRun } from "../support/mapping-tests.ts";
import { cardCases, plainFields, runCards } from "../support/timeclock-tests.ts";

/* Cases of mappings whose references go through another mapping, and of those that read some days only. */

async function passes(test: string): Promise<void> {
  const run = await runCards(test);
  expect(run.ok ? failedIn(run) : shownRun(run), shownRun(run)).toEqual([]);
}

test("a link of the mapping that is gone through needs its two ids and no records", async () => {
  await passes(
    cardCases(`
  - name: the card is for the person of the worker
    given:
      shifts:
        s1: { worker: w1 }
    links:
      - { mapping: worker-people, source: w1, target: p1 }
    expect:
      - { create: s1, fields: { person: p1, ${plainFields} } }
`),
  );
});

test("without a link the record is held, and a failure says why", async () => {
  const run = await runCards(
    cardCases(`
  - name: nobody is known
    given:
      shifts:
        s1: { worker: w1 }
    expect:
      - { hold: s1, code: reference-missing }
  - name: somebody is forgotten
    given:
      shifts:
        s1: { worker: w1 }
    expect:
      - { create: s1 }
`),
  );
  expect(failedIn(run)).toEqual(["somebody is forgotten"]);
  expect(shownRun(run)).toContain(
    "person refers to worker w1, which has no counterpart by the mapping worker-people yet",
  );
});

test("planned together, a create can await what another mapping creates", async () => {
  await passes(
    cardCases(`
  - name: who has a card becomes a person, and who has none does not
    with: [worker-people]
    given:
      shifts:
        s1: { worker: w1 }
      worker-people/workers:
        w1: { name: Ann Lee, number: 1 }
        w2: { name: Bo Ek, number: 2 }
    expect:
      - { create: w1, mapping: worker-people, rule: people, fields: { name: Ann Lee, number: 1 } }
      - { create: s1, has: { person: { awaits: w1 } } }
      - { passOver: w2, mapping: worker-people, code: not-referenced }
`),
  );
});

test("planned together, a create can wait for a link", async () => {
  await passes(
    cardCases(`
  - name: the person is there already
    with: [worker-people]
    given:
      shifts:
        s1: { worker: w1 }
      worker-people/workers:
        w1: { name: Ann Lee, number: 1 }
      worker-people/people:
        p1: { name: Ann Lee, number: 1 }
    expect:
      - { link: w1, mapping: worker-people, target: p1 }
      - { create: s1, rule: cards, has: { person: p1 } }
`),
  );
});

test("from the other end: what another mapping needs", async () => {
  await passes(`mapping: worker-people
cases:
  - name: a worker with a shift becomes a person
    with: [cards]
    given:
      workers:
        w1: { name: Ann Lee, number: 1 }
      cards/shifts:
        s1: { worker: w1, project: north, date: 2026-03-02 }
    expect:
      - { create: w1 }
      - { create: s1, mapping: cards }
  - name: nobody is made for nothing
    given:
      workers:
        w1: { name: Ann Lee, number: 1 }
    expect:
      - { passOver: w1, code: not-referenced }
`);
});

test("what was agreed on holds the counterpart, also where it is another one now", async () => {
  await passes(
    cardCases(`
  - name: nothing has to be written
    given:
      shifts:
        s1: { worker: w1 }
      cards:
        c1: {}
    links:
      - { mapping: worker-people, source: w1, target: p1 }
      - { source: s1, target: c1 }
    expect:
      - { inStep: s1, target: c1 }
  - name: the shift is somebody else's by now
    given:
      shifts:
        s1: { worker: w2 }
      cards:
        c1: {}
    links:
      - { mapping: worker-people, source: w1, target: p1 }
      - { mapping: worker-people, source: w2, target: p2 }
      - { source: s1, target: c1, was: { worker: w1 } }
    expect:
      - { update: s1, fields: { person: p2 } }
`),
  );
});

test("an expectation of a reference that is not met shows both", async () => {
  const run = await runCards(
    cardCases(`
  - name: somebody else is awaited
    with: [worker-people]
    given:
      shifts:
        s1: { worker: w1 }
      worker-people/workers:
        w1: { name: Ann Lee, number: 1 }
    expect:
      - { create: w1, mapping: worker-people }
      - { create: s1, has: { person: { awaits: w2 } } }
  - name: the other mapping is forgotten
    with: [worker-people]
    given:
      shifts:
        s1: { worker: w1 }
      worker-people/workers:
        w1: { name: Ann Lee, number: 1 }
    expect:
      - { create: s1 }
`),
  );
  const text = shownRun(run);
  expect(text).toContain('-   person  {"awaits":"w2"}');
  expect(text).toContain('+   person  {"awaits":"w1"}');
  expect(text).toContain("+ create w1 by worker-people/people");
});

test("cases of one mapping reach the parts of those that they plan with it", async () => {
  const run = await runCards(
    cardCases(`
  - name: both
    with: [worker-people]
    given:
      shifts:
        s1: { worker: w1 }
        s2: { worker: w2, state: deleted }
      cards:
        c2: {}
      worker-people/workers:
        w1: { name: Ann Lee, number: 1 }
        w2: { name: Bo Ek, number: 2 }
      worker-people/people:
        p2: { name: Bo Ek, number: 2 }
    links:
      - { source: s2, target: c2 }
    expect:
      - { create: w1, mapping: worker-people }
      - { link: w2, mapping: worker-people }
      - { create: s1 }
      - { finding: source-left, records: [s2] }
`),
  );
  expect(failedIn(run)).toEqual([]);
  expect(run.ok && run.unreached?.map(({ mapping, name }) => `${mapping} ${name}`)).toEqual([
    "cards found",
    "cards gone",
  ]);
});

const oldShift = `
    given:
      shifts:
        s1: { worker: w1, date: 2026-01-01 }
    links:
      - { mapping: worker-people, source: w1, target: p1 }
`;

test("no day lies outside, unless the case or its file says what time it is", async () => {
  const created = `    expect:\n      - { create: s1 }\n`;
  await passes(cardCases(`  - name: whenever\n${oldShift}${created}`));
  await passes(
    cardCases(`
  - name: in time
    now: 2026-01-15
${oldShift}${created}
  - name: too late
    now: 2026-01-16
${oldShift}    expect: []
`),
  );
  await passes(
    cardCases(`  - name: too late\n${oldShift}    expect: []\n`, "now: 2026-03-02T08:00:00Z\n"),
  );
});

test("a linked pair of another day is left alone, and one whose source is gone is found", async () => {
  const linked = (date: string) => `
    now: 2026-03-02
    given:
      cards:
        c1: { date: ${date} }
    links:
      - source: s1
        target: c1
        baseline: { person: p1, project: north, date: ${date}, hours: 8, mark: s1 }
`;
  await passes(
    cardCases(`
  - name: outside
${linked("2026-01-01")}    expect: []
  - name: inside
${linked("2026-03-01")}    expect:
      - { finding: source-gone, records: [s1] }
`),
  );
});

test.each([
  [
    "a mapping that is not there",
    "with: [workers]",
    "mapping-unknown",
    "The case has to do with no mapping",
  ],
  [
    "a source that belongs to a mapping that is not planned",
    "given: { worker-people/workers: { w1: {} } }",
    "source-unknown",
    "is not a source of the mapping cards",
  ],
  [
    "a link of a mapping that nothing goes through",
    "links: [{ mapping: nobody, source: w1, target: p1 }]",
    "mapping-unknown",
    '"nobody"',
  ],
  [
    "an expectation of a mapping that is not planned",
    "expect: [{ create: w1, mapping: worker-people }]",
    "mapping-unknown",
    '"worker-people"',
  ],
])("%s is told with its line", async (_, text, code, message) => {
  const lines = { given: "given: {}", expect: "expect: []" };
  const key = text.split(":")[0] ?? "";
  const body = [...Object.values({ ...lines, [key]: text })]
    .map((line) => `    ${line}\n`)
    .join("");
  const run = await runCards(cardCases(`  - name: a slip\n${body}`));
  expect(run.ok).toBe(false);
  expect(shownRun(run)).toMatch(new RegExp(`users\\.test\\.yaml:\\d+:\\d+ ${code}: `));
  expect(shownRun(run)).toContain(message);
});

test("a link needs its rule only where the mapping has several", async () => {
  const several = `mapping: worker-people
sources:
  workers: { connection: site, stream: workers }
  people: { connection: site, stream: people }
systemOfRecord: workers
rules:
  foremen:
    direction: workers -> people
    when: name = 'Foreman'
    match: [{ number: number }]
    fields: { name: { from: name, set: on-create } }
  people:
    direction: workers -> people
    when: name != 'Foreman'
    match: [{ number: number }]
    fields: { name: name, number: number }
`;
  const test = (rule: string) =>
    cardCases(`
  - name: linked
    given:
      shifts:
        s1: { worker: w1 }
    links:
      - { mapping: worker-people, ${rule}source: w1, target: p1 }
    expect:
      - { create: s1, has: { person: p1 } }
`);
  const files = { "mappings/users.yaml": several };
  const unclear = await runCards(test(""), files);
  expect(shownRun(unclear)).toContain(
    "rule-unclear: The link does not say by which rule of worker-people it is.",
  );
  expect(shownRun(unclear)).toContain("foremen or people");
  expect(failedIn(await runCards(test("rule: people, "), files))).toEqual([]);
});
