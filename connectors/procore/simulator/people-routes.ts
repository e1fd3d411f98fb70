import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { badRequest, notFound, refuse } from "./answers.ts";
import { type Attributes, isBlank, isObject, readAttributes } from "./attributes.ts";
import { writtenContactKinds } from "./contact.ts";
import type { Directory } from "./directory.ts";
import { type ListingOptions, type Query, readQuery, sendPage } from "./listing.ts";
import { type PersonRow, people, personOfContact } from "./person-rows.ts";

export interface PeopleRouteOptions extends ListingOptions {
  readonly directory: Directory;
}

interface Params {
  readonly company: string;
  readonly id: string;
}

type Request = FastifyRequest<{ Params: Params }>;

/** Neither the origin id nor the employee number can be asked for, and nothing is sorted (documented). */
const peopleQuery: readonly string[] = [
  "page",
  "per_page",
  "view",
  "filters[is_employee]",
  "filters[reference_users_only]",
  "filters[without_reference_users]",
  "filters[search]",
];

/** There is no call for one person, none to delete one, and none for many (documented). */
export function addPeopleRoutes(app: FastifyInstance, options: PeopleRouteOptions): void {
  const path = "/rest/v1.0/companies/:company/people";
  app.get(path, (request: Request, reply) => list(request, reply, true, options));
  app.get(`${path}/inactive`, (request: Request, reply) => list(request, reply, false, options));
  app.post(path, (request: Request, reply) => createContact(request, reply, options));
  app.patch(`${path}/:id`, (request: Request, reply) => updateContact(request, reply, options));
}

function list(
  request: Request,
  reply: FastifyReply,
  active: boolean,
  options: PeopleRouteOptions,
): FastifyReply {
  const query = readQuery(request, reply, peopleQuery);
  if (query === null) return reply;
  const rows = people(options.directory, Number(request.params.company)).filter(
    (row) => row.contact.is_active === active && isSelected(row, query),
  );
  return sendPage(request, reply, rows, { ...options, rowOf: (row) => row });
}

function isSelected(row: PersonRow, query: Query): boolean {
  const employee = query["filters[is_employee]"];
  const search = query["filters[search]"]?.toLowerCase();
  const texts = `${row.first_name ?? ""} ${row.last_name ?? ""} ${row.contact.email ?? ""}`;
  return (
    (query["filters[reference_users_only]"] !== "true" || row.user_id === null) &&
    (query["filters[without_reference_users]"] !== "true" || row.user_id !== null) &&
    (employee === undefined || String(row.is_employee === true) === employee) &&
    (search === undefined || texts.toLowerCase().includes(search))
  );
}

/** Nothing stops two people with the same values (documented by omission). */
function createContact(
  request: Request,
  reply: FastifyReply,
  { directory }: PeopleRouteOptions,
): FastifyReply {
  const attributes = bodyOf(request, reply, directory);
  if (attributes === null) return reply;
  const contact = directory.addContact(Number(request.params.company), attributes);
  return reply.code(201).send(personOfContact(contact));
}

function updateContact(
  request: Request,
  reply: FastifyReply,
  { directory }: PeopleRouteOptions,
): FastifyReply {
  const companyId = Number(request.params.company);
  const personId = Number(request.params.id);
  const contact = directory.contact(companyId, personId);
  if (!contact) {
    const isUser = directory.person(companyId, personId) !== undefined;
    // What it would do to a user is not documented, and nobody should find out by accident.
    return isUser ? refuse(reply, 422, { base: ["The person is a user"] }) : notFound(reply);
  }
  const attributes = bodyOf(request, reply, directory);
  if (attributes === null) return reply;
  return reply.send(personOfContact(directory.changeContact(contact, attributes)));
}

/** The attributes under `person`, with a last name every time; null, and answered, when they cannot be taken. */
function bodyOf(request: Request, reply: FastifyReply, directory: Directory): Attributes | null {
  const given = isObject(request.body) ? request.body["person"] : undefined;
  if (!isObject(given)) {
    badRequest(reply, "person is missing");
    return null;
  }
  const { attributes, errors } = readAttributes(given, writtenContactKinds);
  const classification = attributes["work_classification_id"] ?? null;
  const classifications = directory.classificationsNow(Number(request.params.company));
  const isUnknown =
    classification !== null && !classifications.some(({ id }) => id === classification);
  const all = {
    ...errors,
    ...(isBlank(attributes["last_name"]) && { last_name: ["can't be blank"] }),
    ...(isUnknown && { work_classification_id: ["is invalid"] }),
  };
  if (Object.keys(all).length === 0) return attributes;
  refuse(reply, 400, all);
  return null;
}
