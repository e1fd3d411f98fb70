import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import type { ExitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags } from "../../flags.ts";
import { workspaceFlag } from "../../state/workspace-flag.ts";

export default class StateImport extends Command {
  static override summary = "Bring a copy of the state into an empty one.";
  static override description =
    `Reads a file that \`state export\` has written, checks it as a whole, and stores all of it or nothing. The state must be empty; with --workspace, it must have nothing of that workspace.

Stop what works with the old state first: two states that both think they are right would both write.`;
  static override examples = [
    "<%= config.bin %> <%= command.id %> backup/state-2026-11-22.gz",
    "<%= config.bin %> <%= command.id %> northridge.gz --workspace - --as northridge",
  ];
  static override args = {
    file: Args.string({ ignoreStdin: true, description: "The file to read.", required: true }),
  };
  static override flags = {
    ...projectFlags,
    workspace: workspaceFlag,
    as: Flags.string({
      summary: "The name that the workspace has from now on.",
      helpValue: "<name>",
    }),
    json: jsonFlag,
  };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(StateImport);
    const { importFromFile } = await import("../../state/import-from-file.ts");
    return importFromFile(args.file, flags);
  }
}
