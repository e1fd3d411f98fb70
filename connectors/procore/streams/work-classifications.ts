import type { Stream } from "../../../engine/connector/connector.ts";
import { workClassifications } from "../api.ts";
import type { Company } from "../company.ts";
import { readLists } from "../reading.ts";
import { classificationOf, workClassificationSchema } from "./work-classification-schema.ts";
import { createClassification, updateClassification } from "./work-classification-writes.ts";

/** Procore can delete one; nothing here does, because people and time cards refer to it. */
export function workClassificationsStream(company: Company): Stream {
  const list = { request: workClassifications(company.id), convert: classificationOf };
  return {
    schema: workClassificationSchema,
    readLagMs: company.readLagMs,
    read: (call) => readLists(company, [list], call),
    create: (item, call) => createClassification(company, item, call),
    update: (item, call) => updateClassification(company, item, call),
  };
}
