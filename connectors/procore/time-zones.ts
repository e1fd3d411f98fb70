import type { Fit } from "../../engine/value/fit.ts";
import { shown } from "../../engine/value/shown.ts";
import { timezoneName } from "../../engine/value/timezone.ts";
import type { Value } from "../../engine/value/value.ts";
import { timeZoneNames } from "./time-zone-names.ts";
import { zoneRules } from "./zone-rules.ts";

/*
 * Between the zones of the tz database, which every other system speaks of, and the names that Procore takes.
 */

export interface ProcoreTimeZone {
  /** As `time_zone` of a project takes it. */
  readonly name: string;
  /** What Procore tells as `tz_name` of a project that has this name. */
  readonly zone: string;
}

/** The zone that a name of Procore's, or of the tz database, stands for; null for any other text. */
export function zoneOfName(name: string): string | null {
  if (Object.hasOwn(timeZoneNames, name)) return timeZoneNames[name] ?? null;
  return timezoneName(name) === null ? null : name;
}

/** There are about 600 names and aliases, as in `engine/value/timezone.ts`. */
const rememberedMax = 1_000;

const remembered = new Map<string, ProcoreTimeZone | null>();

/**
 * What to write for a zone: its own name, also by an alias, or else that of a zone whose clocks show the same all year.
 * Null: Procore has none such.
 */
export function procoreTimeZone(zone: string): ProcoreTimeZone | null {
  const known = remembered.get(zone);
  if (known !== undefined) return known;
  if (remembered.size >= rememberedMax) remembered.clear();
  const found = findTimeZone(zone);
  remembered.set(zone, found);
  return found;
}

function findTimeZone(zone: string): ProcoreTimeZone | null {
  const name = timezoneName(zone);
  if (name === null) return null;
  const own = timeZones.find((each) => timezoneName(each.zone) === name);
  if (own) return own;
  const rules = zoneRules(name);
  const alike = timeZones.filter((each) => zoneRules(each.zone) === rules);
  return alike.find((each) => continentOf(each.zone) === continentOf(name)) ?? alike[0] ?? null;
}

const timeZones: readonly ProcoreTimeZone[] = Object.entries(timeZoneNames).map(([name, zone]) => ({
  name,
  zone,
}));

function continentOf(zone: string): string {
  return zone.split("/", 1)[0] ?? "";
}

/** For the schema: the zone that Procore tells once this one was written. A value that is written again stays as it is. */
export function acceptsTimeZone(value: Value): Fit {
  const found = typeof value === "string" ? procoreTimeZone(value) : null;
  if (found) return { ok: true, value: found.zone };
  const why = `${shown(value)} is none of the time zones that Procore has, and none of those shows the same time all year`;
  return { ok: false, why };
}
