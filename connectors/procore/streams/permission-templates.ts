import type { Call, ReadEvent, Stream } from "../../../engine/connector/connector.ts";
import type { StreamSchema } from "../../../engine/connector/schema.ts";
import { permissionTemplates, type TemplateFamily } from "../api.ts";
import type { Company } from "../company.ts";
import { recordOf } from "../convert.ts";
import { type ListReading, readLists } from "../reading.ts";

export const permissionTemplateSchema: StreamSchema = {
  stream: "permission_templates",
  noun: { one: "permission template", many: "permission templates" },
  about: "Templates that say what a user may do, for the company's tools and for projects.",
  fields: {
    id: { type: "text", access: "read", about: "Number of the template." },
    name: { type: "text", access: "read", about: "Name of the template." },
    family: {
      type: "choice",
      access: "read",
      choices: ["company_tools", "project_tools"],
      about:
        "Which tools it is for: the company's (company_permission_template_id) or those of projects (default_permission_template_id).",
    },
    type: {
      type: "text",
      access: "read",
      about: "company_tools, global or project_specific; only global ones can be a user's default.",
    },
    category: { type: "text", access: "read", about: "internal or external." },
  },
  label: ["name"],
};

export function permissionTemplatesStream(company: Company): Stream {
  return {
    schema: permissionTemplateSchema,
    readLagMs: company.readLagMs,
    read: (call) => readTemplates(company, call),
  };
}

function readTemplates(company: Company, call: Call): AsyncIterable<ReadEvent> {
  return readLists(
    company,
    [family(company, "company_tools"), family(company, "project_tools")],
    call,
  );
}

/** The family is the list in which the template stands; a row says only its type. */
function family(company: Company, name: TemplateFamily): ListReading {
  return {
    request: permissionTemplates(company.id, name),
    convert: (row) => recordOf({ ...row, family: name }, permissionTemplateSchema),
  };
}
