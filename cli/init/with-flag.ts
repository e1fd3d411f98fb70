import * as Flags from "@oclif/core/flags";
import { allSystems, type SystemName } from "./systems.ts";

/** Which systems, unless some are named. */
export function withFlag(usual: readonly SystemName[]) {
  return Flags.string({
    summary: `Work with this system (${allSystems.join(", ")}) in place of the usual ones; may be given several times.`,
    helpValue: "<system>",
    options: [...allSystems],
    default: [...usual],
    multiple: true,
    multipleNonGreedy: true,
  });
}
