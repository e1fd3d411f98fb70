import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance, FastifySchema } from "fastify";
import { problemAnswers } from "./schemas/answers.ts";
import type { NamedSchema } from "./schemas/kit.ts";

/* The API's document (OpenAPI 3.1), made of the schemas of the routes, and a page to read it and to try it out. */

const about = `The API of the syncctl service.

Programs send \`Authorization: Bearer\` with a token. A browser signs in with \`POST /api/v1/session\`; what it changes needs the
header \`x-csrf-token\` with the value that the session tells. Every error is a problem document (RFC 9457) with a stable
\`code\`. In addresses, \`-\` stands for the workspace without a name. Objects may get more members with time.`;

const roleTexts = {
  open: "Everybody may.",
  viewer: "Needs the role viewer.",
  operator: "Needs the role operator.",
  admin: "Needs the role admin.",
} as const;

/** Before the routes, which it looks at as they are registered. */
export async function describeRoutes(
  app: FastifyInstance,
  { version, schemas }: { readonly version: string; readonly schemas: readonly NamedSchema[] },
): Promise<void> {
  for (const { $id, schema } of schemas) app.addSchema({ ...schema, $id });
  await app.register(swagger, {
    convertConstToEnum: false,
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "syncctl",
        version,
        description: about,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" } as { name: string },
      },
      servers: [{ url: "/" }],
      tags: [
        { name: "session", description: "Who is asking; signing in and out." },
        { name: "workspaces", description: "Companies and their connections." },
        { name: "mappings", description: "Running a mapping, its switch and its variables." },
        { name: "runs", description: "What was run, and what became of each record." },
        { name: "plans", description: "What a run is about to change, and has changed." },
        { name: "held records", description: "Records that wait for a person." },
        { name: "records", description: "One record, now and before." },
        { name: "tokens", description: "Who may use the service." },
        { name: "watching", description: "Whether the service works." },
      ],
      components: {
        securitySchemes: {
          bearer: { type: "http", scheme: "bearer", description: "A token." },
          session: {
            type: "apiKey",
            in: "cookie",
            name: "syncctl-session",
            description:
              "Of a browser. With https it is called __Host-syncctl-session. What changes anything also needs the header x-csrf-token.",
          },
        },
      },
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, place) =>
        typeof json.$id === "string" ? json.$id : `part-${place}`,
    },
    transform: ({ schema, url, route }) => ({
      schema: describe(schema, route.config?.access ?? "open"),
      url,
    }),
  });
}

/** Adds to a schema what follows from who may use the route and from what it takes. */
function describe(
  schema: FastifySchema | undefined,
  access: keyof typeof roleTexts,
): FastifySchema {
  if (schema?.operationId === undefined) return { hide: true };
  const { description, querystring, body, response } = schema;
  const isOpen = access === "open";
  const problems = [...(isOpen ? [] : [401, 403]), ...(body === undefined ? [] : [413, 415])];
  return {
    ...schema,
    description: `${description === undefined ? "" : `${description}\n\n`}${roleTexts[access]}`,
    security: isOpen ? [] : [{ bearer: [] }, { session: [] }],
    response: { ...(response as object), ...problemAnswers(problems) },
    ...(querystring === undefined ? {} : { querystring: optional(querystring) }),
    ...(body === undefined ? {} : { body: optional(body) }),
  };
}

/** What has a default may be left out. */
function optional(schema: unknown): unknown {
  const {
    properties = {},
    required = [],
    ...rest
  } = schema as {
    readonly properties?: Readonly<Record<string, { readonly default?: unknown }>>;
    readonly required?: readonly string[];
  };
  const needed = required.filter((name) => properties[name]?.default === undefined);
  return { ...rest, properties, ...(needed.length > 0 ? { required: needed } : {}) };
}

export async function serveDocuments(app: FastifyInstance): Promise<void> {
  app.get(
    "/api/v1/openapi.json",
    { config: { access: "open" }, schema: { hide: true } },
    async () => app.swagger(),
  );
  await app.register(swaggerUi, {
    routePrefix: "/api/docs",
    theme: { title: "syncctl API" },
    uiConfig: { docExpansion: "list", deepLinking: true },
  });
}
