import type { Clock, Connector, GetResult } from "../connector/connector.ts";
import type { ExpressionScope, ExpressionTrouble } from "../expression/expression.ts";
import type { Mapping, Rule } from "../mapping/mapping.ts";
import { type Accounts, bindingOf } from "../run/bind.ts";
import { evaluateRule, isTrue } from "../run/evaluate.ts";
import type { EngineEvent } from "../run/events.ts";
import { expressionScope } from "../run/expression-scope.ts";
import { confirmAll, type LivingMapping, readAll, streamOf } from "../run/read-all.ts";
import { ruleDigest } from "../run/rule-digest.ts";
import { bindingConflict } from "../state/binding.ts";
import type { Intent, Link, MappingState, StateStore } from "../state/store.ts";
import { addressText, streamText } from "../value/address.ts";
import { accountsBarrier, type Barrier, directionBarrier } from "./barrier.ts";
import { withNames } from "./context.ts";
import { listsOf, madeBy, neighbours } from "./elsewhere.ts";
import { linksOfRule } from "./feedback.ts";
import type {
  Evaluation,
  LinkedMapping,
  MappingInput,
  PlanInput,
  PlanSettings,
  Reading,
  RuleInput,
} from "./input.ts";
import { goesThrough } from "./through.ts";

/*
 * Does every read that a plan needs, each stream once, and works out the expressions. The only file of this folder
 * that awaits. It writes nothing anywhere.
 */

export interface GatherDeps {
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly store: StateStore;
  readonly clock: Clock;
  readonly accounts: Accounts;
  /** Every mapping of the project, for references that go through one that is not planned. */
  readonly known: readonly Mapping[];
  readonly observe: (event: EngineEvent) => void;
}

export async function gather(
  mappings: readonly Mapping[],
  settings: PlanSettings,
  deps: GatherDeps,
  signal: AbortSignal,
): Promise<PlanInput> {
  const now = deps.clock.now();
  // Links are loaded before anything is read, so that a reading is never older than a link that it is held against.
  const states = new Map<string, MappingState>();
  for (const mapping of mappings) states.set(mapping.name, await deps.store.load(mapping.name));
  const past = await deps.store.pastReadings();
  const barriers = await findBarriers(mappings, states, settings, deps);
  const open = mappings.filter(({ name }) => !barriers.has(name));
  const switches = await switchesOf(open, { now, phoneCountry: settings.phoneCountry });
  const read = await readAll(livingOf(open, switches), { states, now }, deps, signal);
  const readings = withNames(await confirmAll(open, states, read, deps, signal));
  const inputs: MappingInput[] = [];
  for (const mapping of mappings) {
    const state = states.get(mapping.name) ?? { links: [], intents: [] };
    const barrier = barriers.get(mapping.name);
    if (barrier) inputs.push({ mapping, rules: [], links: state.links, barrier });
    else
      inputs.push(
        await gatherMapping(mapping, { state, readings, settings, now, switches }, deps, signal),
      );
  }
  return {
    settings,
    now,
    mappings: inputs,
    others: await loadOthers(mappings, deps),
    made: await loadMade(mappings, states, deps),
    readings,
    pastReadings: new Map(past.map((reading) => [streamText(reading), reading])),
  };
}

/** Mappings of which nothing may be read or planned, because the state knows other accounts or another direction. */
async function findBarriers(
  mappings: readonly Mapping[],
  states: ReadonlyMap<string, MappingState>,
  { purpose }: PlanSettings,
  { store, accounts, clock }: GatherDeps,
): Promise<ReadonlyMap<string, Barrier>> {
  const known = await store.bindings();
  const barriers = new Map<string, Barrier>();
  for (const mapping of mappings) {
    const wanted = bindingOf(mapping, accounts, clock.now());
    const conflict = bindingConflict(known, wanted);
    const bound = known.find((binding) => binding.mapping === mapping.name);
    const links = states.get(mapping.name)?.links ?? [];
    const turned = purpose === "sync" ? directionBarrier(mapping, { bound, links }, wanted) : null;
    const barrier = conflict ? accountsBarrier(wanted, conflict) : turned;
    if (barrier) barriers.set(mapping.name, barrier);
  }
  return barriers;
}

/** The links of mappings that are gone through and not planned themselves. */
async function loadOthers(
  mappings: readonly Mapping[],
  { known, store }: GatherDeps,
): Promise<PlanInput["others"]> {
  const others = new Map<string, LinkedMapping>();
  for (const name of mappings.flatMap(goesThrough)) {
    const mapping = known.find((one) => one.name === name);
    if (!mapping || others.has(name) || mappings.includes(mapping)) continue;
    const { links } = await store.load(name);
    others.set(name, { mapping, links });
  }
  return others;
}

/** What was made in lists that several mappings create in. */
async function loadMade(
  mappings: readonly Mapping[],
  states: ReadonlyMap<string, MappingState>,
  { known, store }: GatherDeps,
): Promise<PlanInput["made"]> {
  const beside = neighbours(mappings, known);
  const sharing = mappings.filter(({ rules }) => listsOf(rules).size > 0);
  if (beside.length === 0 && sharing.length < 2) return [];
  const made = sharing.flatMap((mapping) => madeBy(mapping, states.get(mapping.name) ?? noState));
  for (const mapping of beside) made.push(...madeBy(mapping, await store.load(mapping.name)));
  return made;
}

const noState: MappingState = { links: [], intents: [] };

interface MappingGround {
  readonly state: MappingState;
  readonly readings: ReadonlyMap<string, Reading>;
  readonly settings: PlanSettings;
  readonly now: Date;
  readonly switches: Switches;
}

async function gatherMapping(
  mapping: Mapping,
  ground: MappingGround,
  deps: GatherDeps,
  signal: AbortSignal,
): Promise<MappingInput> {
  const { readings, now } = ground;
  const { phoneCountry } = ground.settings;
  const scope = expressionScope(mapping, { readings, now, phoneCountry });
  const links = new Map(
    mapping.rules.map((rule) => [rule.name, linksOfRule(rule, ground.state.links)]),
  );
  const rules: RuleInput[] = [];
  for (const rule of mapping.rules) {
    const evaluate = () => evaluations(mapping, rule, { scope, links, ground }, deps, signal);
    rules.push(await gatherRule(mapping, rule, { scope, links, ground, evaluate }, deps, signal));
  }
  return { mapping, rules, links: ground.state.links };
}

type LinksByRule = ReadonlyMap<string, ReadonlyMap<string, Link>>;

async function gatherRule(
  mapping: Mapping,
  rule: Rule,
  at: {
    readonly scope: ExpressionScope;
    readonly links: LinksByRule;
    readonly ground: MappingGround;
    readonly evaluate: () => Promise<ReadonlyMap<string, Evaluation>>;
  },
  deps: GatherDeps,
  signal: AbortSignal,
): Promise<RuleInput> {
  const enabled = at.ground.switches.get(rule) ?? { value: true };
  const living = isLiving(rule, at.ground.switches);
  const intents = at.ground.state.intents
    .filter((intent) => intent.rule === rule.name)
    .toSorted((a, b) => (a.changeId < b.changeId ? -1 : 1));
  return {
    rule,
    digest: ruleDigest(mapping, rule),
    living,
    ...(enabled.trouble ? { enabledTrouble: enabled.trouble } : {}),
    evaluations: living ? await at.evaluate() : new Map(),
    links: at.links.get(rule.name) ?? new Map(),
    intents,
    origins: living ? await askOrigins(rule, intents, deps, signal) : new Map(),
  };
}

/** Whether each rule is switched on, before anything is read: `enabled` sees variables only. */
type Switches = ReadonlyMap<Rule, Switch>;

interface Switch {
  readonly value: boolean;
  readonly trouble?: ExpressionTrouble;
}

async function switchesOf(
  mappings: readonly Mapping[],
  ground: { readonly now: Date; readonly phoneCountry: string },
): Promise<Switches> {
  const switches = new Map<Rule, Switch>();
  for (const mapping of mappings) {
    const scope = expressionScope(mapping, { ...ground, readings: new Map() });
    for (const rule of mapping.rules) switches.set(rule, await enabledOf(rule, scope));
  }
  return switches;
}

function isLiving(rule: Rule, switches: Switches): boolean {
  return rule.role !== "dormant" && switches.get(rule)?.value !== false;
}

function livingOf(mappings: readonly Mapping[], switches: Switches): readonly LivingMapping[] {
  return mappings.map((mapping) => ({
    mapping,
    living: mapping.rules.filter((rule) => isLiving(rule, switches)),
  }));
}

/** A rule whose switch cannot be worked out must not be taken for one that is switched on. */
async function enabledOf(rule: Rule, scope: ExpressionScope): Promise<Switch> {
  if (!rule.enabled) return { value: true };
  const subject = { fields: {}, address: "", linked: () => false };
  const result = await rule.enabled.evaluate(subject, scope);
  return result.ok ? { value: isTrue(result.value) } : { value: false, trouble: result.trouble };
}

function evaluations(
  mapping: Mapping,
  rule: Rule,
  at: {
    readonly scope: ExpressionScope;
    readonly links: LinksByRule;
    readonly ground: MappingGround;
  },
  deps: GatherDeps,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Evaluation>> {
  const records = at.ground.readings.get(streamText(rule.source.ref))?.records ?? new Map();
  return evaluateRule(rule, records, {
    scope: at.scope,
    linked: (id, name) => at.links.get(name)?.has(id) ?? false,
    signal,
    progress: (done) =>
      deps.observe({
        kind: "working-out",
        mapping: mapping.name,
        rule: rule.name,
        records: done,
        of: records.size,
      }),
  });
}

/** Asks the system about creates whose answer was lost, where it keeps our origin id. */
async function askOrigins(
  rule: Rule,
  intents: readonly Intent[],
  deps: GatherDeps,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, GetResult>> {
  const origins = new Map<string, GetResult>();
  const stream = streamOf(deps, rule.target.ref);
  if (!stream.findByOrigin) return origins;
  for (const intent of intents) {
    if (intent.kind !== "create") continue;
    const answer = await stream.findByOrigin(addressText(intent.source), { signal });
    origins.set(intent.changeId, answer);
  }
  return origins;
}
