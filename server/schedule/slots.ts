import { Cron } from "croner";
import { type Mapping, neverScheduled } from "../../engine/mapping/mapping.ts";

/* The moments at which a mapping is due, from its cron text. They are what is claimed; when a run starts is another thing. */

/** As often as the systems' own connection runs; for mappings that say nothing. */
const hourly = "0 * * * *";

/** The cron text of a mapping; null where nothing is to start by itself. */
export function scheduleOf({ schedule }: Pick<Mapping, "schedule">): string | null {
  return schedule === neverScheduled ? null : (schedule ?? hourly);
}

/** The last slot at or before a moment; null when there has been none. */
export function latestSlot(schedule: string, timezone: string, at: Date): Date | null {
  // What the library calls previous is earlier than the moment that it is given.
  const [slot] = cronOf(schedule, timezone).previousRuns(1, new Date(at.getTime() + 1));
  return slot ?? null;
}

/** The first slot after a moment; null when there is none. */
export function nextSlot(schedule: string, timezone: string, at: Date): Date | null {
  return cronOf(schedule, timezone).nextRun(at);
}

/** Without a function to call, it starts no timer. */
function cronOf(schedule: string, timezone: string): Cron {
  return new Cron(schedule, { timezone, mode: "5-part", paused: true });
}

/** Remembers what it has found: hundreds of mappings ask again and again, mostly for the same. */
export interface SlotBook {
  /** As `latestSlot`. */
  latest(schedule: string, timezone: string, at: Date): Date | null;
  /** As `nextSlot`. */
  next(schedule: string, timezone: string, at: Date): Date | null;
}

/** From a slot to the one that follows it. */
interface Span {
  readonly slot: Date | null;
  readonly following: Date | null;
  readonly from: number;
  readonly to: number;
}

/** Mappings that share a schedule are put off by different times, so that they may stand on both sides of a slot. */
const spansMax = 4;

export function openSlotBook(): SlotBook {
  const known = new Map<string, readonly Span[]>();

  function spanAt(schedule: string, timezone: string, at: Date): Span {
    const key = `${timezone} ${schedule}`;
    const spans = known.get(key) ?? [];
    const moment = at.getTime();
    const found = spans.find(({ from, to }) => moment >= from && moment < to);
    if (found) return found;
    const span = spanAround(schedule, timezone, at);
    known.set(key, [span, ...spans].slice(0, spansMax));
    return span;
  }

  return {
    latest: (schedule, timezone, at) => spanAt(schedule, timezone, at).slot,
    next: (schedule, timezone, at) => spanAt(schedule, timezone, at).following,
  };
}

function spanAround(schedule: string, timezone: string, at: Date): Span {
  const slot = latestSlot(schedule, timezone, at);
  const following = nextSlot(schedule, timezone, at);
  return {
    slot,
    following,
    from: slot?.getTime() ?? Number.NEGATIVE_INFINITY,
    to: following?.getTime() ?? Number.POSITIVE_INFINITY,
  };
}
