import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import type { ExitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags } from "../../flags.ts";
import { workspaceFlag } from "../../state/workspace-flag.ts";

export default class StateExport extends Command {
  static override summary = "Copy the state into one file.";
  static override description =
    `A backup that needs no tools, and the way to another home: from a folder to PostgreSQL, and back. The copy is that of one moment, also while the service goes on with a PostgreSQL server. It is packed with gzip, for its owner alone, and never written over a file that is there.

It holds everything but sessions and the queue: links with what both sides agreed on, what is in doubt, runs with their logs, requests, plans, settings, hashes of tokens. That is personal data: keep it as you keep the data of the systems.`;
  static override examples = [
    "<%= config.bin %> <%= command.id %> backup/state-2026-11-22.gz",
    "<%= config.bin %> <%= command.id %> harbour.gz --workspace harbour",
  ];
  static override args = {
    file: Args.string({ ignoreStdin: true, description: "The file to write.", required: true }),
  };
  static override flags = { ...projectFlags, workspace: workspaceFlag, json: jsonFlag };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(StateExport);
    const { exportToFile } = await import("../../state/export-to-file.ts");
    return exportToFile(args.file, flags);
  }
}
