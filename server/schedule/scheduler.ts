import type { Project } from "../../engine/config/project.ts";
import type { Clock } from "../../engine/connector/connector.ts";
import type { Mapping } from "../../engine/mapping/mapping.ts";
import type { RequestStatus, RunRequest, Slot } from "../../engine/state/service-store.ts";
import type { State } from "../../engine/state/state.ts";
import type { Log } from "../log/log.ts";
import type { Workspaces } from "../workspaces/workspace.ts";
import { judgeSlot } from "./due.ts";
import { jitterMs } from "./jitter.ts";
import { nextRunAt } from "./next-run.ts";
import { quietUntil } from "./quiet.ts";
import { openSlotBook, type SlotBook, scheduleOf } from "./slots.ts";

/** What the schedule asks for. */
export interface ScheduledRun {
  readonly workspace: string;
  readonly mapping: string;
  readonly purpose: "sync";
  readonly allow: readonly string[];
  readonly trigger: "schedule";
  readonly requestedBy: "schedule";
  /** The end of the window in which nothing is written. */
  readonly notBefore?: Date;
}

export interface SchedulerOptions {
  readonly workspaces: Workspaces;
  readonly state: State;
  /** Queues a run. What it answers does not matter: a request that is queued already serves as well. */
  readonly ask: (run: ScheduledRun) => Promise<unknown>;
  readonly clock: Clock;
  readonly jitterSeconds: number;
  readonly tickSeconds: number;
  readonly log: Log;
}

export interface Scheduler {
  /** Looks once what is due. Happens by itself every `tickSeconds`. Rejects when the store cannot be asked. */
  tick(): Promise<void>;
  /** When the schedule starts a mapping next, whether Autosync is on or not. Undefined where it never does. */
  nextRunAt(workspace: string, mapping: string): Date | undefined;
  /** Resolves when no tick is under way any more. */
  stop(): Promise<void>;
}

/** Requests that are queued or under way, of all workspaces: two a mapping at most. */
const openRequestsMax = 20_000;

/** Clocks of several machines differ by less, milliseconds. */
const clocksApartMaxMs = 300_000;

const open: readonly RequestStatus[] = ["queued", "planning", "applying"];

/** A mapping with a slot that nobody has claimed. */
interface Due {
  readonly workspace: string;
  readonly project: Project;
  readonly mapping: Mapping;
  readonly slot: Date;
  readonly claimed: Date | undefined;
}

/** What a scheduler keeps from tick to tick. */
interface Memory {
  readonly book: SlotBook;
  /** Claimed, and the asking failed: the store was away for a moment. */
  readonly owed: Map<string, Due>;
  /** Slots were claimed ahead of the clock, and that was said. */
  wasAhead: boolean;
}

/**
 * Starts what is due. Any number of processes may do so over one store: whoever claims a slot asks for its run. Asking
 * follows claiming, so that a slot never starts two runs; a process that dies in between loses one slot, and the next one makes
 * up for it.
 */
export function openScheduler(options: SchedulerOptions): Scheduler {
  const stopping = new AbortController();
  const memory: Memory = { book: openSlotBook(), owed: new Map(), wasAhead: false };
  let current: Promise<void> | undefined;

  const tick = (): Promise<void> => {
    current ??= lookOnce(options, memory, stopping.signal).finally(() => {
      current = undefined;
    });
    return current;
  };
  const loop = keepTicking(options, tick, stopping.signal);

  return {
    tick,
    nextRunAt: (workspace, mapping) => nextRunOf(options, memory.book, workspace, mapping),
    stop: async () => {
      stopping.abort();
      await loop;
    },
  };
}

function nextRunOf(
  { workspaces, clock, jitterSeconds }: SchedulerOptions,
  slots: SlotBook,
  workspace: string,
  name: string,
): Date | undefined {
  const project = workspaces.get(workspace)?.project;
  const mapping = project?.mappings.find((one) => one.name === name);
  if (!project || !mapping) return undefined;
  return nextRunAt({ workspace, project, mapping, jitterSeconds, slots, at: clock.now() });
}

async function keepTicking(
  { clock, tickSeconds, log }: SchedulerOptions,
  tick: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await tick();
    } catch (err) {
      log.error("The schedule could not be looked at. It is tried again at the next tick.", {
        code: "schedule-unreadable",
        err,
      });
    }
    await clock.sleep(tickSeconds * 1_000, signal);
  }
}

async function lookOnce(
  options: SchedulerOptions,
  memory: Memory,
  signal: AbortSignal,
): Promise<void> {
  for (const [key, due] of [...memory.owed]) {
    memory.owed.delete(key);
    await askFor(options, due, memory);
  }
  const slots = await options.state.service.slots();
  warnAhead(options, memory, slots);
  const claimed = new Map(slots.map((slot) => [keyOf(slot), slot.at]));
  const due = dueMappings(options, memory.book, claimed);
  if (due.length === 0) return;
  const standingOf = await standings(options);
  for (const one of due) {
    if (signal.aborted) return;
    const { workspace, mapping, slot } = one;
    const verdict = judgeSlot({ slot, claimed: one.claimed, ...standingOf(one) });
    if (verdict === "wait") continue;
    const isOurs = await options.state.service.claimSlot({
      workspace,
      mapping: mapping.name,
      at: slot,
    });
    if (isOurs && verdict === "start") await askFor(options, one, memory);
  }
}

/** A slot that was claimed cannot be given back, so that a clock that went ahead leaves mappings without runs for as long. */
function warnAhead({ clock, log }: SchedulerOptions, memory: Memory, slots: readonly Slot[]): void {
  const latest = Math.max(...slots.map(({ at }) => at.getTime()));
  const isAhead = latest > clock.now().getTime() + clocksApartMaxMs;
  if (isAhead && !memory.wasAhead) {
    log.warn("Runs were started for a time that has not come yet. Was a clock wrong?", {
      code: "schedule-ahead",
      until: new Date(latest).toISOString(),
    });
  }
  memory.wasAhead = isAhead;
}

function dueMappings(
  { workspaces, clock, jitterSeconds }: SchedulerOptions,
  book: SlotBook,
  claimed: ReadonlyMap<string, Date>,
): readonly Due[] {
  const at = clock.now().getTime();
  return workspaces.all().flatMap(({ name: workspace, project }) =>
    (project?.mappings ?? []).flatMap((mapping) => {
      const schedule = scheduleOf(mapping);
      if (project === null || schedule === null) return [];
      const moment = new Date(at - jitterMs(workspace, mapping.name, jitterSeconds));
      const slot = book.latest(schedule, project.timezone, moment);
      const last = claimed.get(keyOf({ workspace, mapping: mapping.name }));
      if (slot === null || (last !== undefined && last >= slot)) return [];
      return [{ workspace, project, mapping, slot, claimed: last }];
    }),
  );
}

/** Asked for only when something is due: three questions, however many mappings there are. */
async function standings({ state }: SchedulerOptions) {
  const { service } = state;
  const requests = await service.requests({ statuses: open, limit: openRequestsMax });
  const byMapping = Map.groupBy(requests, keyOf);
  const off = new Set((await service.switches()).filter(({ isOn }) => !isOn).map(keyOf));
  const bound = new Set((await service.boundMappings()).map(keyOf));
  return ({ workspace, mapping }: Due) => {
    const key = keyOf({ workspace, mapping: mapping.name });
    const none: readonly RunRequest[] = [];
    return { isOn: !off.has(key), isBound: bound.has(key), open: byMapping.get(key) ?? none };
  };
}

async function askFor(options: SchedulerOptions, due: Due, memory: Memory): Promise<void> {
  const { workspace, project, mapping, slot } = due;
  const about = { workspace, mapping: mapping.name };
  const notBefore = quietUntil(project.quiet, project.timezone, options.clock.now());
  try {
    await options.ask({
      ...about,
      purpose: "sync",
      allow: [],
      trigger: "schedule",
      requestedBy: "schedule",
      ...(notBefore && { notBefore }),
    });
    options.log.info("A run was asked for by schedule.", { ...about, slot: slot.toISOString() });
  } catch (err) {
    memory.owed.set(keyOf(about), due);
    options.log.error("A run that is due could not be asked for. It is tried again.", {
      ...about,
      code: "schedule-not-asked",
      err,
    });
  }
}

/** Names hold no U+0000. */
function keyOf({ workspace, mapping }: Pick<Slot, "workspace" | "mapping">): string {
  return `${workspace}\u0000${mapping}`;
}
