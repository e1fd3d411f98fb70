import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import type { ExitCode } from "../exit-code.ts";
import { jsonFlag } from "../flags.ts";
import { usualSystems } from "../init/systems.ts";
import { withFlag } from "../init/with-flag.ts";

export default class Init extends Command {
  static override summary =
    "Start a project: syncctl.yaml, mappings, .env.example and a CI example.";
  static override description =
    "Overwrites nothing unless --force says so; a .gitignore that is there is left alone.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> northridge",
    {
      description: "A company that has Procore and SmartBarrel, and no Workforce Planning",
      command: "<%= config.bin %> <%= command.id %> --with procore --with smartbarrel",
    },
  ];
  static override args = {
    folder: Args.string({
      ignoreStdin: true,
      description: "Made if it is not there.",
      default: ".",
    }),
  };
  static override flags = {
    with: withFlag(usualSystems),
    force: Flags.boolean({ summary: "Overwrite files that are there." }),
    json: jsonFlag,
  };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(Init);
    const { initProject } = await import("../init/init-project.ts");
    return initProject(args.folder, flags);
  }
}
