import {
  type SmartbarrelSimulator,
  simulatorTokens,
  startSmartbarrelSimulator,
} from "../../connectors/smartbarrel/simulator/simulator.ts";

/* The third system of a company in `company.ts`: a simulator, and a connection to it. */

export type SmartbarrelPart = Pick<SmartbarrelSimulator, "url">;

export function startSmartbarrel(data: Record<string, unknown>): Promise<SmartbarrelSimulator> {
  return startSmartbarrelSimulator({ data });
}

export function smartbarrelConnection({ url }: SmartbarrelPart): Record<string, unknown> {
  return {
    connector: "smartbarrel",
    baseUrl: url,
    readLagSeconds: 0,
    auth: { token: "${SMARTBARREL_TOKEN}" },
  };
}

export const smartbarrelEnv = { SMARTBARREL_TOKEN: simulatorTokens.full };
