import * as Flags from "@oclif/core/flags";

/** Addresses and messages write the empty name so. */
const unnamed = "-";

export const workspaceFlag = Flags.string({
  char: "w",
  summary: "Only this workspace; `-` is the one without a name.",
  helpValue: "<name>",
});

/** The name as the state has it. */
export function workspaceName(word: string): string {
  return word === unnamed ? "" : word;
}
