import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { MemoryWorld } from "../../connectors/memory/world.ts";
import type { Project } from "../../engine/config/project.ts";
import type { StreamRecord } from "../../engine/connector/connector.ts";
import type { LinkDecision } from "../../engine/links/decision.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { Engine } from "../../engine/run/engine.ts";
import { memoryStore } from "../../engine/state/memory-store.ts";
import type { StateStore } from "../../engine/state/store.ts";
import type { RecordAddress } from "../../engine/value/address.ts";
import type { Fields } from "../../engine/value/value.ts";
import {
  contact,
  type HandClock,
  handClock,
  officeProject,
  officeWorld,
  openOffice,
  person,
  user,
} from "../support/office.ts";
import { anyWorld, identities, lagMs, type Story } from "../support/random-worlds.ts";
import { isSupplanted } from "../support/supplanted.ts";

/*
 * Random worlds: people and directory records with near-duplicates and missing keys, edited by hand between runs, while
 * answers are lost, writes refused, readings cut and lists lag. Whatever happens, the laws at the end hold. A failing
 * world is replayed with the seed and the path that fast-check prints.
 */

const reached = new Map<string, number>();

function count(what: string): void {
  reached.set(what, (reached.get(what) ?? 0) + 1);
}

interface Scene {
  readonly world: MemoryWorld;
  readonly clock: HandClock;
  /** With what the links files say now. */
  engine: Engine;
  readonly store: StateStore;
  readonly project: Project;
  readonly decisions: LinkDecision[];
  /** Records that a decision has cut off: what was written to them stays, and no link tells of it. */
  readonly released: Set<string>;
  /** Whether somebody has renamed or renumbered a target record, by its id. */
  readonly drifted: Map<string, "renamed" | "renumbered">;
}

async function open(story: Story, order: "listed" | "turned" = "listed"): Promise<Scene> {
  const clock = handClock();
  const inOrder = (records: readonly StreamRecord[]) =>
    order === "listed" ? records : records.toReversed();
  const users = story.users.map((fields, index) =>
    user(`u${index}`, { ...fields, email: identities[index]?.email ?? null }),
  );
  const world = officeWorld({
    people: inOrder(story.people.map((fields, index) => person(`p${index}`, fields))),
    users: inOrder(users),
    contacts: inOrder(story.contacts.map((fields, index) => contact(`c${index}`, fields))),
    batch: story.batch,
    origin: story.origin,
    lagMs: story.lag ? lagMs : 0,
    now: clock.millis,
  });
  const store = memoryStore(clock);
  const project = await officeProject({ batch: story.batch });
  const engine = openOffice(project, world, clock, { store });
  return {
    world,
    clock,
    engine,
    store,
    project,
    decisions: [],
    released: new Set(),
    drifted: new Map(),
  };
}

const signal = new AbortController().signal;

function allGuards(plan: Plan): readonly string[] {
  return plan.guards.flatMap((guard) => guard.allow ?? []);
}

function makePlan(scene: Scene, allow: readonly string[] = []): Promise<Plan> {
  return scene.engine.plan({ purpose: "sync", allow, only: [], exclude: [], signal });
}

async function applyPlan(scene: Scene, plan: Plan): Promise<ReadonlyMap<string, string>> {
  const result = await scene.engine.apply(plan, { startedBy: "test", signal });
  if (result.status === "refused") count(`refused ${result.refusal?.code}`);
  for (const outcome of result.outcomes)
    count(`outcome ${outcome.status}${outcome.code ? ` ${outcome.code}` : ""}`);
  return new Map(result.outcomes.map((outcome) => [outcome.changeId, outcome.code ?? "applied"]));
}

/** Writes a line into the links file, unless it would contradict one that stands there: that is refused on loading. */
function decide(scene: Scene, wanted: Story["rounds"][number]["decisions"][number]): void {
  const { kind, rule } = wanted;
  const at = (stream: string, which: number): RecordAddress | null => {
    const records = scene.world.stream(stream).records();
    const record = records[which % Math.max(records.length, 1)];
    return record ? { connection: "office", stream, id: record.id } : null;
  };
  const source = at("people", wanted.source);
  const target = at(rule, wanted.target);
  const own = scene.decisions.filter((one) => one.rule === rule);
  const taken = own.some(
    (one) => one.source.id === source?.id || ("target" in one && one.target.id === target?.id),
  );
  if (!source || !target || taken) return;
  const place = { file: "links/people.yaml", line: scene.decisions.length + 1, column: 5 };
  const decision: LinkDecision =
    kind === "ignore"
      ? { kind, rule, source, at: place }
      : { kind, rule, source, target, at: place };
  scene.decisions.push(decision);
  const mappings = scene.project.mappings.map((mapping) => ({
    ...mapping,
    decisions: scene.decisions,
  }));
  const { world, clock, store } = scene;
  scene.engine = openOffice({ ...scene.project, mappings }, world, clock, { store });
  count(`decision ${kind}`);
}

/** What a decision cuts off is nobody's from then on. */
function noteReleased(scene: Scene, plan: Plan): void {
  for (const change of plan.changes) {
    const cut = change.kind === "unlink" && change.situation === "linked" ? change.target : null;
    const old = change.kind === "link" && change.decided ? change.replaces : null;
    for (const address of [cut, old]) {
      if (address) scene.released.add(`${address.stream}/${address.id}`);
    }
  }
}

function countPlan(plan: Plan): void {
  for (const change of plan.changes) {
    if (change.kind === "link" && change.decided) count(`decided by ${change.decided}`);
    count(`change ${change.kind} ${change.situation}`);
    if ("fields" in change) for (const { why } of change.fields) count(`why ${why}`);
    if (change.after.length > 0) count("ordered group");
  }
  for (const held of plan.held) count(`held ${held.code}`);
  for (const guard of plan.guards) count(`guard ${guard.code}`);
  for (const finding of plan.findings) count(`finding ${finding.code}`);
  for (const group of plan.passedOver) count(`passed over ${group.code}`);
  if (plan.answered.length > 0) count("intent answered");
  if (plan.refreshes.length > 0) count("baseline refreshed");
}

let added = 0;

function doDeed(scene: Scene, deed: Story["rounds"][number]["deeds"][number]): void {
  const { world } = scene;
  const pick = (stream: string, which: number): StreamRecord | undefined => {
    const records = world.stream(stream).records();
    return records[which % Math.max(records.length, 1)];
  };
  const change = (stream: string, record: StreamRecord, fields: Fields) =>
    world.stream(stream).put({ ...record, fields: { ...record.fields, ...fields } });
  switch (deed.what) {
    case "add-target": {
      const { name, email, number } = deed.identity;
      // The system lets nobody take an e-mail address that a user has.
      if (deed.stream === "users" && isTaken(scene, email)) return;
      const made = deed.stream === "users" ? user : contact;
      const emailOfUser = deed.stream === "users" ? { email } : {};
      world.stream(deed.stream).put(made(`by-hand-${added++}`, { name, number, ...emailOfUser }));
      return;
    }
    case "change-type": {
      const record = pick("people", deed.which);
      if (record) change("people", record, { is_user: record.fields["is_user"] !== true });
      return;
    }
    case "new-title": {
      const record = pick(deed.stream, deed.which);
      if (record) change(deed.stream, record, { title: deed.title });
      return;
    }
    case "edit-person": {
      const record = pick("people", deed.which);
      if (record) world.stream("people").put({ ...record, fields: deed.values });
      return;
    }
    case "add-person":
      world.stream("people").put(person(`new${added++}`, deed.values));
      return;
    case "remove-person": {
      const record = pick("people", deed.which);
      if (record) world.stream("people").remove(record.id);
      return;
    }
    case "drift": {
      const record = pick(deed.stream, deed.which);
      // Who renames and renumbers a record whose creation is in doubt makes it another record, for people as well.
      const { name: _name, ...renumbered } = deed.values;
      const { number: _number, ...renamed } = deed.values;
      if (!record) return;
      const how = scene.drifted.get(record.id) ?? (deed.which % 2 === 0 ? "renumbered" : "renamed");
      scene.drifted.set(record.id, how);
      const values = how === "renumbered" ? renumbered : renamed;
      world.stream(deed.stream).put({ ...record, fields: { ...record.fields, ...values } });
      return;
    }
    case "remove-target": {
      const record = pick(deed.stream, deed.which);
      if (record) world.stream(deed.stream).remove(record.id);
    }
  }
}

function isTaken(scene: Scene, email: string | null): boolean {
  const taken = scene.world
    .stream("users")
    .records()
    .map((record) => record.fields["email"]);
  return taken.some((other) => `${other}`.toLowerCase() === `${email}`.toLowerCase());
}

function addFault(scene: Scene, fault: Story["rounds"][number]["faults"][number]): void {
  const { kind, ...target } = fault;
  if (kind !== "refuse") {
    scene.world.fail({ ...target, kind });
    return;
  }
  const problem = {
    code: "unreachable",
    message: "Out of order.",
    retry: "later",
    applied: "no",
  } as const;
  scene.world.fail({ ...target, kind, problem });
}

async function playRound(scene: Scene, round: Story["rounds"][number]): Promise<void> {
  for (const deed of round.deeds) doDeed(scene, deed);
  for (const decision of round.decisions) decide(scene, decision);
  for (const fault of round.faults) addFault(scene, fault);
  let plan = await makePlan(scene);
  if (round.letThrough && plan.guards.length > 0) plan = await makePlan(scene, allGuards(plan));
  countPlan(plan);
  noteReleased(scene, plan);
  // Between a saved plan and its apply the world goes on.
  for (const deed of round.late) doDeed(scene, deed);
  await applyPlan(scene, plan);
  const writes = scene.world.writes.length;
  const again = await scene.engine.apply(plan, { startedBy: "test", signal });
  expect(again.status).toBe("refused");
  expect(scene.world.writes.length).toBe(writes);
  scene.clock.advance(round.pauseMs);
}

/** Without faults and with time enough, a few runs settle everything that can be settled. */
async function settle(scene: Scene): Promise<void> {
  scene.world.clearFaults();
  let codes: ReadonlyMap<string, string> = new Map();
  for (let run = 0; run < 6; run += 1) {
    scene.clock.advance(2 * lagMs);
    const asked = await makePlan(scene);
    const plan = asked.guards.length > 0 ? await makePlan(scene, allGuards(asked)) : asked;
    countPlan(plan);
    noteReleased(scene, plan);
    if (plan.changes.length === 0) return;
    if (run === 5) {
      // What is left is what the system refuses, such as an e-mail address that another user has.
      for (const change of plan.changes)
        expect([change.reason, codes.get(change.id)]).toEqual([change.reason, "already-exists"]);
      count("world with a refused change left");
      return;
    }
    codes = await applyPlan(scene, plan);
  }
}

/**
 * What nobody has decided about. Who says of a record that we made that it is somebody else's gets a second one, and
 * the first is nobody's.
 */
function undecided(scene: Scene, stream: string): readonly StreamRecord[] {
  const decisions = scene.decisions.filter(({ rule }) => rule === stream);
  const people = new Set(decisions.map(({ source }) => source.id));
  const targets = new Set(decisions.flatMap((one) => ("target" in one ? one.target.id : [])));
  return scene.world
    .stream(stream)
    .records()
    .filter(({ id, fields }) => !targets.has(id) && !people.has(String(fields["mark"])))
    .filter(({ id }) => !scene.released.has(`${stream}/${id}`));
}

async function checkLaws(scene: Scene): Promise<void> {
  const state = await scene.store.load("people");
  const tied = new Set(state.links.map(({ target }) => `${target.stream}/${target.id}`));
  const ours = (stream: string) =>
    undecided(scene, stream).filter((record) => !isSupplanted(scene, { stream, record, tied }));
  // No duplicate: no person has two records of one kind that we wrote.
  for (const stream of ["users", "contacts"]) {
    const all = ours(stream).flatMap((record) => record.fields["mark"] ?? []);
    expect(all.length, `two ${stream} for one person`).toBe(new Set(all).size);
  }
  // No unlinked write: every record that we made or changed and that is still there has a link, or is shown to a
  // person as what a create in doubt may have made.
  const plan = await makePlan(scene);
  const doubted = plan.held.flatMap((held) => (held.code === "in-doubt" ? held.candidates : []));
  const accounted = [
    ...state.links.map((link) => link.target),
    ...doubted.map((one) => one.address),
  ];
  const linked = new Set(accounted.map((address) => `${address.stream}/${address.id}`));
  for (const write of scene.world.writes) {
    const there = ours(write.stream).some((record) => record.id === write.id);
    const name = `${write.stream}/${write.id}`;
    if (there) expect(linked.has(name), `${name} was written and is not linked`).toBe(true);
  }
  // No run left its right to write behind.
  const leases = await scene.store.acquireLease("mapping:people", "somebody else", 1_000);
  expect(leases.ok).toBe(true);
}

test("no world ends with a duplicate, an unlinked write or something left to do", {
  timeout: 900_000,
}, async () => {
  const runs = Number(process.env["WORLDS"] ?? 1000);
  await fc.assert(
    fc.asyncProperty(anyWorld, async (story) => {
      const scene = await open(story);
      for (const round of story.rounds) await playRound(scene, round);
      await settle(scene);
      await checkLaws(scene);
      count("worlds");
    }),
    { numRuns: runs, ...(process.env["SEED"] ? { seed: Number(process.env["SEED"]) } : {}) },
  );
});

test("the order in which systems list their records does not matter", async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld, async (story) => {
      const scene = await open(story);
      const turned = await open(story, "turned");
      const plan = await makePlan(scene);
      expect((await makePlan(turned)).digest).toBe(plan.digest);
      expect(JSON.stringify({ ...(await makePlan(scene)), id: "", header: {} })).toBe(
        JSON.stringify({ ...plan, id: "", header: {} }),
      );
    }),
    { numRuns: 100 },
  );
});

/** What the worlds must reach; a generator that reaches less proves less. */
const mustReach = [
  "decision link",
  "decision apart",
  "decision ignore",
  "decided by file",
  "change unlink linked",
  "held decision-stale",
  "passed over decided-ignore",
  "change create absent",
  "change update linked",
  "change retire left",
  "change retire gone",
  "change link found",
  "change create lost",
  "change unlink gone",
  "held ambiguous",
  "held keyless",
  "held disagrees",
  "held in-doubt",
  "outcome in-doubt answer-lost",
  "outcome stale stale",
  "outcome stale candidate-appeared",
  "outcome failed already-exists",
  "outcome skipped waits-for",
  "why drift",
  "why source-changed-and-drift",
  "finding reading-stopped",
  "ordered group",
  "intent answered",
];

afterAll(() => {
  const lines = [...reached]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, times]) => `  ${times} ${what}`);
  process.stdout.write(`What the random worlds reached:\n${lines.join("\n")}\n`);
  for (const what of mustReach)
    expect(reached.get(what) ?? 0, `no world reached: ${what}`).toBeGreaterThan(0);
});
