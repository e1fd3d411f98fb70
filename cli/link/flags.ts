import * as Flags from "@oclif/core/flags";

/* Flags that several of the link commands share. */

export const byFlag = Flags.string({
  summary:
    "Who decides it; without it, the e-mail address that git knows, or the user of this computer.",
  helpValue: "<name>",
});
