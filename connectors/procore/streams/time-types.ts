import type { Stream } from "../../../engine/connector/connector.ts";
import type { StreamSchema } from "../../../engine/connector/schema.ts";
import { timeTypes } from "../api-time.ts";
import type { Company } from "../company.ts";
import { type Row, recordOf } from "../convert.ts";
import { timecardPermission } from "../problem.ts";
import { readLists } from "../reading.ts";

export const timeTypeSchema: StreamSchema = {
  stream: "time_types",
  noun: { one: "time type", many: "time types" },
  about: "Kinds of time that a time card can be of, such as regular time and overtime.",
  fields: {
    id: { type: "text", access: "read", about: "Number of the time type." },
    name: { type: "text", access: "read", about: "Its name." },
    abbreviation: { type: "text", access: "read", about: "Its short form." },
    is_available: { type: "boolean", access: "read", about: "Whether it can be picked." },
    is_default: { type: "boolean", access: "read", about: "Whether new time cards are of it." },
  },
  label: ["name"],
};

export function timeTypesStream(company: Company): Stream {
  const list = {
    request: timeTypes(company.id),
    convert: (row: Row) => recordOf(flattenTimeType(row), timeTypeSchema),
    permission: timecardPermission,
  };
  return {
    schema: timeTypeSchema,
    readLagMs: company.readLagMs,
    read: (call) => readLists(company, [list], call),
  };
}

/** The description calls the name `time_type` (documented), answers call it `name` (observed). */
function flattenTimeType(row: Row): Row {
  return {
    id: row["id"],
    name: row["name"] ?? row["time_type"],
    abbreviation: row["abbreviated_time_type"],
    is_available: row["available"],
    is_default: row["default"],
  };
}
