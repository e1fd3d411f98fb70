import type { UpdateItem } from "../../engine/connector/connector.ts";
import { isDay } from "../../engine/value/calendar.ts";
import { shown } from "../../engine/value/shown.ts";
import { timezoneName } from "../../engine/value/timezone.ts";
import type { Fields, Value } from "../../engine/value/value.ts";
import { patchToWire } from "./convert.ts";
import { dailyTime } from "./daily-time.ts";
import { day, decimal, idList, instant, oneOf, text } from "./shapes.ts";
import {
  type Converted,
  type FieldShape,
  idFromWire,
  isObject,
  type RecordShape,
  recordFromWire,
} from "./wire.ts";

/*
 * Projects on the wire and as records. What is special is that their dates are days: they come as instants, which are
 * days in some zone only, and go out as plain days.
 */

const dates = ["start_date", "est_end_date", "closed_date"] as const;

const projectShape: RecordShape = {
  name: text("name"),
  project_number: text("project_number"),
  status: { ...oneOf(["active", "pending", "inactive"], "status"), must: true },
  timezone: text("timezone"),
  address_1: text("address_1"),
  address_2: text("address_2"),
  city_town: text("city_town"),
  state_province: text("state_province"),
  zipcode: text("zipcode"),
  country: text("country"),
  customer_name: text("customer_name"),
  project_type: text("project_type"),
  color: text("color"),
  daily_start_time: timeOfDay("daily_start_time"),
  daily_end_time: timeOfDay("daily_end_time"),
  bid_rate: decimal("bid_rate"),
  percent_complete: decimal("percent_complete"),
  group_ids: idList("group_ids"),
  created_at: instant("created_at"),
  updated_at: instant("updated_at"),
};

/** In one spelling, so that `07:30 AM` is no change. */
function timeOfDay(key: string): FieldShape {
  const { read, ...shape } = text(key);
  return {
    ...shape,
    read(value) {
      const told = read(value);
      return typeof told === "string" ? (dailyTime(told) ?? told) : told;
    },
  };
}

/** Time zones of groups by id, `null` for a group that has none; null as a whole when they could not be read. */
export type GroupZones = ReadonlyMap<string, Value> | null;

export function projectFromWire(wire: unknown, zones: GroupZones): Converted {
  const zone = isObject(wire) ? zoneOf(wire, zones) : null;
  const days = dates.map((key) => [key, day(key, zone)] as const);
  return recordFromWire(wire, "project", { ...projectShape, ...Object.fromEntries(days) });
}

/** The group whose zone counts for this project: the first one, if the project has no zone of its own. */
export function zoneGroupsOf(wire: unknown): readonly string[] {
  if (!isObject(wire) || ownZone(wire) !== null) return [];
  const { group_ids } = wire;
  const id = Array.isArray(group_ids) ? idFromWire(group_ids[0]) : null;
  return id === null ? [] : [id];
}

type Wire = { readonly [key: string]: unknown };

/** The IANA name of the zone in which the dates are days; null if that cannot be known. */
function zoneOf(wire: Wire, zones: GroupZones): string | null {
  const own = ownZone(wire);
  if (own !== null) return timezoneName(own);
  const [group] = zoneGroupsOf(wire);
  if (group === undefined) return "UTC";
  if (zones === null) return null;
  const zone = zones.get(group) ?? null;
  return typeof zone === "string" ? timezoneName(zone) : "UTC";
}

function ownZone({ timezone }: Wire): string | null {
  return typeof timezone === "string" && timezone !== "" ? timezone : null;
}

/**
 * Body of an update: what changes, and with it what one of the published descriptions demands of every update (name,
 * status, and the start date of an active project). A project that gets another zone is told its dates again, for they
 * are kept as instants, which would be other days there.
 */
export function projectUpdateToWire({ record, patch }: UpdateItem): Fields {
  const { status } = { ...record.fields, ...patch };
  const along = [
    "name",
    "status",
    ...(status === "active" ? ["start_date"] : []),
    ...("timezone" in patch ? dates : []),
  ].flatMap((field) => {
    const value = record.fields[field];
    return value === undefined || value === null ? [] : [[field, value] as const];
  });
  return { ...Object.fromEntries(along), ...patchToWire(patch) };
}

/** Why these dates cannot be sent, as the end of a sentence. The product makes something of a day that does not exist. */
export function unfitDate(fields: Fields): string | null {
  for (const field of dates) {
    const value = fields[field] ?? "";
    if (value !== "" && !(typeof value === "string" && isDay(value))) {
      return `${field} is ${shown(value)}, which is no day such as 2026-01-31`;
    }
  }
  return null;
}
