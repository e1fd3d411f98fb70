import type { Stream } from "../../../engine/connector/connector.ts";
import type { StreamSchema } from "../../../engine/connector/schema.ts";
import { workClassifications } from "../api.ts";
import type { Company } from "../company.ts";
import { type Row, recordOf } from "../convert.ts";
import { readLists } from "../reading.ts";

export const workClassificationSchema: StreamSchema = {
  stream: "work_classifications",
  noun: { one: "work classification", many: "work classifications" },
  about: "Trades and grades of work that people and time cards refer to.",
  fields: {
    id: { type: "text", access: "read", about: "Number of the classification." },
    name: { type: "text", access: "read", about: "Name of the classification." },
    abbreviation: { type: "text", access: "read", about: "Short form, which many use as a code." },
  },
  label: ["name"],
};

export function workClassificationsStream(company: Company): Stream {
  const list = {
    request: workClassifications(company.id),
    convert: (row: Row) => recordOf(row, workClassificationSchema),
  };
  return {
    schema: workClassificationSchema,
    readLagMs: company.readLagMs,
    read: (call) => readLists(company, [list], call),
  };
}
