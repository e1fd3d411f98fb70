import { Ajv2020 } from "ajv/dist/2020.js";
import type { Method, Told } from "./service-http.ts";

/* Compares answers with what the API's document says of them. */

// biome-ignore lint/suspicious/noExplicitAny: a document of JSON, looked into member by member.
export type ApiDocument = any;

const name = "api.json";

/** What is wrong with an answer, by the document; nothing may be in it that the document does not name. */
export function answerFaults(
  document: ApiDocument,
  asked: { readonly method: Method; readonly path: string },
  { status, headers, json }: Told,
): readonly string[] {
  const pointer = `/paths/${escaped(asked.path)}/${asked.method.toLowerCase()}/responses/${status}`;
  const described = at(document, pointer);
  if (described === undefined) return [`${pointer} is not described`];
  const media = String(headers["content-type"] ?? "").split(";", 1)[0] ?? "";
  if (media === "") return described.content === undefined ? [] : ["has no body"];
  if (described.content?.[media] === undefined) return [`${pointer} has no ${media}`];
  if (!/[/+]json$/.test(media)) return [];
  const valid = validatorOf(document).compile({
    $ref: `${name}#${pointer}/content/${escaped(media)}/schema`,
  });
  if (valid(json)) return [];
  return (valid.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

const validators = new WeakMap<object, Ajv2020>();

function validatorOf(document: ApiDocument): Ajv2020 {
  const made = validators.get(document);
  if (made) return made;
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ ...closed(document), $id: name });
  validators.set(document, ajv);
  return ajv;
}

/** Every schema of the document that names members takes no others. Problems of one route may have more. */
function closed(part: unknown): object {
  return JSON.parse(
    JSON.stringify(part, (key, value) => {
      if (key === "Problem") return value;
      const isObject = value?.type === "object" && value.properties !== undefined;
      return isObject ? { additionalProperties: false, ...value } : value;
    }),
  );
}

function escaped(text: string): string {
  return text
    .replaceAll("~", "~0")
    .replaceAll("/", "~1")
    .replaceAll("{", "%7B")
    .replaceAll("}", "%7D");
}

function at(document: ApiDocument, pointer: string): ApiDocument {
  let found = document;
  for (const part of pointer.split("/").slice(1)) {
    found = found?.[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return found;
}
