import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { configuration, readConfiguration } from "../../connectors/workforce-planning/config.ts";

const auth = { clientId: "app", clientSecret: "secret" };
const uuid = "0b6a5c0e-9f7e-4a51-9d57-2f0c9b7a1e10";

const validate = new Ajv({ allowUnionTypes: true }).compile({
  type: "object",
  ...configuration,
  additionalProperties: false,
});

describe("the keys of a connection", () => {
  it.each([
    [{ companyId: uuid, auth }],
    [{ companyId: 4242, frontDoor: "procore", auth }],
    [{ companyId: uuid, auth: { ...auth, type: "basic" } }],
    [{ companyId: uuid, auth: { ...auth, email: "a@b.example", grantType: "client_credentials" } }],
    [{ companyId: uuid, auth, readLagSeconds: 0, limits: { concurrency: 2 } }],
  ])("can be %j", (keys) => {
    expect(validate(keys)).toBe(true);
  });

  it.each([
    [{ auth }],
    [{ companyId: uuid }],
    [{ companyId: "", auth }],
    [{ companyId: "a/../b", auth }],
    [{ companyId: uuid, frontDoor: "back", auth }],
    [{ companyId: uuid, auth: { clientId: "app" } }],
    [{ companyId: uuid, auth: { ...auth, type: "token" } }],
    [{ companyId: uuid, auth, baseUrl: "api.example" }],
    [{ companyId: uuid, auth, baseUrl: "https://api.example/v2" }],
  ])("cannot be %j", (keys) => {
    expect(validate(keys)).toBe(false);
  });

  it("lead to LaborChart's front door unless told otherwise", () => {
    expect(readConfiguration({ companyId: uuid, auth })).toEqual({
      companyId: uuid,
      frontDoor: "laborchart",
      baseUrl: "https://api-app.laborchart.com",
      tokenUrl: "https://api-app.laborchart.com/v2/oauth/token",
      mount: "",
      auth: { type: "oauth", ...auth },
      readLagMs: 30_000,
    });
  });

  it("lead to Procore's, with the company in the header", () => {
    const keys = { companyId: uuid, frontDoor: "procore", procoreCompanyId: 4242, auth };
    expect(readConfiguration(keys)).toMatchObject({
      companyId: uuid,
      procoreCompanyId: "4242",
      baseUrl: "https://api.procore.com",
      tokenUrl: "https://login.procore.com/oauth/token",
      mount: "/rest/v1.0/workforce-planning",
    });
    expect(readConfiguration({ ...keys, procoreCompanyId: null, companyId: 77 })).toMatchObject({
      companyId: "77",
      procoreCompanyId: "77",
    });
  });

  it("can name other addresses and limits", () => {
    const keys = { companyId: uuid, baseUrl: "http://127.0.0.1:8080", auth };
    expect(readConfiguration(keys).tokenUrl).toBe("http://127.0.0.1:8080/v2/oauth/token");
    const more = { loginUrl: "http://127.0.0.1:9090", readLagSeconds: 5 };
    const limits = { requestTimeoutSeconds: 10, concurrency: 2 };
    expect(readConfiguration({ ...keys, ...more, limits })).toMatchObject({
      baseUrl: "http://127.0.0.1:8080",
      tokenUrl: "http://127.0.0.1:9090/v2/oauth/token",
      readLagMs: 5_000,
      requestTimeoutMs: 10_000,
      concurrencyMax: 2,
    });
  });
});
