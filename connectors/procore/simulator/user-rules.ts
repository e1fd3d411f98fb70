import { type Attributes, type Errors, isBlank } from "./attributes.ts";
import type { Directory } from "./directory.ts";
import { emailKey } from "./user.ts";

interface WhichUser {
  readonly companyId: number;
  /** Null: a new one. */
  readonly id: number | null;
}

/**
 * Why a user cannot be as these attributes say. The texts are assumed; that such values are refused is documented or
 * follows from what is.
 */
export function refusalsOfUser(
  directory: Directory,
  attributes: Attributes,
  user: WhichUser,
): Errors {
  const found = [
    ...refusalsOfText(attributes),
    ...refusalsOfTwins(directory, attributes, user),
    ...refusalsOfReferences(directory, attributes, user.companyId),
  ];
  const byName = Map.groupBy(found, ([name]) => name);
  return Object.fromEntries(
    [...byName].map(([name, refusals]) => [name, refusals.map(([, text]) => text)]),
  );
}

type Refusal = readonly [name: string, text: string];

function refusalsOfText(attributes: Attributes): readonly Refusal[] {
  const blank = ["last_name", "email_address"].filter((name) => isBlank(attributes[name]));
  const email = emailKey(attributes["email_address"]);
  const isInvalid = email !== "" && !/^[^@\s]+@[^@\s]+$/.test(email);
  return [
    ...blank.map((name) => [name, "can't be blank"] as const),
    ...(isInvalid ? [["email_address", "is invalid"] as const] : []),
  ];
}

function refusalsOfTwins(
  directory: Directory,
  attributes: Attributes,
  { companyId, id }: WhichUser,
): readonly Refusal[] {
  const keys = ["email_address", "origin_id"] as const;
  return keys
    .filter((key) =>
      directory.usersOf(companyId, key, attributes[key]).some((other) => other.id !== id),
    )
    .map((key) => [key, "has already been taken"] as const);
}

/** Of the templates for projects, a user of the company can have global ones only (documented). */
function refusalsOfReferences(
  directory: Directory,
  attributes: Attributes,
  companyId: number,
): readonly Refusal[] {
  const templates = directory.templates(companyId);
  const lists = {
    company_permission_template_id: templates.filter(({ type }) => type === "company_tools"),
    default_permission_template_id: templates.filter(({ type }) => type === "global"),
    work_classification_id: directory.classificationsNow(companyId),
  };
  return Object.entries(lists)
    .filter(([name, list]) => {
      const id = attributes[name] ?? null;
      return id !== null && !list.some((record) => record.id === id);
    })
    .map(([name]) => [name, "is invalid"] as const);
}
