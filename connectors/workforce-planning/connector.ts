import type {
  Connector,
  ConnectorDefinition,
  ConnectorDeps,
} from "../../engine/connector/connector.ts";
import { basicAuth } from "../http/auth.ts";
import { createHttpClient } from "../http/client.ts";
import type { AuthStrategy } from "../http/http.ts";
import { oauthClientCredentials } from "../http/oauth.ts";
import { workforcePlanningApi } from "./api.ts";
import { checkConnection } from "./check.ts";
import type { Company } from "./company.ts";
import { configuration, readConfiguration, type WorkforcePlanningConfig } from "./config.ts";
import { groups, groupsSchema } from "./streams/groups.ts";
import { jobTitles, jobTitlesSchema } from "./streams/job-titles.ts";
import { listStream } from "./streams/list.ts";
import { peopleStream } from "./streams/people.ts";
import { peopleSchema } from "./streams/people-schema.ts";
import { permissionLevels, permissionLevelsSchema } from "./streams/permission-levels.ts";
import { projectsStream } from "./streams/projects.ts";
import { projectsSchema } from "./streams/projects-schema.ts";

export const workforcePlanningConnector: ConnectorDefinition = {
  name: "workforce-planning",
  title: "Procore Workforce Planning (formerly LaborChart)",
  configuration,
  streams: {
    people: peopleSchema,
    projects: projectsSchema,
    groups: groupsSchema,
    job_titles: jobTitlesSchema,
    permission_levels: permissionLevelsSchema,
  },
  connect(written, deps): Connector {
    const config = readConfiguration(written);
    const { requestTimeoutMs, concurrencyMax } = config;
    const client = createHttpClient({
      baseUrl: config.baseUrl,
      auth: authOf(config, deps),
      ...(config.procoreCompanyId !== undefined && {
        headers: { "procore-company-id": config.procoreCompanyId },
      }),
      limits: {
        ...(requestTimeoutMs !== undefined && { requestTimeoutMs }),
        ...(concurrencyMax !== undefined && { concurrencyMax }),
      },
      deps,
    });
    const company: Company = {
      connection: deps.connection,
      api: workforcePlanningApi(config),
      client,
      readLagMs: config.readLagMs,
    };
    const streams = {
      people: peopleStream(company),
      projects: projectsStream(company),
      groups: listStream(company, groups),
      job_titles: listStream(company, jobTitles),
      permission_levels: listStream(company, permissionLevels),
    };
    return {
      account: `company ${config.companyId}`,
      streams,
      check: (call) => checkConnection(streams, config, call),
      close: () => client.close(),
    };
  },
};

/**
 * LaborChart's login takes JSON and wants to know the company and the user (documented; whether it wants a grant type is
 * not). Procore's login takes the form of RFC 6749.
 */
function authOf(
  { auth, companyId, frontDoor, tokenUrl }: WorkforcePlanningConfig,
  deps: ConnectorDeps,
): AuthStrategy {
  if (auth.type === "basic") return basicAuth(auth.clientId, auth.clientSecret);
  const client = { client_id: auth.clientId, client_secret: auth.clientSecret };
  if (frontDoor === "procore") {
    const body = { grant_type: "client_credentials", ...client };
    return oauthClientCredentials({ tokenUrl, body, encoding: "form", deps });
  }
  const body = {
    ...client,
    company_id: companyId,
    ...(auth.email !== undefined && { email: auth.email }),
    ...(auth.grantType !== undefined && { grant_type: auth.grantType }),
  };
  return oauthClientCredentials({ tokenUrl, body, encoding: "json", deps });
}
