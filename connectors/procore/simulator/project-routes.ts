import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { badRequest, forbidden, notFound, refuse } from "./answers.ts";
import { type Attributes, isObject, type Kinds, readAttributes } from "./attributes.ts";
import type { Directory } from "./directory.ts";
import { type ListingOptions, type Query, readQuery, sendPage } from "./listing.ts";
import { changedProject, type Project, projectDefaults, takenFrom, takenKinds } from "./project.ts";
import { projectListQuery, selectProjects } from "./project-filters.ts";
import { listedRow, shownRow, syncedRow } from "./project-rows.ts";
import { refusalsOfProject } from "./project-rules.ts";
import { projectsPerSync, syncProject } from "./project-sync.ts";
import type { Company } from "./world.ts";

export interface ProjectRouteOptions extends ListingOptions {
  readonly directory: Directory;
  /** Whether the service account may create and change projects. */
  readonly projectAdmin: boolean;
  /** The answer about a project that the app may not see; both are documented. */
  readonly unpermittedStatus: 403 | 404;
}

type Request = FastifyRequest<{ Params: { readonly id: string } }>;

/** Most rows on a page of this list (documented), but for the view of bare ids. */
const pageLengthMax = 300;
const idsPageLength = 200_000;

/** There is no call to delete a project (documented). */
export function addProjectRoutes(app: FastifyInstance, options: ProjectRouteOptions): void {
  const projects = "/rest/v1.0/projects";
  app.get("/rest/v1.1/projects", (request: Request, reply) => list(request, reply, options));
  app.post(projects, (request: Request, reply) => create(request, reply, options));
  app.patch(`${projects}/sync`, (request: Request, reply) => sync(request, reply, options));
  app.get(`${projects}/:id`, (request: Request, reply) => show(request, reply, options));
  app.patch(`${projects}/:id`, (request: Request, reply) => update(request, reply, options));
}

function list(request: Request, reply: FastifyReply, options: ProjectRouteOptions) {
  const query = readQuery(request, reply, projectListQuery);
  if (query === null) return reply;
  const company = companyOf(request, reply, query["company_id"], options);
  if (company === null) return reply;
  const permitted = options.directory.projects(company.id).filter((project) => project.permitted);
  const selected = selectProjects(permitted, query);
  if (!selected.ok) return badRequest(reply, selected.wrong);
  return sendPage(request, reply, selected.projects, {
    ...pagesOf(query, options),
    rowOf: (project) => listedRow(project, company, query["view"]),
  });
}

function pagesOf(
  query: Query,
  { linkHeader, pageLengthMax: most }: ListingOptions,
): ListingOptions {
  return query["view"] === "ids"
    ? { linkHeader, pageLengthMax: idsPageLength, pageLength: idsPageLength }
    : { linkHeader, pageLengthMax: Math.min(most, pageLengthMax) };
}

function show(request: Request, reply: FastifyReply, options: ProjectRouteOptions) {
  const query = readQuery(request, reply, ["company_id", "view"]);
  if (query === null) return reply;
  const company = companyOf(request, reply, query["company_id"], options);
  const project = company && projectOf(request, reply, company, options);
  return project ? reply.send(shownRow(project, company)) : reply;
}

function create(request: Request, reply: FastifyReply, options: ProjectRouteOptions) {
  const { directory } = options;
  const company = companyOfBody(request, reply, options);
  const attributes = company && attributesOf(request, reply, takenKinds.create);
  if (!attributes) return reply;
  if (attributes["name"] === undefined) return badRequest(reply, "name is missing");
  const whole = changedProject(projectDefaults, attributes);
  const errors = refusalsOfProject(directory, whole, { companyId: company.id, id: null });
  if (Object.keys(errors).length > 0) return refuse(reply, 422, errors);
  const project = directory.addProject(company.id, attributes);
  return reply.code(201).send(shownRow(project, company));
}

function update(request: Request, reply: FastifyReply, options: ProjectRouteOptions) {
  const { directory } = options;
  const company = companyOfBody(request, reply, options);
  const project = company && projectOf(request, reply, company, options);
  const attributes = project && attributesOf(request, reply, takenKinds.update);
  if (!attributes) return reply;
  const whole = changedProject(project.attributes, attributes);
  const errors = refusalsOfProject(directory, whole, { companyId: company.id, id: project.id });
  if (Object.keys(errors).length > 0) return refuse(reply, 422, errors);
  return reply.send(shownRow(directory.changeProject(project, attributes), company));
}

/** The order of the answer is not promised, so it is never that of the request. */
function sync(request: Request, reply: FastifyReply, options: ProjectRouteOptions) {
  const company = companyOfBody(request, reply, options);
  if (company === null) return reply;
  const updates = isObject(request.body) ? request.body["updates"] : undefined;
  if (!Array.isArray(updates)) return badRequest(reply, "updates is missing");
  if (updates.length > projectsPerSync) {
    return badRequest(reply, `updates has more than ${projectsPerSync} items`);
  }
  const results = updates.map((given) => syncProject(options.directory, company.id, given));
  results.reverse();
  const entities = results.flatMap((result) =>
    result.ok ? [syncedRow(result.project, company)] : [],
  );
  const errors = results.flatMap((result) =>
    result.ok ? [] : [{ ...(isObject(result.given) && result.given), errors: result.errors }],
  );
  return reply.send({ entities, errors });
}

/** Of a write, which has to name the company in its body; null, and answered, when it may not be made. */
function companyOfBody(request: Request, reply: FastifyReply, options: ProjectRouteOptions) {
  if (!options.projectAdmin) {
    forbidden(reply, "Project Admin is required");
    return null;
  }
  const id = isObject(request.body) ? request.body["company_id"] : undefined;
  return companyOf(request, reply, id, options);
}

/** The company that a call names beside the header; null, and answered, when it names none or another one. */
function companyOf(
  request: Request,
  reply: FastifyReply,
  id: unknown,
  { directory }: ProjectRouteOptions,
): Company | null {
  const company = directory.company(Number(id));
  if (company && String(company.id) === request.headers["procore-company-id"]) return company;
  badRequest(reply, "company_id is missing, or is not that of the Procore-Company-Id header");
  return null;
}

/** The project of the path; null, and answered, when there is none or the app may not see it. */
function projectOf(
  request: Request,
  reply: FastifyReply,
  company: Company,
  { directory, unpermittedStatus }: ProjectRouteOptions,
): Project | null {
  const project = directory.project(company.id, Number(request.params.id));
  if (project?.permitted) return project;
  if (project && unpermittedStatus === 403) forbidden(reply, "The project is not permitted");
  else notFound(reply);
  return null;
}

/** The attributes under `project`; null, and answered, when they cannot be read. */
function attributesOf(request: Request, reply: FastifyReply, kinds: Kinds): Attributes | null {
  const given = isObject(request.body) ? request.body["project"] : undefined;
  if (!isObject(given)) {
    badRequest(reply, "project is missing");
    return null;
  }
  const { attributes, errors } = readAttributes(takenFrom(given, kinds), kinds);
  if (Object.keys(errors).length === 0) return attributes;
  refuse(reply, 400, errors);
  return null;
}
