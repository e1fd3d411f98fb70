import type { Stream } from "../../../engine/connector/connector.ts";
import type { Company } from "../company.ts";
import { findProjectByOrigin, getProject, readProjects } from "./project-reads.ts";
import { projectSchema } from "./project-schema.ts";
import { createOneProject, updateOneProject, updateProjects } from "./project-writes.ts";

/** There is no call that deletes a project (documented), so that there is no `remove`. */
export function projectsStream(company: Company): Stream {
  return {
    schema: projectSchema,
    readLagMs: company.readLagMs,
    read: (call) => readProjects(company, call),
    get: (id, call) => getProject(company, id, call),
    create: (item, call) => createOneProject(company, item, call),
    update: (item, call) => updateOneProject(company, item, call),
    updateMany: (items, call) => updateProjects(company, items, call),
    ...(company.claimsOriginId && {
      findByOrigin: (originId, call) => findProjectByOrigin(company, originId, call),
    }),
  };
}
