import type { Call } from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import type { Value } from "../../../engine/value/value.ts";
import type { Company } from "../company.ts";
import { type ListSource, readList } from "./list.ts";

/** One field of the records of a list by their ids; `null` for an id that no record has. */
type ValuesById = ReadonlyMap<string, Value>;

type Found =
  | { readonly ok: true; readonly values: ValuesById }
  | { readonly ok: false; readonly problem: Problem };

/** What the records of a stream refer to by id, remembered from one reading of the stream to the next. */
export interface RememberedList {
  /** Reads the list anew. Null when that worked. */
  refresh(call: Call): Promise<Problem | null>;
  /** The remembered values. Reads the list again, once, if one of the ids is not among them. */
  find(ids: readonly string[], call: Call): Promise<Found>;
}

export function rememberedList(
  company: Company,
  source: ListSource,
  field: string,
): RememberedList {
  let values: ValuesById = new Map();

  async function refresh(call: Call): Promise<Problem | null> {
    const list = await readList(company, source, call);
    if (!list.ok) return list.problem;
    values = new Map(list.records.map(({ id, fields }) => [id, fields[field] ?? null]));
    return null;
  }

  return {
    refresh,
    async find(ids, call) {
      const unknown = () => ids.filter((id) => !values.has(id));
      if (unknown().length > 0) {
        const problem = await refresh(call);
        if (problem) return { ok: false, problem };
        // What is gone is not asked for again until the next reading.
        values = new Map([...values, ...unknown().map((id) => [id, null] as const)]);
      }
      return { ok: true, values };
    },
  };
}
