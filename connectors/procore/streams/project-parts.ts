import type { Stream } from "../../../engine/connector/connector.ts";
import { costCodes, locations, subJobs } from "../api-time.ts";
import type { Company } from "../company.ts";
import type { Row } from "../convert.ts";
import {
  findInProjectLists,
  idOf,
  type ProjectListing,
  readProjectLists,
} from "../project-lists.ts";
import { costCodeSchema, locationSchema, subJobSchema } from "./project-part-schemas.ts";

export function costCodesStream(company: Company): Stream {
  return partsStream(company, {
    schema: costCodeSchema,
    request: (project) => costCodes(project),
    flatten: flattenCostCode,
  });
}

export function subJobsStream(company: Company): Stream {
  return partsStream(company, {
    schema: subJobSchema,
    request: (project) => subJobs(project),
    flatten: (row) => row,
  });
}

export function locationsStream(company: Company): Stream {
  return partsStream(company, {
    schema: locationSchema,
    request: (project) => locations(project),
    flatten: (row) => row,
  });
}

function partsStream(company: Company, listing: ProjectListing): Stream {
  return {
    schema: listing.schema,
    readLagMs: company.readLagMs,
    read: (call) => readProjectLists(company, listing, call),
    get: (id, call) => findInProjectLists(company, listing, id, call),
  };
}

/** What is billed to is the project or one of its sub jobs (documented). A code that is deleted is no record. */
function flattenCostCode(row: Row): Row | null {
  if (typeof row["deleted_at"] === "string") return null;
  const { biller_type: type, biller_id: biller } = row;
  return {
    ...row,
    parent_id: idOf(row, "parent"),
    ...(type !== undefined && { sub_job_id: type === "SubJob" ? biller : null }),
  };
}
