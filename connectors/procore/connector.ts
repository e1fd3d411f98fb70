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
import { peopleStream, personSchema } from "./streams/people.ts";
import {
  permissionTemplateSchema,
  permissionTemplatesStream,
} from "./streams/permission-templates.ts";
import { costCodeSchema, locationSchema, subJobSchema } from "./streams/project-part-schemas.ts";
import { costCodesStream, locationsStream, subJobsStream } from "./streams/project-parts.ts";
import { projectSchema } from "./streams/project-schema.ts";
import { projectsStream } from "./streams/projects.ts";
import { timeTypeSchema, timeTypesStream } from "./streams/time-types.ts";
import { timecardEntriesStream } from "./streams/timecard-entries.ts";
import { timecardSchema } from "./streams/timecard-schema.ts";
import { timesheetSchema, timesheetsStream } from "./streams/timesheets.ts";
import { userSchema } from "./streams/user-schema.ts";
import { usersStream } from "./streams/users.ts";
import { workClassificationSchema } from "./streams/work-classification-schema.ts";
import { workClassificationsStream } from "./streams/work-classifications.ts";

/** Projects, the company directory and the time cards of Procore, and what they refer to. */
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
    people: personSchema,
    time_types: timeTypeSchema,
    cost_codes: costCodeSchema,
    sub_jobs: subJobSchema,
    locations: locationSchema,
    timecard_entries: timecardSchema,
    timesheets: timesheetSchema,
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
      people: peopleStream(company),
      time_types: timeTypesStream(company),
      cost_codes: costCodesStream(company),
      sub_jobs: subJobsStream(company),
      locations: locationsStream(company),
      timecard_entries: timecardEntriesStream(company),
      timesheets: timesheetsStream(company),
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
