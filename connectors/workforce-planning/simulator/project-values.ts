import { timezoneName } from "../../../engine/value/timezone.ts";
import { type DayStorage, type GivenDay, storedDay } from "./days.ts";
import { type ProjectValues, projectDefaults, projectKinds } from "./project.ts";
import { type Parsed, parseValues } from "./values.ts";
import type { Group } from "./world.ts";

/** The instant that is kept for a date of a project in this zone. */
type Keep = (given: GivenDay, zone: string) => number;

const dates = ["start_date", "est_end_date", "closed_date"] as const;

type Dates = (typeof dates)[number];

/** The values as they are kept, and those that the user of the product's pages gives, who gives dates as days, too. */
export type EnteredProject = Omit<ProjectValues, Dates> &
  Readonly<Record<Dates, string | number | null>>;

type GivenValues = Omit<ProjectValues, Dates> & Readonly<Record<Dates, GivenDay | null>>;

/** What a request sets. `before` is the project that it changes: its zone counts where the request names none. */
export function requestedProject(
  body: { readonly [key: string]: unknown },
  before: Partial<ProjectValues>,
  { groups, storage }: { readonly groups: readonly Group[]; readonly storage: DayStorage },
): Parsed<ProjectValues> {
  const keep: Keep = (given, zone) => storedDay(given, zone, storage);
  return parseProject(body, before, groups, keep);
}

/** What a data file or a user of the product's pages sets. An instant is kept as it is, whatever it is the beginning of. */
export function enteredProject(
  body: { readonly [key: string]: unknown },
  before: Partial<ProjectValues>,
  { groups, storage }: { readonly groups: readonly Group[]; readonly storage: DayStorage },
): Parsed<ProjectValues> {
  const keep: Keep = (given, zone) => ("at" in given ? given.at : storedDay(given, zone, storage));
  return parseProject(body, before, groups, keep);
}

/** A new project: active if it has a start date, unless told otherwise. Without a name there is none. */
export function newProject(values: Partial<ProjectValues>): ProjectValues | null {
  const { name, ...told } = values;
  if (name === undefined) return null;
  return {
    ...projectDefaults,
    status: typeof told.start_date === "number" ? "active" : "pending",
    group_ids: [],
    ...told,
    name,
  };
}

function parseProject(
  body: { readonly [key: string]: unknown },
  before: Partial<ProjectValues>,
  groups: readonly Group[],
  keep: Keep,
): Parsed<ProjectValues> {
  const parsed = parseValues<GivenValues>(body, projectKinds);
  if (!parsed.ok) return parsed;
  const { start_date, est_end_date, closed_date, ...others } = parsed.values;
  const zone = zoneOf({ ...before, ...others }, groups);
  const kept = Object.entries({ start_date, est_end_date, closed_date }).flatMap(([key, given]) =>
    given === undefined ? [] : [[key, given && keep(given, zone)] as const],
  );
  return { ok: true, values: { ...others, ...Object.fromEntries(kept) } };
}

/** Documented: without a zone of its own, the group's counts. That it is that of the first group is assumed. */
function zoneOf(
  { timezone, group_ids = [] }: Partial<Pick<ProjectValues, "timezone" | "group_ids">>,
  groups: readonly Group[],
): string {
  const zone = timezone ?? groups.find(({ id }) => id === group_ids[0])?.timezone;
  return (zone && timezoneName(zone)) || "UTC";
}
