import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiDocument } from "../support/api-document.ts";
import { type HttpWorld, httpWorld } from "../support/service-http.ts";

/* The API's document, the page that shows it, and the files of the dashboard. */

const page = "<!doctype html><title>dashboard</title>";

async function fillDashboard(folder: string): Promise<void> {
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), page);
  await writeFile(join(folder, "icon.svg"), "<svg/>");
  await writeFile(join(folder, "assets", "index-4f1e09ac.js"), "export {};");
  await writeFile(join(folder, ".env"), "SECRET=1");
}

let world: HttpWorld;
let document: ApiDocument;

beforeAll(async () => {
  world = await httpWorld({ fillDashboard });
  document = (await world.ask(null, "GET", "/api/v1/openapi.json")).json;
});

afterAll(() => world.close());

interface Operation {
  readonly name: string;
  readonly path: string;
  readonly method: string;
  readonly says: ApiDocument;
}

function operations(): readonly Operation[] {
  return Object.entries<ApiDocument>(document.paths).flatMap(([path, methods]) =>
    Object.entries<ApiDocument>(methods).map(([method, says]) => ({
      name: `${method} ${path}`,
      path,
      method,
      says,
    })),
  );
}

/** Every object below a part of the document. */
function* parts(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Readonly<Record<string, unknown>>;
  for (const member of Object.values(value)) yield* parts(member);
}

describe("the API's document", () => {
  test("is OpenAPI 3.1 with the parts that it must have", () => {
    expect(document).toMatchObject({
      openapi: "3.1.0",
      info: { title: "syncctl", version: "1.2.3", license: { identifier: "Apache-2.0" } },
      servers: [{ url: "/" }],
    });
    expect(Object.keys(document.components.securitySchemes)).toEqual(["bearer", "session"]);
  });

  test("each operation has an id of its own, a known tag, a summary, and who may use it", () => {
    const tags = new Set(document.tags.map(({ name }: { name: string }) => name));
    const all = operations();
    expect(all.length).toBeGreaterThan(30);
    expect(new Set(all.map(({ says }) => says.operationId)).size).toBe(all.length);
    const faulty = all.filter(
      ({ says }) =>
        !says.summary ||
        says.tags?.length !== 1 ||
        !tags.has(says.tags[0]) ||
        !/(Everybody may|Needs the role (viewer|operator|admin))\.$/.test(says.description) ||
        !Array.isArray(says.security),
    );
    expect(faulty.map(({ name }) => name)).toEqual([]);
  });

  test("each operation tells its good answer and its problems", () => {
    const problem = { $ref: "#/components/schemas/Problem" };
    const faulty = operations().filter(({ says }) => {
      const statuses = Object.keys(says.responses);
      const isTold = Object.values<ApiDocument>(says.responses).every(
        ({ description }) => typeof description === "string" && description !== "Default Response",
      );
      const isProblem = statuses
        .filter((status) => Number(status) >= 400)
        .every((status) => {
          const { schema } = says.responses[status].content["application/problem+json"];
          return JSON.stringify(schema) === JSON.stringify(problem);
        });
      const isClosed = says.security.length > 0;
      const needed = [
        "429",
        "500",
        ...(isClosed ? ["401", "403"] : []),
        ...(says.requestBody ? ["400", "413", "415"] : []),
      ];
      return (
        !isTold ||
        !isProblem ||
        statuses.filter((status) => status.startsWith("2")).length !== 1 ||
        !needed.every((status) => statuses.includes(status))
      );
    });
    expect(faulty.map(({ name }) => name)).toEqual([]);
  });

  test("the parts of each path are described, and nothing with a default is required", () => {
    for (const { path, says } of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const described = (says.parameters ?? []).filter((each: ApiDocument) => each.in === "path");
      expect(described.map(({ name }: ApiDocument) => name).sort()).toEqual(inPath.sort());
      expect(described.every(({ required }: ApiDocument) => required)).toBe(true);
    }
    const wrong = [...parts(document.paths)].filter(
      (part) =>
        part["required"] === true &&
        (part["schema"] as ApiDocument | undefined)?.default !== undefined,
    );
    expect(wrong).toEqual([]);
    const start = document.paths["/api/v1/workspaces/{workspace}/mappings/{mapping}/runs"].post;
    expect(start.requestBody.content["application/json"].schema.required).toBeUndefined();
  });

  test("every reference leads somewhere, and every schema is one of JSON Schema 2020-12", () => {
    const refs = [...parts(document)].flatMap(({ $ref }) =>
      typeof $ref === "string" ? [$ref] : [],
    );
    const names = Object.keys(document.components.schemas);
    expect(new Set(refs)).toEqual(
      new Set(
        names
          .filter((name) => refs.includes(`#/components/schemas/${name}`))
          .map((name) => `#/components/schemas/${name}`),
      ),
    );
    expect(names.filter((name) => !refs.includes(`#/components/schemas/${name}`))).toEqual([]);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ ...document, $id: "api.json" });
    for (const name of names) {
      expect(ajv.validateSchema(document.components.schemas[name])).toBe(true);
      ajv.compile({ $ref: `api.json#/components/schemas/${name}` });
    }
  });

  test("examples of bodies are good ones", () => {
    const ajv = new Ajv2020({ strict: false });
    const bodies = operations().flatMap(({ says }) =>
      says.requestBody ? [says.requestBody.content["application/json"]] : [],
    );
    expect(bodies.length).toBe(7);
    for (const { schema, example } of bodies) {
      expect(example).toBeDefined();
      expect(ajv.compile(schema)(example)).toBe(true);
    }
  });
});

describe("the page of the document", () => {
  const policy =
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'";

  test("needs nothing that the policy forbids: no script, style or handler within the page", async () => {
    const told = await world.ask(null, "GET", "/api/docs/");
    expect(told.status).toBe(200);
    expect(told.headers["content-security-policy"]).toBe(policy);
    const scripts = [...told.text.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, attributes = "", code = ""] of scripts) {
      expect(attributes).toMatch(/src="\.\/static\/[\w.-]+\.js"/);
      expect(code.trim()).toBe("");
    }
    expect(told.text).not.toMatch(/<style|style="|\son\w+="|javascript:|https?:\/\//);
  });

  test("all that it asks for is there", async () => {
    const { text } = await world.ask(null, "GET", "/api/docs/");
    const files = [...text.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, file]) => file);
    expect(files.length).toBeGreaterThan(4);
    for (const file of [...files, "json"]) {
      const told = await world.ask(null, "GET", `/api/docs/${file}`);
      expect({ file, status: told.status }).toEqual({ file, status: 200 });
    }
    expect((await world.ask(null, "GET", "/api/docs/json")).json).toEqual(document);
  });
});

describe("the dashboard", () => {
  const html = { accept: "text/html,application/xhtml+xml" };

  test.for(["/", "/northridge/people", "/runs/20261121-201205-4f1e09ac/plan", "/apiary"])(
    "%s is its page, whatever it means by that",
    async (url) => {
      const told = await world.ask(null, "GET", url, { headers: html });
      expect({ status: told.status, text: told.text }).toEqual({ status: 200, text: page });
      expect(told.headers["content-type"]).toBe("text/html; charset=utf-8");
      expect(told.headers["cache-control"]).toBe("no-cache");
      expect(told.headers["content-security-policy"]).toContain("script-src 'self'");
    },
  );

  test("files whose name holds a digest are kept by browsers, others asked for again", async () => {
    const script = await world.ask(null, "GET", "/assets/index-4f1e09ac.js");
    expect(script.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(script.headers["content-type"]).toBe("application/javascript; charset=utf-8");
    expect(script.headers["x-content-type-options"]).toBe("nosniff");
    const icon = await world.ask(null, "GET", "/icon.svg");
    expect(icon.headers["cache-control"]).toBe("no-cache");
  });

  test("hidden files, and what is no page, are not there", async () => {
    for (const url of ["/.env", "/assets/gone-11111111.js", "/%2e%2e/package.json", "/assets"]) {
      const told = await world.ask(null, "GET", url);
      expect({ url, status: told.status, code: told.json?.code }).toEqual({
        url,
        status: 404,
        code: "page-unknown",
      });
    }
    // Nor is the page a good answer to a browser that asks the API, or for a file.
    for (const url of ["/api/v1/nothing", "/api", "/metrics", "/assets/gone-11111111.js"]) {
      expect((await world.ask(null, "GET", url, { headers: html })).status).toBe(404);
    }
  });

  test("where it is not built, the page says what to do and the API works", async () => {
    const mine = await httpWorld();
    for (const url of ["/", "/northridge/people"]) {
      const told = await mine.ask(null, "GET", url, { headers: html });
      expect(told.status).toBe(200);
      expect(told.text).toContain("npm run prepare");
      expect(told.headers["cache-control"]).toBe("no-store");
    }
    expect((await mine.ask("viewer", "GET", "/api/v1/workspaces")).status).toBe(200);
    await mine.close();
  });
});
