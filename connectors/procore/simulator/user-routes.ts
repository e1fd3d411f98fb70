import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { badRequest, forbidden, notFound, refuse } from "./answers.ts";
import { isObject, type Kinds, readAttributes } from "./attributes.ts";
import type { Directory } from "./directory.ts";
import { type ListingOptions, readQuery, sendPage } from "./listing.ts";
import { isActiveUser, type User, userDefaults, writtenUserKinds } from "./user.ts";
import { selectUsers, userListQuery } from "./user-filters.ts";
import { activeRow, inactiveRow, shownRow, writtenRow } from "./user-rows.ts";
import { refusalsOfUser } from "./user-rules.ts";
import { syncUsers, usersPerSync } from "./user-sync.ts";

export interface UserRouteOptions extends ListingOptions {
  readonly directory: Directory;
  /** Whether the service account is Admin on the Directory. */
  readonly directoryAdmin: boolean;
  /** Whether an inactive user is shown; not documented. */
  readonly showsInactiveUsers: boolean;
}

interface Params {
  readonly company: string;
  readonly id: string;
}

type Request = FastifyRequest<{ Params: Params }>;

const needsAdmin = "Directory Admin is required";

export function addUserRoutes(app: FastifyInstance, options: UserRouteOptions): void {
  const users = "/rest/v1.3/companies/:company/users";
  const inactive = "/rest/v1.0/companies/:company/users/inactive";
  app.get(users, (request: Request, reply) => listActive(request, reply, options));
  app.get(`${users}/:id`, (request: Request, reply) => showUser(request, reply, options));
  app.post(users, (request: Request, reply) => createUser(request, reply, options));
  app.patch(`${users}/sync`, (request: Request, reply) => sync(request, reply, options));
  app.patch(`${users}/:id`, (request: Request, reply) => updateUser(request, reply, options));
  app.patch(`${users}/:id/invite`, (request: Request, reply) => invite(request, reply, options));
  app.get(inactive, (request: Request, reply) => listInactive(request, reply, options));
  app.patch(`${inactive}/:id`, (request: Request, reply) => reactivate(request, reply, options));
}

function listActive(request: Request, reply: FastifyReply, options: UserRouteOptions) {
  const query = readQuery(request, reply, userListQuery);
  if (query === null) return reply;
  const users = options.directory.users(companyOf(request)).filter(isActiveUser);
  const selected = selectUsers(users, query);
  if (!selected.ok) return badRequest(reply, selected.wrong);
  const rowOf = (user: User) =>
    query["view"] === "ids_only" ? user.id : activeRow(options.directory, user);
  return sendPage(request, reply, selected.users, { ...options, rowOf });
}

function listInactive(request: Request, reply: FastifyReply, options: UserRouteOptions) {
  if (readQuery(request, reply, ["page", "per_page"]) === null) return reply;
  const users = options.directory.users(companyOf(request));
  const inactive = users.filter((user) => !isActiveUser(user));
  return sendPage(request, reply, inactive, { ...options, rowOf: inactiveRow });
}

function showUser(request: Request, reply: FastifyReply, options: UserRouteOptions) {
  const user = userOf(request, options);
  const isShown = user && (isActiveUser(user) || options.showsInactiveUsers);
  return isShown ? reply.send(shownRow(user)) : notFound(reply);
}

function createUser(request: Request, reply: FastifyReply, options: UserRouteOptions) {
  if (!options.directoryAdmin) return forbidden(reply, needsAdmin);
  const read = bodyOf(request, reply, { ...writtenUserKinds, bid_contact: "boolean" });
  if (read === null) return reply;
  const { bid_contact: _onlyWritten, ...attributes } = read;
  const companyId = companyOf(request);
  const whole = { ...userDefaults, ...attributes };
  const errors = refusalsOfUser(options.directory, whole, { companyId, id: null });
  const texts = Object.values(errors).flat();
  if (errors["email_address"]?.includes("has already been taken")) {
    return refuse(reply, 409, errors);
  }
  if (texts.includes("can't be blank")) return refuse(reply, 400, errors);
  if (texts.length > 0) return refuse(reply, 422, errors);
  const user = options.directory.addUser(companyId, attributes);
  return reply.code(201).send({ ...writtenRow(user), add_to_new_projects: false });
}

function updateUser(request: Request, reply: FastifyReply, options: UserRouteOptions) {
  const user = userOf(request, options);
  if (!user) return notFound(reply);
  const read = bodyOf(request, reply, { ...writtenUserKinds, add_to_new_projects: "boolean" });
  if (read === null) return reply;
  const { add_to_new_projects: _notKept, ...attributes } = read;
  const forAdmins = [
    "email_address",
    "company_permission_template_id",
    "default_permission_template_id",
  ];
  if (!options.directoryAdmin && forAdmins.some((name) => name in attributes)) {
    return forbidden(reply, needsAdmin);
  }
  // Documented for the users of a project, where the text points to sync.
  if (attributes["is_active"] === true && !isActiveUser(user)) {
    return refuse(reply, 422, { is_active: ["cannot be set on an inactive user, use sync"] });
  }
  const whole = { ...user.attributes, ...attributes };
  const which = { companyId: companyOf(request), id: user.id };
  const errors = refusalsOfUser(options.directory, whole, which);
  if (Object.keys(errors).length > 0) return refuse(reply, 400, errors);
  const changed = options.directory.changeUser(user, attributes);
  return reply.send({ ...writtenRow(changed), add_to_new_projects: false });
}

/** The order of the answer is not promised, so it is never that of the request. */
function sync(request: Request, reply: FastifyReply, options: UserRouteOptions) {
  if (!options.directoryAdmin) return forbidden(reply, needsAdmin);
  const updates = isObject(request.body) ? request.body["updates"] : undefined;
  if (!Array.isArray(updates)) return badRequest(reply, "updates is missing");
  if (updates.length > usersPerSync) {
    return badRequest(reply, `updates has more than ${usersPerSync} items`);
  }
  const results = syncUsers(options.directory, companyOf(request), updates).toReversed();
  const entities = results.flatMap((result) => (result.ok ? [writtenRow(result.user)] : []));
  const errors = results.flatMap((result) =>
    result.ok ? [] : [{ ...(isObject(result.given) && result.given), errors: result.errors }],
  );
  return reply.send({ entities, errors });
}

function invite(request: Request, reply: FastifyReply, { directory }: UserRouteOptions) {
  const user = directory.user(companyOf(request), Number(request.params.id));
  if (!user) return notFound(reply);
  directory.invite(user);
  return reply.code(202).send();
}

function reactivate(request: Request, reply: FastifyReply, options: UserRouteOptions) {
  const user = userOf(request, options);
  if (!user || isActiveUser(user)) return notFound(reply);
  const changed = options.directory.changeUser(user, { is_active: true });
  const last_activated_at = changed.updated_at;
  return reply.send({ ...activeRow(options.directory, changed), last_activated_at });
}

function companyOf(request: Request): number {
  return Number(request.params.company);
}

function userOf(request: Request, { directory }: UserRouteOptions): User | undefined {
  return directory.user(companyOf(request), Number(request.params.id));
}

/** The attributes under `user`; null, and answered, when they cannot be read. */
function bodyOf(request: Request, reply: FastifyReply, kinds: Kinds) {
  const given = isObject(request.body) ? request.body["user"] : undefined;
  if (!isObject(given)) {
    badRequest(reply, "user is missing");
    return null;
  }
  const { attributes, errors } = readAttributes(given, kinds);
  if (Object.keys(errors).length === 0) return attributes;
  refuse(reply, 400, errors);
  return null;
}
