import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { badRequest } from "./answers.ts";
import type { Directory } from "./directory.ts";
import { type ListingOptions, readQuery, sendPage } from "./listing.ts";
import type { Company, PermissionTemplate } from "./world.ts";

export interface CompanyRouteOptions extends ListingOptions {
  readonly directory: Directory;
}

type Request = FastifyRequest<{ Params: { readonly company: string } }>;

/** The companies that have installed the app, and what users and contacts refer to. */
export function addCompanyRoutes(app: FastifyInstance, options: CompanyRouteOptions): void {
  const company = "/rest/v1.0/companies/:company";
  app.get("/rest/v1.0/companies", (request: Request, reply) =>
    listCompanies(request, reply, options),
  );
  app.get("/rest/v1.0/me", (_request, reply) => reply.send(serviceAccount));
  app.get(`${company}/permission_templates`, (request: Request, reply) =>
    listTemplates(request, reply, options),
  );
}

const serviceAccount = { id: 600_001, login: "service-account@procore.example" };

function listCompanies(request: Request, reply: FastifyReply, options: CompanyRouteOptions) {
  if (readQuery(request, reply, ["page", "per_page"]) === null) return reply;
  const companies = options.directory.companies();
  return sendPage(request, reply, companies, { ...options, rowOf: companyRow });
}

function companyRow({ id, name }: Company): unknown {
  const untold = { logo_url: null, pcn_business_experience: null };
  return { id, name, is_active: true, my_company: false, ...untold };
}

const families: Readonly<Record<string, readonly PermissionTemplate["type"][]>> = {
  project_tools: ["global", "project_specific"],
  company_tools: ["company_tools"],
  global: ["global"],
};

/** One family at a time, and never in pages (documented). */
function listTemplates(
  request: Request,
  reply: FastifyReply,
  { directory }: CompanyRouteOptions,
): FastifyReply {
  const query = readQuery(request, reply, ["filters[type]"]);
  if (query === null) return reply;
  const types = families[query["filters[type]"] ?? "project_tools"];
  if (!types) return badRequest(reply, "filters[type] is not known");
  const rows = directory
    .templates(Number(request.params.company))
    .filter(({ type }) => types.includes(type))
    .map(({ company_id: _company, ...row }) => ({
      ...row,
      project_specific: row.type === "project_specific",
    }));
  return reply.send(rows);
}
