import type { Stream } from "../../../engine/connector/connector.ts";
import type { Company } from "../company.ts";
import { fieldsAsSent, recordsFromWire } from "../convert.ts";
import {
  projectFromWire,
  projectUpdateToWire,
  unfitDate,
  zoneGroupsOf,
} from "../convert-project.ts";
import { groups } from "./groups.ts";
import { projectsSchema } from "./projects-schema.ts";
import { recordStream } from "./record-stream.ts";
import { rememberedList } from "./remembered-list.ts";

export function projectsStream(company: Company): Stream {
  const zones = rememberedList(company, groups, "timezone");
  return recordStream(company, {
    schema: projectsSchema,
    calls: company.api.projects,
    referred: zones,
    // The dates of a project without a zone are days in the zone of its first group.
    async read(wires, call) {
      const found = await zones.find(wires.flatMap(zoneGroupsOf), call);
      const values = found.ok ? found.values : null;
      const projects = recordsFromWire(wires, (wire) => projectFromWire(wire, values));
      return projects.ok ? { ...projects, trouble: found.ok ? null : found.problem } : projects;
    },
    unchanged: async ({ record: { id, fields }, patch }) => ({
      id,
      fields: { ...fields, ...fieldsAsSent(patch) },
    }),
    updateBody: projectUpdateToWire,
    refusal: unfitDate,
  });
}
