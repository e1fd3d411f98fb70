import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleCompany } from "../../cli/sandbox/start-sandbox.ts";
import { afterAWeek } from "../../cli/sandbox/week.ts";
import type { MemoryWorld } from "../../connectors/memory/world.ts";
import type { StreamRecord } from "../../engine/connector/connector.ts";
import { explainRecord } from "../../engine/explain/explain.ts";
import type { LinkDecision } from "../../engine/links/decision.ts";
import { buildPlan } from "../../engine/plan/build-plan.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import type { RecordAddress } from "../../engine/value/address.ts";
import { openCompany } from "../support/company.ts";
import { checkEngine, checkPlan, options, reached } from "../support/explained-plan.ts";
import {
  contact,
  handClock,
  officeProject,
  officeWorld,
  openOffice,
  person,
  user,
} from "../support/office.ts";
import { anyWorld, identities, lagMs, type Story } from "../support/random-worlds.ts";

/* The explanations of all records together say what the plan says, in whatever world. */

const signal = new AbortController().signal;

test("of the sample company, day by day", async () => {
  const data = await sampleCompany();
  const company = await openCompany({
    wfp: data["workforce-planning"] as Record<string, unknown>,
    procore: data.procore as Record<string, unknown>,
    wfpConnection: { companyId: "7c2a9d40-5b1e-4c8f-9a37-1f6e0d2b8c11" },
  });
  try {
    expect((await checkEngine(company.engine)).changes).not.toEqual([]);
    await company.link();
    await checkEngine(company.engine);
    await company.sync();
    expect((await checkEngine(company.engine)).changes).toEqual([]);
    const later = afterAWeek({
      "workforce-planning": company.wfp.save(),
      procore: company.procore.save(),
    });
    company.wfp.load(later["workforce-planning"]);
    company.procore.load(later.procore);
    expect((await checkEngine(company.engine)).changes).not.toEqual([]);
  } finally {
    await company.close();
  }
});

type Deed = Story["rounds"][number]["deeds"][number];

/** What people do by hand; only such deeds as change where records stand. */
function doDeed(world: MemoryWorld, deed: Deed, name: string): void {
  const change = (stream: string, which: number, edit: (record: StreamRecord) => void) => {
    const records = world.stream(stream).records();
    const record = records[which % Math.max(records.length, 1)];
    if (record) edit(record);
  };
  const put = (stream: string, record: StreamRecord, fields: StreamRecord["fields"]) =>
    world.stream(stream).put({ ...record, fields: { ...record.fields, ...fields } });
  switch (deed.what) {
    case "add-target":
      if (deed.stream === "contacts")
        world
          .stream("contacts")
          .put(contact(name, { name: deed.identity.name, number: deed.identity.number }));
      return;
    case "change-type":
      change("people", deed.which, (one) =>
        put("people", one, { is_user: one.fields["is_user"] !== true }),
      );
      return;
    case "new-title":
      change(deed.stream, deed.which, (one) => put(deed.stream, one, { title: deed.title }));
      return;
    case "edit-person":
      change("people", deed.which, (one) => put("people", one, deed.values));
      return;
    case "add-person":
      world.stream("people").put(person(name, deed.values));
      return;
    case "remove-person":
      change("people", deed.which, ({ id }) => world.stream("people").remove(id));
      return;
    case "drift":
      change(deed.stream, deed.which, (one) => put(deed.stream, one, deed.values));
      return;
    case "remove-target":
      change(deed.stream, deed.which, ({ id }) => world.stream(deed.stream).remove(id));
  }
}

type Decided = Story["rounds"][number]["decisions"][number];

/** A line of a links file about records that are there, unless one of them has a line already. */
function decisionOf(
  world: MemoryWorld,
  { kind, rule, source: from, target: to }: Decided,
  known: readonly LinkDecision[],
): readonly LinkDecision[] {
  const at = (stream: string, which: number): RecordAddress[] => {
    const records = world.stream(stream).records();
    const record = records[which % Math.max(records.length, 1)];
    return record ? [{ connection: "office", stream, id: record.id }] : [];
  };
  const [source] = at("people", from);
  const [target] = at(rule, to);
  const taken = known.some(
    (one) =>
      one.rule === rule &&
      (one.source.id === source?.id || ("target" in one && one.target.id === target?.id)),
  );
  if (!source || !target || taken) return [];
  const place = { file: "links/people.yaml", line: known.length + 1, column: 5 };
  return [
    kind === "ignore"
      ? { kind, rule, source, at: place }
      : { kind, rule, source, target, at: place },
  ];
}

/** The mapping as it is, two that do more with what differs, and one with a rule that leads back. */
const variants: readonly NonNullable<Parameters<typeof officeProject>[0]["replace"]>[] = [
  [],
  [
    ["title: title", "title: { from: title, whenNull: keep, drift: keep }"],
    ["left: retire, gone: retire, lost: create", "left: unlink, gone: ignore, unmanaged: report"],
  ],
  [
    ["      number: number\n", "      number: { from: number, set: if-empty }\n"],
    ["title: title", "title: { from: title, when: active, drift: hold }"],
    ["on: { found: link, ", "on: { "],
  ],
  [
    [
      "limits:",
      "  back: { direction: users -> people, when: active, fields: { title: template } }\nlimits:",
    ],
    ["lost: create", "lost: create, unmanaged: report"],
  ],
];

const outOfOrder = {
  code: "unreachable",
  message: "Out of order.",
  retry: "later",
  applied: "no",
} as const;

async function playStory(story: Story): Promise<void> {
  const clock = handClock();
  const world = officeWorld({
    people: story.people.map((fields, index) => person(`p${index}`, fields)),
    users: story.users.map((fields, index) =>
      user(`u${index}`, { ...fields, email: identities[index]?.email ?? null }),
    ),
    contacts: story.contacts.map((fields, index) => contact(`c${index}`, fields)),
    batch: story.batch,
    origin: story.origin,
    lagMs: story.lag ? lagMs : 0,
    now: clock.millis,
  });
  const replace = variants[story.people.length % variants.length] ?? [];
  const project = await officeProject({ batch: story.batch, replace });
  const store = memoryStore(clock);
  const decisions: LinkDecision[] = [];
  const open = () => {
    const mappings = project.mappings.map((mapping) => ({ ...mapping, decisions }));
    return openOffice({ ...project, mappings }, world, clock, { store });
  };
  for (const [number, round] of story.rounds.entries()) {
    for (const decided of round.decisions) decisions.push(...decisionOf(world, decided, decisions));
    const engine = open();
    for (const [index, deed] of round.deeds.entries())
      doDeed(world, deed, `made-${number}-${index}`);
    for (const { kind, ...target } of round.faults)
      world.fail(
        kind === "refuse" ? { ...target, kind, problem: outOfOrder } : { ...target, kind },
      );
    const input = await engine.gather({ ...options, purpose: "sync" });
    const plan = buildPlan(input);
    const [one] = checkPlan(input, plan);
    if (one) expect(explainRecord(input, plan, one.record)).toEqual(one);
    const allow = plan.guards.flatMap((guard) => guard.allow ?? []);
    const allowed = buildPlan({ ...input, settings: { ...input.settings, allow } });
    await engine.apply(allowed, { startedBy: "test", signal });
    clock.advance(round.pauseMs);
  }
  world.clearFaults();
  clock.advance(2 * lagMs);
  await checkEngine(open());
}

/** What the worlds must reach; a generator that reaches less proves less. Rarer things have tests of their own. */
const mustReach = [
  ...["change", "held", "passed-over", "in-step", "unsettled", "nothing"].map(
    (kind) => `end ${kind}`,
  ),
  ...["in", "out", "absent"].map((kind) => `scope ${kind}`),
  ...["same", "written", "kept", "waits", "left-out"].map((outcome) => `field ${outcome}`),
  ...["linked", "left", "gone", "lost", "candidate", "absent", "ambiguous"].map(
    (kind) => `match ${kind}`,
  ),
  "kind target",
  "unmanaged",
];

test("of random worlds, whatever goes wrong in them", { timeout: 300_000 }, async () => {
  const runs = Number(process.env["WORLDS"] ?? 100);
  const seed = process.env["SEED"] ? { seed: Number(process.env["SEED"]) } : {};
  await fc.assert(fc.asyncProperty(anyWorld, playStory), { numRuns: runs, ...seed });
  for (const what of mustReach)
    expect(reached.get(what) ?? 0, `no world reached: ${what}`).toBeGreaterThan(0);
});
