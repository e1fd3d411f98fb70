import type { Stream } from "../../../engine/connector/connector.ts";
import type { Company } from "../company.ts";
import { getTimecard, readTimecards } from "./timecard-reads.ts";
import { timecardSchema } from "./timecard-schema.ts";
import { createManyTimecards, updateOneTimecard } from "./timecard-writes.ts";

/** Procore can delete entries; nothing here does, because they are what people are paid by. */
export function timecardEntriesStream(company: Company): Stream {
  return {
    schema: timecardSchema,
    readLagMs: company.readLagMs,
    read: (call, window) => readTimecards(company, call, window),
    get: (id, call) => getTimecard(company, id, call),
    async create(item, call) {
      const [result] = await createManyTimecards(company, [item], call);
      if (!result) throw new Error("a new timecard entry had no result");
      return result;
    },
    createMany: (items, call) => createManyTimecards(company, items, call),
    update: (item, call) => updateOneTimecard(company, item, call),
  };
}
