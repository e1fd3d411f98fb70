import type { JsonSchema } from "../../../engine/connector/connector.ts";
import type { RestDefinition, RestKind, StreamShape } from "./definition.ts";
import type { RestKinds } from "./stream.ts";

/*
 * The JSON Schema of what a connection may write under `definition`: any part of a definition, and nothing else. It is
 * made of the default, so that the streams, fields and values are known by name.
 */

const scalar = { type: ["string", "number", "boolean"] };
const orNull = (schema: JsonSchema) => ({ ...schema, type: ["string", "null"] });

const path = {
  type: "string",
  pattern: "^[^.\\s]+(\\.[^.\\s]+)*$",
  patternErrorMessage: "Write a path with dots, such as profile.firstName.",
};
const placeOrAll = { ...path, pattern: `^$|${path.pattern}` };
const name = {
  type: "string",
  pattern: "^[^\\s:]+$",
  patternErrorMessage: "Write one word.",
};
const pathOrNull = orNull(path);
const nameOrNull = orNull(name);

/** An address below the base URL that holds these parameters and no others. */
function address(...parameters: readonly string[]): JsonSchema {
  const holds = parameters.map((parameter) => `(?=.*\\{${parameter}\\})`).join("");
  const known = parameters.map((parameter) => `|\\{${parameter}\\}`).join("");
  const named = parameters.map((parameter) => ` with {${parameter}} in it`).join("");
  return {
    type: "string",
    pattern: `^${holds}/([^\\s{}?#]${known})+$`,
    patternErrorMessage: `Write the path behind the prefix${named}, such as /people${parameters.map((each) => `/{${each}}`).join("")}.`,
  };
}

export function definitionSchema(definition: RestDefinition, kinds: RestKinds): JsonSchema {
  const streams = Object.entries(kinds).map(([stream, kind]) => {
    const shape = definition.streams[stream];
    if (shape === undefined) throw new Error(`The definition has no ${stream}.`);
    return [stream, streamSchema(kind, shape)] as const;
  });
  return {
    type: "object",
    description:
      "What the API of the system looks like where it differs from what is assumed: paths, parameters, names, values and pages. Only the parts that differ are written.",
    // Behind `allOf`, because this is a language of its own beside the keys of a connection.
    allOf: [
      closed({
        prefix: {
          type: "string",
          pattern: "^(/[^\\s{}?#/]+)*$",
          patternErrorMessage: "Write it as /v1, or as an empty text.",
          description: "What stands before every path.",
        },
        auth: described("The header that carries the token.", {
          header: { ...name, description: "The name of the header." },
          scheme: { ...nameOrNull, description: "The word before the token; null: none." },
        }),
        headers: openMap("Headers that are sent with every call.", { type: ["string", "null"] }),
        instants: {
          enum: ["iso", "epoch-seconds", "epoch-milliseconds"],
          description: "How moments are written.",
        },
        paging: pagingSchema,
        writing: writingSchema,
        errors: errorsSchema,
        streams: {
          ...described("What each stream looks like.", Object.fromEntries(streams)),
          allOf: [{ additionalProperties: anyStream }],
        },
      }),
    ],
  };
}

const pagingSchema = described("How lists come in pages.", {
  style: {
    enum: ["page", "offset", "cursor", "link", "none"],
    description: "How the next page is asked for; none: a list comes whole.",
  },
  items: { ...placeOrAll, description: "Where the list stands; an empty text: it is the answer." },
  sizeParam: { ...nameOrNull, description: "The parameter for the size of a page." },
  size: { type: "integer", minimum: 1, maximum: 10_000, description: "Records a page." },
  pageParam: { ...name, description: "The parameter for the number of the page." },
  firstPage: { type: "integer", minimum: 0, maximum: 1, description: "The first page's number." },
  offsetParam: { ...name, description: "The parameter for how many records to leave out." },
  cursorParam: { ...name, description: "The parameter for the cursor." },
  next: {
    ...pathOrNull,
    description:
      "Where the next cursor stands, or the address of the next page; null: in the Link header.",
  },
  nextOmittedAtEnd: {
    type: "boolean",
    description: "Whether the last page leaves out the next cursor or address.",
  },
  more: { ...pathOrNull, description: "Where a page tells whether there is more." },
  total: { ...pathOrNull, description: "Where a page tells how many records there are in all." },
  shortPageIsLast: {
    type: "boolean",
    description: "Whether a page with fewer records than asked for is the last one.",
  },
});

const wrap = { ...nameOrNull, description: "The key that a record is wrapped in when sent." };
const answer = { ...placeOrAll, description: "Where the record stands in the answer." };
const method = { enum: ["PATCH", "PUT"], description: "The method; PUT sends the whole record." };

const writingSchema = described("How records are written.", {
  updateMethod: method,
  wrap,
  answer,
  idempotencyHeader: {
    ...nameOrNull,
    description: "The header that makes a repeated create recognisable; null: none is sent.",
  },
  idempotencyHonoured: {
    type: "boolean",
    description: "Whether the system is known to honour that header; creates are then repeated.",
  },
});

const statuses = { type: "array", items: { type: "integer", minimum: 400, maximum: 499 } };

const errorsSchema = described("How errors look.", {
  rejected: { ...statuses, description: "Statuses that say that the values are refused." },
  conflict: { ...statuses, description: "Statuses that say that there is such a record already." },
  message: { ...pathOrNull, description: "Where the sentence for people stands." },
  fields: { ...pathOrNull, description: "Where the reasons by field stand." },
});

const listParts: Readonly<Record<string, JsonSchema>> = {
  method: { enum: ["GET", "POST"], description: "The method of the list." },
  query: openMap("Parameters that never change.", { type: [...scalar.type, "null"] }),
  since: { ...nameOrNull, description: "The parameter for what changed since a moment." },
  window: {
    type: ["object", "null"],
    description: "The parameters for the days from one to another; null: there are none.",
    properties: {
      from: { ...name, description: "The parameter for the first day." },
      to: { ...name, description: "The parameter for the last day." },
    },
    required: ["from", "to"],
    additionalProperties: false,
  },
  paging: pagingSchema,
};

const getParts = { answer };
const createParts = { wrap, answer };
const updateParts = {
  ...createParts,
  method,
  leaveOut: {
    type: "array",
    items: path,
    description: "Paths that a whole record has when it is read and must not have when sent.",
  },
};

const nestedParts = {
  list: { ...path, description: "Where the list stands in the record." },
  id: { ...path, description: "Where each has its id." },
};

const told = { anyOf: [scalar, { type: "array", items: scalar, minItems: 1 }] };

/**
 * What holds of every stream, whatever its fields. A schema is compiled each time that a project is loaded, so that this
 * stands in it once, and `streamSchema` adds no more than names.
 */
const anyStream: JsonSchema = {
  properties: {
    list: part("The list.", listParts),
    get: part("The call for one record.", getParts),
    create: part("The call that makes a record.", createParts),
    update: part("The call that changes a record.", updateParts),
    id: { ...path, description: "Where the id stands." },
    fields: { description: "Where each field stands.", additionalProperties: pathOrNull },
    values: {
      description: "What stands on the wire for our values.",
      additionalProperties: { additionalProperties: told },
    },
    nested: part("The list inside a record.", {
      ...nestedParts,
      fields: { description: "Where each field stands.", additionalProperties: pathOrNull },
    }),
  },
};

function part(description: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { description, properties };
}

/** The names alone, with what they mean. */
function named(parts: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(parts).map(([key, { description }]) => [key, { description }]),
  );
}

function streamSchema(kind: RestKind, shape: StreamShape): JsonSchema {
  const { schema, under, nested } = kind;
  const { one, many } = schema.noun;
  const listPath = address(...(under ? [under.parameter] : []));
  return described(schema.about, {
    list: described(`The list that holds each ${one}.`, {
      path: { ...listPath, description: "The path of the list." },
      ...named(listParts),
    }),
    get: call(shape.get, `The call for one ${one}; null: there is none.`, address("id"), getParts),
    ...(isWritable(kind) && writeSchemas(one, shape)),
    id: { description: "Where the id stands." },
    fields: fieldsSchema(kind, shape.fields),
    values: valuesSchema(kind, shape.values),
    ...(nested &&
      shape.nested && {
        nested: described(`The list of ${many} inside a record.`, {
          ...named(nestedParts),
          fields: fieldsSchema(kind, shape.nested.fields),
        }),
      }),
  });
}

function writeSchemas(
  one: string,
  { create, update }: StreamShape,
): Readonly<Record<string, JsonSchema>> {
  const makes = `The call that makes a ${one}; null: there is none.`;
  const changes = `The call that changes a ${one}; null: there is none.`;
  return {
    create: call(create, makes, address(), createParts),
    update: call(update, changes, address("id"), updateParts),
  };
}

function isWritable({ schema }: RestKind): boolean {
  return Object.values(schema.fields).some(({ access }) => access !== "read");
}

/** A call that the default does not have needs a path of its own. */
function call(
  shape: unknown,
  description: string,
  at: JsonSchema,
  parts: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  const properties = { path: { ...at, description: "The path of the call." }, ...named(parts) };
  const required = shape === null ? ["path"] : [];
  return { ...closed(properties), type: ["object", "null"], description, required };
}

function fieldsSchema({ schema }: RestKind, paths: StreamShape["fields"]): JsonSchema {
  const fields = Object.keys(paths).map((field) => [
    field,
    { description: schema.fields[field]?.about ?? "" },
  ]);
  return described(
    "Where each field stands; null: the system does not have it.",
    Object.fromEntries(fields),
  );
}

/** Choices and yes-or-no fields may have other words on the wire. */
function valuesSchema({ schema }: RestKind, known: StreamShape["values"]): JsonSchema {
  const fields = Object.entries(schema.fields).flatMap(([field, { type, choices }]) => {
    const ours = type === "boolean" ? ["true", "false"] : choices;
    if (ours === undefined) return [];
    const each = ours.map((value) => [value, { description: `What says ${value}.` }]);
    // Where the default has no words, half of them would leave the other half unreadable.
    const required = known[field] === undefined ? ours : [];
    const words = described(`The words of ${field}.`, Object.fromEntries(each));
    return [[field, { ...words, required }]];
  });
  return described("What stands on the wire for our values.", Object.fromEntries(fields));
}

function openMap(description: string, each: JsonSchema): JsonSchema {
  return { type: "object", description, additionalProperties: each };
}

function described(
  description: string,
  properties: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  return { ...closed(properties), description };
}

function closed(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: "object", properties, additionalProperties: false };
}
