import { Ajv, type ErrorObject } from "ajv";
import type { FastifySchemaCompiler } from "fastify";
import type { TSchema } from "typebox";
import type { ProblemPart } from "./problem.ts";

/** Values that are listed as wrong; whoever gets so many corrects those first. */
const partsMax = 20;

/**
 * Bodies are taken as they are: `"true"` is no `true`. What stands in an address is text, and becomes what the schema says.
 * Whatever is not in the schema is refused, so that a misspelt name is not taken for an absent one.
 */
export function validatorCompiler(): FastifySchemaCompiler<TSchema> {
  const common = { allErrors: true, useDefaults: true, strict: false } as const;
  const bodies = new Ajv(common);
  const texts = new Ajv({ ...common, coerceTypes: "array" });
  return ({ schema, httpPart }) => (httpPart === "body" ? bodies : texts).compile(schema);
}

const places = { body: "body", querystring: "query", params: "path", headers: "headers" } as const;

/** What Fastify tells of a request that does not fit, as parts of a problem. */
export function wrongParts(context: string | undefined, errors: unknown): readonly ProblemPart[] {
  const place = places[context as keyof typeof places] ?? "body";
  return (errors as readonly ErrorObject[]).slice(0, partsMax).map((error) => ({
    in: place,
    pointer: `#${pointerOf(error)}`,
    detail: detailOf(error),
  }));
}

/** The name that is missing or too much is a part of the pointer, so that a form can show the error at its field. */
function pointerOf({ instancePath, params }: ErrorObject): string {
  const name: unknown = params["missingProperty"] ?? params["additionalProperty"];
  if (typeof name !== "string") return encodeURI(instancePath);
  return encodeURI(`${instancePath}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
}

function detailOf({ keyword, params, message = "is wrong" }: ErrorObject): string {
  switch (keyword) {
    case "required":
      return "is missing";
    case "additionalProperties":
      return "is not known here";
    case "enum":
      return `must be one of ${(params["allowedValues"] as readonly unknown[]).join(", ")}`;
    default:
      return message;
  }
}
