/**
 * The year over which clocks are compared. A zone that gives up daylight saving time in the middle of a year is like no
 * other one in it: this is the year after those changes of law that were known when the year was chosen.
 */
const comparedYear = 2027;

const dayMs = 86_400_000;

/** No zone changes its clocks twice within so short a time. */
const stepMs = 7 * dayMs;

/** Clocks change on a full minute. */
const precisionMs = 60_000;

/** There are about 600 names and aliases. */
const rememberedMax = 1_000;

const remembered = new Map<string, string>();

/**
 * When the clocks of a zone of the tz database show what, over one year: its offset at the beginning, and every change
 * of it with its moment. Two zones with the same text show the same time all year.
 */
export function zoneRules(zone: string): string {
  const known = remembered.get(zone);
  if (known !== undefined) return known;
  if (remembered.size >= rememberedMax) remembered.clear();
  const rules = workOut(zone);
  remembered.set(zone, rules);
  return rules;
}

function workOut(zone: string): string {
  const offset = offsetsOf(zone);
  const end = Date.UTC(comparedYear + 1, 0, 1);
  const rules: string[] = [];
  let last = "";
  for (let from = Date.UTC(comparedYear, 0, 1); from < end; from += stepMs) {
    const now = offset(from);
    if (last === "") rules.push(now);
    else if (now !== last) rules.push(`${changeBetween(offset, from - stepMs, from)} ${now}`);
    last = now;
  }
  return rules.join(", ");
}

/** Minutes since 1970 at which the later offset holds for the first time. */
function changeBetween(offset: (time: number) => string, from: number, to: number): number {
  const before = offset(from);
  let [early, late] = [from / precisionMs, to / precisionMs];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offset(middle * precisionMs) === before) early = middle;
    else late = middle;
  }
  return late;
}

/** Such as `GMT-08:00`. */
function offsetsOf(zone: string): (time: number) => string {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  return (time) =>
    format.formatToParts(time).find(({ type }) => type === "timeZoneName")?.value ?? "";
}
