import type { ConnectorDefinition } from "../engine/connector/connector.ts";
import { procoreConnector } from "./procore/connector.ts";
import { smartbarrelConnector } from "./smartbarrel/connector.ts";
import { workforcePlanningConnector } from "./workforce-planning/connector.ts";

/** The one list of connectors. */
export const connectors: readonly ConnectorDefinition[] = [
  workforcePlanningConnector,
  procoreConnector,
  smartbarrelConnector,
];
