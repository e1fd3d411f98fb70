import type { FastifyReply, FastifyRequest } from "fastify";
import { forbidden, notFound, refuse } from "./answers.ts";
import { type Attributes, isObject, type Kinds, readAttributes } from "./attributes.ts";
import type { Directory } from "./directory.ts";
import type { ListingOptions } from "./listing.ts";
import type { Project, ProjectTool } from "./project.ts";

export interface TimeRouteOptions extends ListingOptions {
  readonly directory: Directory;
  /** Whether the service account is Admin on the company's Timecard tool and on what goes with it. */
  readonly timecardAdmin: boolean;
  /** Whether the call for many time cards, a beta, is open to the app. */
  readonly bulkCreate: boolean;
  /** The answer of a project that does not show something. Both are documented. */
  readonly unpermittedStatus: 403 | 404;
  /**
   * How many days back the list of time cards goes that is not asked for any; null: without end. Which days Procore gives
   * is not documented.
   */
  readonly timecardDays: number | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The project of a call; null, and answered, when the app may not see it or its tool is switched off. */
export function openProject(
  request: FastifyRequest,
  reply: FastifyReply,
  id: unknown,
  { directory, unpermittedStatus, tool }: TimeRouteOptions & { readonly tool?: ProjectTool },
): Project | null {
  const project = directory.project(companyIdOf(request), Number(id));
  const isOff = project !== undefined && tool !== undefined && project.tools_off.includes(tool);
  if (project?.permitted && !isOff) return project;
  if (project && unpermittedStatus === 403) forbidden(reply, "You do not have access to this tool");
  else notFound(reply);
  return null;
}

/** The header has been checked against the path, where the path names the company. */
export function companyIdOf(request: FastifyRequest): number {
  return Number(request.headers["procore-company-id"]);
}

/** The attributes under a name of the body; null, and answered with 400, when they cannot be read. */
export function attributesUnder(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  kinds: Kinds,
): Attributes | null {
  const given = isObject(request.body) ? request.body[name] : undefined;
  if (!isObject(given)) {
    refuse(reply, 400, { [name]: ["is missing"] });
    return null;
  }
  const { attributes, errors } = readAttributes(given, kinds);
  if (Object.keys(errors).length === 0) return attributes;
  refuse(reply, 400, errors);
  return null;
}
