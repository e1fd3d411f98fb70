import type {
  CheckResult,
  Connector,
  ConnectorDefinition,
} from "../../engine/connector/connector.ts";
import { checkSystem } from "../http/rest/check.ts";
import { openSystem } from "../http/rest/open-system.ts";
import { restStreams } from "../http/rest/stream.ts";
import { configuration, readConfiguration, type SmartbarrelConfig } from "./config.ts";
import { smartbarrelKinds } from "./kinds.ts";

/** Workers, positions, projects, cost codes and shifts of SmartBarrel. The shape of its API is assumed. */
export const smartbarrelConnector: ConnectorDefinition = {
  name: "smartbarrel",
  title: "SmartBarrel",
  configuration,
  streams: Object.fromEntries(
    Object.entries(smartbarrelKinds).map(([name, { schema }]) => [name, schema]),
  ),
  connect(written, deps): Connector {
    const config = readConfiguration(written);
    const system = openSystem(config.definition, config, deps);
    return {
      account: config.account,
      streams: restStreams(system, smartbarrelKinds),
      async check(call) {
        return [assumedLine(config), ...(await checkSystem(system, smartbarrelKinds, call))];
      },
      close: () => system.client.close(),
    };
  },
};

/** Never `ok`: that the streams can be read does not prove that what is written means what we think. */
function assumedLine({ overrides }: SmartbarrelConfig): CheckResult {
  const where = overrides
    ? "What the connection's `definition` does not override is"
    : "Every path, parameter and field name is";
  return {
    what: "shape of the API",
    status: "unknown",
    message: `SmartBarrel publishes no description of an API. ${where} assumed. Ask SmartBarrel for it (the connector's page has a list of questions), and write what differs under \`definition\`.`,
  };
}
