import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { forbidden, notFound, refuse } from "./answers.ts";
import { type Attributes, type Errors, isBlank } from "./attributes.ts";
import { readQuery, sendPage } from "./listing.ts";
import {
  attributesUnder,
  companyIdOf,
  openProject,
  type TimeRouteOptions,
} from "./open-project.ts";
import type { WorkClassification } from "./world.ts";

type Request = FastifyRequest<{ Params: { readonly id: string; readonly project: string } }>;

const kinds = { name: "text", abbreviation: "text" } as const;

export function addClassificationRoutes(app: FastifyInstance, options: TimeRouteOptions): void {
  const all = "/rest/v1.0/companies/:company/work_classifications";
  const one = "/rest/v1.0/projects/:project/work_classifications/:id";
  app.get(all, (request: Request, reply) => list(request, reply, options));
  app.post(all, (request: Request, reply) => create(request, reply, options));
  app.get(`${all}/:id`, (request: Request, reply) => {
    const found = find(request, options);
    return found ? reply.send(rowOf(found)) : notFound(reply);
  });
  app.patch(`${all}/:id`, (request: Request, reply) => update(request, reply, options));
  app.patch(one, (request: Request, reply) => switchInProject(request, reply, options));
}

function list(request: Request, reply: FastifyReply, options: TimeRouteOptions) {
  if (readQuery(request, reply, ["page", "per_page", "serializer_view"]) === null) return reply;
  const rows = options.directory.classifications(companyIdOf(request));
  return sendPage(request, reply, rows, { ...options, rowOf });
}

function rowOf(one: WorkClassification): unknown {
  return { ...one, deletable: true, company_visible: true, created_by_id: 600_001 };
}

function create(request: Request, reply: FastifyReply, options: TimeRouteOptions) {
  const { directory, timecardAdmin } = options;
  if (!timecardAdmin) return forbidden(reply, "Admin is required");
  const attributes = attributesUnder(request, reply, "work_classification", kinds);
  if (attributes === null) return reply;
  const own = { name: null, abbreviation: null, ...attributes };
  const errors = refusalsOf(request, own, null, options);
  if (Object.keys(errors).length > 0) return refuse(reply, 422, errors);
  const made = directory.addClassification(companyIdOf(request), {
    ...keysOf(own),
    project_ids: [],
  });
  return reply.code(201).send(rowOf(made));
}

function update(request: Request, reply: FastifyReply, options: TimeRouteOptions) {
  if (!options.timecardAdmin) return forbidden(reply, "Admin is required");
  const found = find(request, options);
  if (!found) return notFound(reply);
  const attributes = attributesUnder(request, reply, "work_classification", kinds);
  if (attributes === null) return reply;
  const own = { name: found.name, abbreviation: found.abbreviation, ...attributes };
  const errors = refusalsOf(request, own, found.id, options);
  if (Object.keys(errors).length > 0) return refuse(reply, 422, errors);
  return reply.send(rowOf(options.directory.changeClassification(found, keysOf(own))));
}

/** Procore describes the call; that it takes a classification which the project has not had yet is assumed. */
function switchInProject(request: Request, reply: FastifyReply, options: TimeRouteOptions) {
  const project = openProject(request, reply, request.params.project, options);
  if (project === null) return reply;
  const found = find(request, options);
  if (!found) return notFound(reply);
  const taken = { ...kinds, is_active: "boolean" } as const;
  const attributes = attributesUnder(request, reply, "work_classification", taken);
  if (attributes === null) return reply;
  const others = found.project_ids.filter((id) => id !== project.id);
  const project_ids = attributes["is_active"] === false ? others : [...others, project.id];
  return reply.send(rowOf(options.directory.changeClassification(found, { project_ids })));
}

function find(request: Request, { directory }: TimeRouteOptions): WorkClassification | undefined {
  const all = directory.classificationsNow(companyIdOf(request));
  return all.find(({ id }) => id === Number(request.params.id));
}

function keysOf(own: Attributes): Pick<WorkClassification, "name" | "abbreviation"> {
  const abbreviation = own["abbreviation"] ?? null;
  return {
    name: String(own["name"]),
    abbreviation: abbreviation === null ? null : String(abbreviation),
  };
}

/** That a bad name is refused is documented; that a name or a short form is bad when another has it is assumed. */
function refusalsOf(
  request: Request,
  own: Attributes,
  id: number | null,
  { directory }: TimeRouteOptions,
): Errors {
  if (isBlank(own["name"])) return { name: ["can't be blank"] };
  const others = directory
    .classificationsNow(companyIdOf(request))
    .filter((other) => other.id !== id);
  const taken = (["name", "abbreviation"] as const).filter(
    (key) => !isBlank(own[key]) && others.some((other) => other[key] === own[key]),
  );
  return Object.fromEntries(taken.map((key) => [key, ["has already been taken"]]));
}
