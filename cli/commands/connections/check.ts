import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import type { Project } from "../../../engine/config/project.ts";
import type { ExitCode } from "../../exit-code.ts";
import { jsonFlag, projectFlags } from "../../flags.ts";

export default class ConnectionsCheck extends Command {
  static override summary = "Check credentials, permissions and one page of every stream.";
  static override description = `Writes nothing to any system.

Exit codes: 0 everything that can be told is in order, 1 something is not.`;
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> procore --environment staging",
  ];
  static override args = {
    connection: Args.string({
      ignoreStdin: true,
      description: "Only this connection.",
      required: false,
    }),
  };
  static override flags = { ...projectFlags, json: jsonFlag };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(ConnectionsCheck);
    const { withConnections } = await import("../../session.ts");
    const { checkConnections, connectionTrouble } = await import("../../check-connections.ts");
    const precheck = (project: Project) => connectionTrouble(args.connection, project);
    return withConnections(flags, { precheck }, (session) =>
      checkConnections(session, args.connection, flags),
    );
  }
}
