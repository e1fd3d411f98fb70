import type { Project } from "../../engine/config/project.ts";
import { redactText } from "../../engine/config/secrets.ts";
import type { Mapping } from "../../engine/mapping/mapping.ts";
import { goesThrough } from "../../engine/plan/through.ts";
import type {
  AutosyncSwitch,
  LatestRequests,
  MappingName,
  Override,
} from "../../engine/state/service-store.ts";
import type { State } from "../../engine/state/state.ts";
import { streamText } from "../../engine/value/address.ts";
import type { Value } from "../../engine/value/value.ts";
import { scheduleOf } from "../schedule/slots.ts";
import type { MappingView, VariableView } from "../service.ts";
import type { Workspace } from "../workspaces/workspace.ts";

/* One mapping for people, from its file and from what the store knows of it. Pure. */

/** What the store knows of the mappings of some workspaces, asked for all of them at once. */
export interface MappingFacts {
  latest(of: MappingName): LatestRequests;
  autosync(of: MappingName): AutosyncSwitch | undefined;
  overrides(of: MappingName): readonly Override[];
  /** Whether it was run once. */
  isBound(of: MappingName): boolean;
}

/** Four questions, however many workspaces there are. */
export async function mappingFacts(
  { service }: Pick<State, "service">,
  workspaces: readonly Workspace[],
): Promise<MappingFacts> {
  const names = workspaces.flatMap(({ name: workspace, project }) =>
    (project?.mappings ?? []).map(({ name: mapping }) => ({ workspace, mapping })),
  );
  const [first, ...others] = workspaces;
  const only = first && others.length === 0 ? first.name : undefined;
  const [latest, switches, overrides, bound] = await Promise.all([
    service.latest(names),
    service.switches(only),
    service.overrides(only),
    service.boundMappings(only),
  ]);
  const latestByName = byName(latest);
  const switchByName = byName(switches);
  const overridesByName = Map.groupBy(overrides, nameKey);
  const boundNames = new Set(bound.map(nameKey));
  return {
    latest: (of) => latestByName.get(nameKey(of)) ?? { ...of, open: [] },
    autosync: (of) => switchByName.get(nameKey(of)),
    overrides: (of) => overridesByName.get(nameKey(of)) ?? [],
    isBound: (of) => boundNames.has(nameKey(of)),
  };
}

function byName<T extends MappingName>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((one) => [nameKey(one), one]));
}

function nameKey({ workspace, mapping }: MappingName): string {
  return JSON.stringify([workspace, mapping]);
}

export function mappingView(
  of: MappingName,
  { project, mapping }: { readonly project: Project; readonly mapping: Mapping },
  facts: MappingFacts,
  nextRunAt: Date | undefined,
): MappingView {
  const { ended, planned, open } = facts.latest(of);
  const current =
    open.find(({ status }) => status === "planning" || status === "applying") ??
    open.find(({ status }) => status === "queued");
  const waiting = open.find(({ status }) => status === "waiting");
  const schedule = scheduleOf(mapping);
  const autosync = autosyncOf(of, schedule, facts);
  return {
    name: mapping.name,
    description: mapping.description,
    file: mapping.file,
    rules: mapping.rules.map(({ name, role, source, target }) => ({
      name,
      role,
      from: streamText(source.ref),
      to: streamText(target.ref),
    })),
    systemOfRecord: connectionOfRecord(mapping),
    goesThrough: goesThrough(mapping),
    ...(schedule === null ? {} : { schedule }),
    autosync,
    policy: mapping.policy,
    variables: variablesOf(mapping, facts.overrides(of), project.secrets),
    ...(autosync.isOn && !autosync.awaitsFirstRun && nextRunAt ? { nextRunAt } : {}),
    ...(ended && { last: ended }),
    ...(current && { current }),
    ...(waiting && { waiting }),
    held: planned?.counts?.held ?? 0,
  };
}

function autosyncOf(
  of: MappingName,
  schedule: string | null,
  facts: MappingFacts,
): MappingView["autosync"] {
  const byHand = facts.autosync(of);
  const isOn = byHand?.isOn ?? schedule !== null;
  return {
    isOn,
    ...(byHand && { by: byHand.by, at: byHand.at }),
    awaitsFirstRun: isOn && schedule !== null && !facts.isBound(of),
  };
}

function connectionOfRecord({ sources, systemOfRecord }: Mapping): string {
  return sources.find(({ name }) => name === systemOfRecord)?.ref.connection ?? systemOfRecord;
}

function variablesOf(
  { vars, varsInFile }: Mapping,
  overrides: readonly Override[],
  secrets: readonly string[],
): readonly VariableView[] {
  return Object.entries(varsInFile).map(([name, inFile]) => {
    const override = overrides.find(({ variable }) => variable === name);
    return {
      name,
      value: shown(vars[name] ?? null, secrets),
      fromGit: shown(inFile, secrets),
      ...(override && { override: { by: override.by, at: override.at } }),
    };
  });
}

/** Variables can be filled in from the environment, and may then be secrets. */
function shown(value: Value, secrets: readonly string[]): Value {
  if (typeof value === "string") return redactText(value, secrets);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((one: Value) => shown(one, secrets));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shown(one, secrets)]));
}
