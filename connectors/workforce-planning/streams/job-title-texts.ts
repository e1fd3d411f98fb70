import type { Call, StreamRecord } from "../../../engine/connector/connector.ts";
import type { Problem } from "../../../engine/connector/problem.ts";
import type { Value } from "../../../engine/value/value.ts";
import type { Company } from "../company.ts";
import { joinJobTitle } from "../convert.ts";
import { jobTitles } from "./job-titles.ts";
import { readList } from "./list.ts";

type Joined =
  | { readonly ok: true; readonly records: readonly StreamRecord[] }
  | { readonly ok: false; readonly problem: Problem };

/** The texts of the job titles, remembered from one reading of people to the next. */
export interface JobTitleTexts {
  /** Reads the titles anew. Null when that worked. */
  refresh(call: Call): Promise<Problem | null>;
  /** The people with the texts of their titles. Reads the titles again, once, if one is not among the remembered ones. */
  join(people: readonly StreamRecord[], call: Call): Promise<Joined>;
}

export function jobTitleTexts(company: Company): JobTitleTexts {
  let texts: ReadonlyMap<string, Value> = new Map();

  async function refresh(call: Call): Promise<Problem | null> {
    const list = await readList(company, jobTitles, call);
    if (!list.ok) return list.problem;
    texts = new Map(list.records.map(({ id, fields }) => [id, fields["name"] ?? null]));
    return null;
  }

  return {
    refresh,
    async join(people, call) {
      const unknown = () => people.flatMap(titleIdOf).filter((id) => !texts.has(id));
      if (unknown().length > 0) {
        const problem = await refresh(call);
        if (problem) return { ok: false, problem };
        // What is gone is not asked for again until the next reading.
        texts = new Map([...texts, ...unknown().map((id) => [id, null] as const)]);
      }
      return { ok: true, records: people.map((person) => joinJobTitle(person, texts)) };
    },
  };
}

function titleIdOf({ fields }: StreamRecord): readonly string[] {
  const id = fields["job_title_id"];
  return typeof id === "string" ? [id] : [];
}
