import type {
  Connector,
  ConnectorDefinition,
  ConnectorDeps,
} from "../../engine/connector/connector.ts";
import { createHttpClient } from "../http/client.ts";
import type { HttpClient } from "../http/http.ts";
import { oauthClientCredentials } from "../http/oauth.ts";
import { checkCompany } from "./check.ts";
import type { Company } from "./company.ts";
import { configurationSchema, type ProcoreConfiguration, readConfiguration } from "./config.ts";
import { contactSchema, contactsStream } from "./streams/contacts.ts";
import {
  permissionTemplateSchema,
  permissionTemplatesStream,
} from "./streams/permission-templates.ts";
import { projectSchema } from "./streams/project-schema.ts";
import { projectsStream } from "./streams/projects.ts";
import { userSchema } from "./streams/user-schema.ts";
import { usersStream } from "./streams/users.ts";
import {
  workClassificationSchema,
  workClassificationsStream,
} from "./streams/work-classifications.ts";

/** Projects and the company directory of Procore: users, contacts, and what they refer to. */
export const procoreConnector: ConnectorDefinition = {
  name: "procore",
  title: "Procore",
  configuration: configurationSchema,
  streams: {
    users: userSchema,
    contacts: contactSchema,
    permission_templates: permissionTemplateSchema,
    work_classifications: workClassificationSchema,
    projects: projectSchema,
  },
  connect: (configuration, deps) => connect(readConfiguration(configuration), deps),
};

function connect(configuration: ProcoreConfiguration, deps: ConnectorDeps): Connector {
  const client = openClient(configuration, deps);
  const company: Company = {
    id: configuration.companyId,
    connection: deps.connection,
    baseUrl: configuration.baseUrl,
    client,
    claimsOriginId: configuration.claimOriginId,
    readLagMs: configuration.readLagMs,
  };
  return {
    account: configuration.account,
    streams: {
      users: usersStream(company),
      contacts: contactsStream(company),
      permission_templates: permissionTemplatesStream(company),
      work_classifications: workClassificationsStream(company),
      projects: projectsStream(company),
    },
    check: (call) => checkCompany(company, call),
    close: () => client.close(),
  };
}

/** Every call names the company in a header, whatever stands in the path (documented). */
function openClient(configuration: ProcoreConfiguration, deps: ConnectorDeps): HttpClient {
  const { baseUrl, loginUrl, clientId, clientSecret, companyId } = configuration;
  const auth = oauthClientCredentials({
    tokenUrl: `${loginUrl}/oauth/token`,
    body: {
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    },
    encoding: "form",
    deps,
  });
  return createHttpClient({
    baseUrl,
    auth,
    headers: { "procore-company-id": companyId, "user-agent": "syncctl" },
    limits: configuration.limits,
    secrets: [clientSecret],
    deps,
  });
}
