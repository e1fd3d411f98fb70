import { isBlank } from "./attributes.ts";
import { type Contact, contactDefaults, contactKinds } from "./contact.ts";
import {
  attributesAt,
  choiceAt,
  companyAt,
  fault,
  givenId,
  idAt,
  type Keys,
  nameAt,
  objectAt,
  onlyKeys,
  type Row,
  rowsAt,
  type Scope,
  timeAt,
  withIds,
} from "./data-keys.ts";
import { projectsAt } from "./data-projects.ts";
import { classificationAt, timeDataAt } from "./data-time.ts";
import type { IdKind, Ids } from "./ids.ts";
import { timeKindNames } from "./time-kinds.ts";
import { settledUser, type User, userDefaults, userKinds } from "./user.ts";
import type { Company, Invitation, PermissionTemplate, World } from "./world.ts";

/*
 * A world as JSON that people write by hand:
 *
 *   { "companies": [], "users": [], "contacts": [], "permissionTemplates": [], "workClassifications": [], "projects": [] }
 *
 * - Every key is optional. Without companies there is one, 4242. Every record may have `id` and `company_id`; without
 *   them it gets a new id, and belongs to the first company.
 * - A user has the keys of Procore's answers, and `last_name` and `email_address` are needed. Templates and the work
 *   classification are given by id or by name. `person_id` and `contact_id` are the numbers of the person and the
 *   directory contact that belong to the user.
 * - A contact has `last_name`, and of the others `first_name`, `active`, `is_employee`, `employee_id`, `job_title`,
 *   `work_classification_id`, `origin_id`, `email`, `mobile_phone`, `contact_id`.
 * - A template has `name`, `type` (company_tools, global or project_specific; default company_tools) and `category`
 *   (default internal). A classification has `name` and `abbreviation`. Both may stand as plain text, their name.
 * - A project has the keys of Procore's answers, and `name` is needed. `active` is true and `time_zone` Pacific Time
 *   unless it says otherwise; the stage is given by id or by name as `project_stage_id`. `permitted: false` is a project
 *   that the app may not see, `template: true` one that others are made from.
 *   `time_entry` is `hours` or `start_stop`, what its time cards hold; `tools_off` names tools that are switched off in it
 *   (cost_codes, sub_jobs, locations, timesheets).
 * - A classification also has `project_ids`, the projects in which it is switched on.
 * - `timeTypes`, `costCodes`, `subJobs`, `locations`, `timesheets` and `timecardEntries` have the attributes of
 *   `time-kinds.ts`. All but time types name their project, by id or by name; a time card names its person by `party_id`,
 *   and the others by id or by name. One with `deleted_at` is deleted.
 * - `invitations` is there to be read after `save`.
 *
 * What Procore would refuse in a request (two users with one e-mail address) is allowed here.
 */

const collections = [
  "companies",
  "users",
  "contacts",
  "permissionTemplates",
  "workClassifications",
  "projects",
  "invitations",
  ...timeKindNames,
];

/** Throws with the place of the first fault. */
export function parseWorld(data: unknown, deps: { readonly ids: Ids; readonly at: string }): World {
  const root = objectAt(data, "data");
  for (const key of Object.keys(root)) {
    if (!collections.includes(key)) throw fault("data", `has no place for ${key}`);
  }
  reserveIds(root, deps.ids);
  const companies = parseCompanies(root, deps.ids);
  const scope: Scope = { ...deps, companies };
  const permissionTemplates = rowsAt(root, "permissionTemplates").map((row) =>
    templateAt(row, scope),
  );
  const workClassifications = rowsAt(root, "workClassifications").map((row) =>
    classificationAt(row, scope),
  );
  const lists = { permissionTemplates, workClassifications };
  const users = rowsAt(root, "users").map((row) => userAt(row, scope, lists));
  const contacts = rowsAt(root, "contacts").map((row) => contactAt(row, scope, lists));
  const projects = projectsAt(root, scope);
  const time = timeDataAt(root, scope, { projects, workClassifications });
  const invitations = rowsAt(root, "invitations").map((row) => invitationAt(row, scope));
  refuseTwins("users", users);
  refuseTwins("contacts", contacts);
  refuseTwins("projects", projects);
  for (const kind of timeKindNames) refuseTwins(kind, time[kind]);
  return { companies, users, contacts, ...lists, projects, ...time, invitations };
}

type Lists = Pick<World, "permissionTemplates" | "workClassifications">;

const idKinds: Readonly<Record<string, readonly (readonly [string, IdKind])[]>> = {
  companies: [["id", "company"]],
  users: [
    ["id", "user"],
    ["person_id", "person"],
    ["contact_id", "contact"],
  ],
  contacts: [
    ["id", "person"],
    ["contact_id", "contact"],
  ],
  permissionTemplates: [["id", "template"]],
  workClassifications: [["id", "classification"]],
  projects: [["id", "project"]],
  ...Object.fromEntries(timeKindNames.map((kind) => [kind, [["id", kind]]])),
};

/** Before any id is given out, so that a record without one does not get that of a record further down. */
function reserveIds(root: Keys, ids: Ids): void {
  for (const [name, keysOfIds] of Object.entries(idKinds)) {
    for (const { keys, place } of rowsAt(root, name)) {
      for (const [key, kind] of keysOfIds) {
        const id = keys[key];
        if (id !== undefined) ids.take(kind, idAt(id, `${place}.${key}`));
      }
    }
  }
}

function parseCompanies(root: Keys, ids: Ids): readonly Company[] {
  const rows = rowsAt(root, "companies");
  if (rows.length === 0) return [{ id: 4_242, name: "Sample Builders" }];
  return rows.map(({ keys, place }) => {
    onlyKeys(keys, place, ["id", "name"]);
    return { id: givenId(keys["id"]) ?? ids.next("company"), name: nameAt(keys, place) };
  });
}

function templateAt({ keys, place }: Row, scope: Scope): PermissionTemplate {
  onlyKeys(keys, place, ["id", "company_id", "name", "type", "category"]);
  const types = ["company_tools", "global", "project_specific"] as const;
  return {
    id: givenId(keys["id"]) ?? scope.ids.next("template"),
    company_id: companyAt(keys, place, scope),
    name: nameAt(keys, place),
    type: choiceAt(keys["type"] ?? "company_tools", types, `${place}.type`),
    category: choiceAt(
      keys["category"] ?? "internal",
      ["internal", "external"] as const,
      `${place}.category`,
    ),
  };
}

function userAt({ keys, place }: Row, scope: Scope, lists: Lists): User {
  const { id, company_id: _company, person_id, contact_id, created_at, updated_at, ...told } = keys;
  const named = withIds(told, place, {
    default_permission_template_id: lists.permissionTemplates,
    company_permission_template_id: lists.permissionTemplates,
    work_classification_id: lists.workClassifications,
  });
  const attributes = attributesAt(named, userKinds, place);
  for (const needed of ["last_name", "email_address"]) {
    if (isBlank(attributes[needed])) throw fault(`${place}.${needed}`, "is needed");
  }
  const created = timeAt(created_at ?? scope.at, `${place}.created_at`);
  return {
    id: givenId(id) ?? scope.ids.next("user"),
    company_id: companyAt(keys, place, scope),
    person_id: givenId(person_id) ?? scope.ids.next("person"),
    contact_id: givenId(contact_id) ?? scope.ids.next("contact"),
    created_at: created,
    updated_at: timeAt(updated_at ?? created, `${place}.updated_at`),
    attributes: settledUser({ ...userDefaults, ...attributes }),
  };
}

function contactAt({ keys, place }: Row, scope: Scope, lists: Lists): Contact {
  const { id, company_id: _company, contact_id, ...told } = keys;
  const named = withIds(told, place, { work_classification_id: lists.workClassifications });
  const attributes = attributesAt(named, contactKinds, place);
  if (isBlank(attributes["last_name"])) throw fault(`${place}.last_name`, "is needed");
  return {
    id: givenId(id) ?? scope.ids.next("person"),
    company_id: companyAt(keys, place, scope),
    contact_id: givenId(contact_id) ?? scope.ids.next("contact"),
    attributes: { ...contactDefaults, ...attributes },
  };
}

function invitationAt({ keys, place }: Row, scope: Scope): Invitation {
  onlyKeys(keys, place, ["company_id", "user_id"]);
  const user_id = idAt(keys["user_id"], `${place}.user_id`);
  return { company_id: companyAt(keys, place, scope), user_id };
}

function refuseTwins(name: string, rows: readonly { id: number; company_id: number }[]): void {
  const seen = new Set<string>();
  for (const [index, { id, company_id }] of rows.entries()) {
    const key = `${company_id}/${id}`;
    if (seen.has(key)) throw fault(`${name}[${index}].id`, `is ${id}, which another record has`);
    seen.add(key);
  }
}
