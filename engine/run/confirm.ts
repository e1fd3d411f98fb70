import type { Stream, StreamRecord } from "../connector/connector.ts";
import type { Problem } from "../connector/problem.ts";
import type { Rule } from "../mapping/mapping.ts";
import type { Reading } from "../plan/input.ts";
import { isOutside } from "../plan/window.ts";
import type { Link } from "../state/store.ts";
import { canonicalJson } from "../value/canonical-json.ts";

/*
 * A reading that ended can still have missed a record: lists are no snapshot, and one that moves between two pages
 * slips through. Before a linked record is taken for gone it is asked for by its id, where the stream can be asked.
 * That costs one call a missing record, and nothing when nothing is missing.
 */

/** So many records asked for at once. */
const askedAtOnce = 4;

/**
 * Ids of linked records that the readings did not deliver and whose absence would lead to a change. A record that is
 * gone and dealt with is not asked for again: not one whose target is retired, nor one that the rule leaves alone.
 */
export function missingIds(
  rule: Rule,
  links: readonly Link[],
  readings: { readonly source: Reading; readonly target: Reading },
): { readonly sources: readonly string[]; readonly targets: readonly string[] } {
  const { source, target } = readings;
  if (rule.role === "dormant") return { sources: [], targets: [] };
  const lacks = (reading: Reading, id: string) => reading.ended && !reading.records.has(id);
  const inside = links.filter((link) => !isOutside(link, readings));
  const sources = inside.filter((link) => {
    const ignored = rule.on.gone === "ignore" && target.records.has(link.target.id);
    return lacks(source, link.source.id) && !ignored && !isRetired(rule, link);
  });
  // A source record that was moved into the days that are read has a target that may still lie outside of them.
  const met = links.filter(
    (link) => source.records.has(link.source.id) || !isOutside(link, readings),
  );
  const targets = met.filter((link) => lacks(target, link.target.id));
  return {
    sources: sources.map((link) => link.source.id),
    targets: targets.map((link) => link.target.id),
  };
}

function isRetired(rule: Rule, link: Link): boolean {
  if (rule.on.gone !== "retire" || !rule.retire) return false;
  return Object.entries(rule.retire).every(
    ([field, value]) => canonicalJson(link.baseline[field] ?? null) === canonicalJson(value),
  );
}

/** The reading with the missed records in it. If one of them cannot be asked for, it proves nothing any more. */
export async function confirmMissing(
  reading: Reading,
  ids: ReadonlySet<string>,
  stream: Stream,
  signal: AbortSignal,
): Promise<Reading> {
  const { get } = stream;
  if (!get) return reading;
  if (ids.size === 0) return { ...reading, confirmed: true };
  const found: StreamRecord[] = [];
  const problems: Problem[] = [];
  const queue = [...ids];
  const lanes = Array.from({ length: askedAtOnce }, async () => {
    for (let id = queue.shift(); id !== undefined && problems.length === 0; id = queue.shift()) {
      const result = await get(id, { signal });
      if (result.status === "found") found.push(result.record);
      if (result.status === "failed") problems.push(result.problem);
    }
  });
  await Promise.all(lanes);
  const records = new Map([
    ...reading.records,
    ...found.map((record) => [record.id, record] as const),
  ]);
  const sorted = new Map([...records].sort(([a], [b]) => (a < b ? -1 : 1)));
  const [problem] = problems;
  const whole = { ...reading, records: sorted, confirmed: true };
  return problem ? { ...whole, ended: false, problem } : whole;
}
