import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { badRequest, forbidden, refuse } from "./answers.ts";
import { type Attributes, type Errors, isObject, readAttributes } from "./attributes.ts";
import { openProject, type TimeRouteOptions } from "./open-project.ts";
import type { Project } from "./project.ts";
import { timeDefaults } from "./time-kinds.ts";
import { bulkRow } from "./time-rows.ts";
import { refusalsOfTimecard, settledTimecard, timecardBulkKinds } from "./timecard-rules.ts";

/** Most that one call takes (documented). */
const entriesPerCall = 25;

type Request = FastifyRequest<{ Params: { readonly project: string } }>;

export function addBulkRoute(app: FastifyInstance, options: TimeRouteOptions): void {
  const path = "/rest/v1.1/projects/:project/project_timecard_entries/bulk_create";
  app.post(path, (request: Request, reply) => createMany(request, reply, options));
}

/**
 * All or none (documented). Which entry was refused is not described to be told, so that it is not. The order of the
 * answer is not promised, so that it is never that of the request.
 */
function createMany(request: Request, reply: FastifyReply, options: TimeRouteOptions) {
  const { directory, bulkCreate } = options;
  if (!bulkCreate) return forbidden(reply, "Beta access is required");
  const where = { ...options, tool: "timesheets" } as const;
  const project = openProject(request, reply, request.params.project, where);
  if (project === null) return reply;
  const given = isObject(request.body) ? request.body["timecard_entries"] : undefined;
  if (!Array.isArray(given)) return badRequest(reply, "timecard_entries is missing");
  if (given.length > entriesPerCall) {
    return badRequest(reply, `timecard_entries has more than ${entriesPerCall} items`);
  }
  const read = given.map((one: unknown) => entryFrom(one, project, options));
  const errors = Object.assign({}, ...read.map(({ errors: own }) => own)) as Errors;
  if (Object.keys(errors).length > 0) return refuse(reply, 422, errors);
  const place = { company_id: project.company_id, project_id: project.id };
  const made = read.map(({ attributes }) =>
    directory.addTimeRecord("timecardEntries", place, attributes),
  );
  return reply.code(201).send({ timecard_entries: made.map(bulkRow).toReversed() });
}

function entryFrom(
  given: unknown,
  project: Project,
  { directory }: TimeRouteOptions,
): { readonly attributes: Attributes; readonly errors: Errors } {
  if (!isObject(given)) return { attributes: {}, errors: { base: ["is no entry"] } };
  const { attributes: read, errors } = readAttributes(given, timecardBulkKinds);
  if (Object.keys(errors).length > 0) return { attributes: read, errors };
  const { project_id, ...own } = read;
  if (project_id !== project.id) return { attributes: own, errors: { project_id: ["is invalid"] } };
  const whole = { ...timeDefaults("timecardEntries"), ...own };
  const refusals = refusalsOfTimecard(directory, whole, project);
  return { attributes: settledTimecard(whole, project), errors: refusals };
}
