import fc from "fast-check";
import { expect, test } from "vitest";
import type { MemoryWorld } from "../../connectors/memory/world.ts";
import { buildPlan } from "../../engine/plan/build-plan.ts";
import type { Fields } from "../../engine/value/value.ts";
import { checkEngine, checkPlan, options, reached } from "../support/explained-plan.ts";
import { onePerson, shift, worker } from "../support/timeclock.ts";
import { openSite } from "../support/timeclock-engine.ts";

/*
 * The same of sites where cards refer to people through another mapping, where people are made when a card needs them,
 * and where only the last days are read.
 */

const signal = new AbortController().signal;
const dayMs = 86_400_000;

const ids = (letter: string, count: number) =>
  fc.nat(count - 1).map((number) => `${letter}${number}`);
const identities = [
  { name: "Ann Lee", number: "1" },
  { name: "Bo Ek", number: "2" },
  { name: "Cy Fox", number: "3" },
];
const odd = [
  { name: "Ann Li", number: "1" },
  { name: "Dee Orr", number: null },
];
const human = fc
  .tuple(fc.constantFrom(...identities, ...identities, ...odd), fc.boolean())
  .map(([{ name, number }, active]) => ({ name, number, active }));
/** Mostly people who can be told from each other, because all else is held. */
const workersOfSite = fc
  .tuple(fc.shuffledSubarray(identities, { minLength: 2 }), fc.subarray(odd, { maxLength: 1 }))
  .map(([known, strange]) => [...known, ...strange].map((one) => ({ ...one, active: true })));
const shiftFields = fc.record({
  worker: fc.oneof(
    { weight: 9, arbitrary: ids("w", 4) },
    { arbitrary: fc.constant(null), weight: 1 },
  ),
  date: fc.integer({ min: 12, max: 28 }).map((day) => `2026-02-${String(day).padStart(2, "0")}`),
  project: fc.constantFrom("north", "south", null),
  state: fc.constantFrom("open", "open", "approved", "deleted"),
});
const deed = fc.oneof(
  fc.record({ stream: fc.constant("shifts"), id: ids("s", 6), fields: shiftFields }),
  fc.record({ stream: fc.constant("people"), id: ids("p", 3), fields: human }),
  fc.record({ stream: fc.constantFrom("shifts", "people", "cards"), which: fc.nat(2) }),
  fc.record({ stream: fc.constant("shifts"), which: fc.nat(2) }),
  fc.record({ stream: fc.constant("shifts"), retracted: fc.nat(2) }),
);
const story = fc.record({
  workers: workersOfSite,
  people: fc.array(human, { maxLength: 3 }),
  shifts: fc.array(shiftFields, { minLength: 2, maxLength: 6 }),
  rounds: fc.array(
    fc.record({
      deeds: fc.array(deed, { minLength: 1, maxLength: 3 }),
      days: fc.constantFrom(0, 0, 1, 12),
    }),
    {
      minLength: 2,
      maxLength: 3,
    },
  ),
});

type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;
type Deed = Story["rounds"][number]["deeds"][number];

/** Once a record is gone its id is not used again. */
function doDeed(world: MemoryWorld, one: Deed, gone: Set<string>): void {
  const stream = world.stream(one.stream);
  if ("retracted" in one) {
    const record = stream.records()[one.retracted];
    if (record) stream.put(shift(record.id, { ...record.fields, state: "deleted" }));
    return;
  }
  if ("which" in one) {
    const record = stream.records()[one.which];
    if (!record) return;
    gone.add(`${one.stream} ${record.id}`);
    stream.remove(record.id);
    return;
  }
  if (gone.has(`${one.stream} ${one.id}`)) return;
  const made: Fields = one.fields;
  stream.put(one.stream === "people" ? onePerson(one.id, made) : shift(one.id, made));
}

async function playStory({ workers, people, shifts, rounds }: Story): Promise<void> {
  const { engine, world, clock } = await openSite({
    workers: workers.map((fields, index) => worker(`w${index}`, fields)),
    people: people.map((fields, index) => onePerson(`p${index}`, fields)),
    shifts: shifts.map((fields, index) => shift(`s${index}`, fields)),
  });
  const gone = new Set<string>();
  for (const { deeds, days } of rounds) {
    for (const one of deeds) doDeed(world, one, gone);
    const input = await engine.gather({ ...options, purpose: "sync" });
    const plan = buildPlan(input);
    for (const { rules } of checkPlan(input, plan)) {
      for (const { fields, referenced } of rules) {
        if (referenced) note(referenced.needed ? "needed" : "not needed");
        for (const { through } of fields) if (through) note(through.status);
      }
    }
    const allow = plan.guards.flatMap((guard) => guard.allow ?? []);
    const allowed = buildPlan({ ...input, settings: { ...input.settings, allow } });
    await engine.apply(allowed, { startedBy: "test", signal });
    clock.advance(days * dayMs);
  }
  await checkEngine(engine);
}

function note(what: string): void {
  reached.set(what, (reached.get(what) ?? 0) + 1);
}

const mustReach = [
  ...["linked", "linking", "awaited", "missing", "needed", "not needed"],
  ...["change", "held", "passed-over", "in-step", "outside", "reported"].map(
    (kind) => `end ${kind}`,
  ),
  ...["outside", "linked", "candidate", "absent"].map((kind) => `match ${kind}`),
  ...["source-left", "source-gone"],
];

test("of random sites, explanations say what the plan says", { timeout: 300_000 }, async () => {
  const runs = Number(process.env["WORLDS"] ?? 100);
  const seed = process.env["SEED"] ? { seed: Number(process.env["SEED"]) } : {};
  await fc.assert(fc.asyncProperty(story, playStory), { numRuns: runs, ...seed });
  for (const what of mustReach)
    expect(reached.get(what) ?? 0, `no site reached: ${what}`).toBeGreaterThan(0);
});
