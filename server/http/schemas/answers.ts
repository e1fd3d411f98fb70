import { problem } from "./access.ts";
import { type NamedSchema, ref } from "./kit.ts";

/* The answers of a route in the API's document: the good one, and each kind of problem. */

const problemTexts: Readonly<Record<number, string>> = {
  400: "The request cannot be read, or its values are not what the address takes.",
  401: "Nobody is signed in, or the token is not good.",
  403: "Not allowed, or not from a page of the service.",
  404: "Not there, or not for this token.",
  409: "The state of things does not allow it.",
  413: "The body is too large.",
  415: "The body is no JSON.",
  422: "The values cannot be used.",
  429: "Too many requests; see the header Retry-After.",
  500: "A fault of the service; its log has the details under the id of the request.",
  503: "Not now; try again later.",
};

/** Problems that every route has. */
const always = [400, 429, 500];

/** `content`: a schema for JSON, the media type of a text, or null for none. `problems`: those beside the usual ones. */
export function answers(
  status: number,
  description: string,
  content: NamedSchema | string | null,
  problems: readonly number[] = [],
): Readonly<Record<string, unknown>> {
  return {
    [status]: { description, ...contentOf(content) },
    ...problemAnswers([...always, ...problems]),
  };
}

export function problemAnswers(statuses: readonly number[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: problemTexts[status],
        content: { "application/problem+json": { schema: ref(problem) } },
      },
    ]),
  );
}

function contentOf(content: NamedSchema | string | null): object {
  if (content === null) return { type: "null" };
  if (typeof content === "string") {
    return { content: { [content]: { schema: { type: "string" } } } };
  }
  return { content: { "application/json": { schema: ref(content) } } };
}
