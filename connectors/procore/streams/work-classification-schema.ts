import type { StreamRecord } from "../../../engine/connector/connector.ts";
import type { StreamSchema } from "../../../engine/connector/schema.ts";
import type { Fit } from "../../../engine/value/fit.ts";
import type { Value } from "../../../engine/value/value.ts";
import { type Converted, type Row, recordOf } from "../convert.ts";

/** Projects in which one classification can be switched on: each change of one is a call. */
const projectsMax = 500;

export const workClassificationSchema: StreamSchema = {
  stream: "work_classifications",
  noun: { one: "work classification", many: "work classifications" },
  about: "Trades and grades of work that people and time cards refer to.",
  fields: {
    id: { type: "text", access: "read", about: "Number of the classification." },
    name: {
      type: "text",
      access: "write",
      required: true,
      ignoresCapitals: true,
      about: "Name of the classification; it cannot be emptied.",
    },
    abbreviation: { type: "text", access: "write", about: "Short form, which many use as a code." },
    project_ids: {
      type: "text",
      access: "write",
      accepts: acceptsProjectIds,
      about:
        "Numbers of all projects in which it is switched on, in rising order with commas between them.",
    },
    created_at: { type: "instant", access: "read", about: "When it was created." },
    updated_at: { type: "instant", access: "read", about: "When it was changed last." },
  },
  label: ["name"],
};

/** In one spelling, so that another order of the same projects is no difference. */
export function acceptsProjectIds(value: Value): Fit {
  const ids = projectIdList(value);
  const isWrong = ids.some((id) => !/^[1-9]\d*$/.test(id) || !Number.isSafeInteger(Number(id)));
  if (isWrong) return { ok: false, why: "must be numbers of projects with commas between them" };
  if (ids.length > projectsMax) {
    const why = `has ${ids.length} projects, and ${projectsMax} is the most for one classification`;
    return { ok: false, why };
  }
  return { ok: true, value: ids.join(",") };
}

/** In rising order, each once. */
export function projectIdList(value: Value | undefined): readonly string[] {
  const ids = String(value ?? "")
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  return [...new Set(ids)].sort((one, other) => Number(one) - Number(other));
}

/** From a row of the list, or from the answer about one classification. */
export function classificationOf(row: Row): Converted<StreamRecord> {
  const ids = row["project_ids"];
  const text = Array.isArray(ids) ? projectIdList(ids.join(",")).join(",") : ids;
  return recordOf({ ...row, project_ids: text }, workClassificationSchema);
}

export function writtenClassification(row: Row): Converted<StreamRecord> {
  return classificationOf({ name: null, abbreviation: null, ...row });
}
