import { applyingCodes } from "./codes/applying.ts";
import { auditingCodes } from "./codes/auditing.ts";
import { commandCodes } from "./codes/commands.ts";
import { configurationCodes } from "./codes/configuration.ts";
import type { CodeEntry } from "./codes/entry.ts";
import { planningCodes } from "./codes/planning.ts";
import { problemCodes } from "./codes/problems.ts";
import { serviceCodes } from "./codes/service.ts";
import { serviceConfigurationCodes } from "./codes/service-configuration.ts";
import { httpCodes } from "./codes/service-http.ts";
import { serviceRunCodes } from "./codes/service-runs.ts";
import { upkeepCodes } from "./codes/service-upkeep.ts";
import { stateCodes } from "./codes/state.ts";
import { testingCodes } from "./codes/testing.ts";

/** Every code that syncctl can say. `engine/CODES.md` documents each; a test compares the two in both directions. */
export const codes = {
  ...configurationCodes,
  ...planningCodes,
  ...auditingCodes,
  ...applyingCodes,
  ...problemCodes,
  ...stateCodes,
  ...commandCodes,
  ...testingCodes,
  ...serviceCodes,
  ...serviceRunCodes,
  ...httpCodes,
  ...serviceConfigurationCodes,
  ...upkeepCodes,
} as const;

export type Code = keyof typeof codes;

export function codeEntry(code: Code): CodeEntry {
  return codes[code];
}
