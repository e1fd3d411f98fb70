import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import type { ExitCode } from "../exit-code.ts";
import { allSystems } from "../init/systems.ts";
import { withFlag } from "../init/with-flag.ts";

export default class Sandbox extends Command {
  static override summary =
    "Start simulators of the systems with a sample company, and keep them running.";
  static override description =
    "Writes a project that is ready to be used with them. What the simulators hold is saved there at the end, and is there again the next time.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    {
      description: "Then, in another terminal",
      command: "<%= config.bin %> plan -C syncctl-sandbox",
    },
    {
      description: "Without SmartBarrel",
      command: "<%= config.bin %> <%= command.id %> --with workforce-planning --with procore",
    },
  ];
  static override args = {
    folder: Args.string({
      ignoreStdin: true,
      description: "Made if it is not there.",
      default: "syncctl-sandbox",
    }),
  };

  static override flags = {
    with: withFlag(allSystems),
  };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(Sandbox);
    const { runSandbox } = await import("../sandbox/run-sandbox.ts");
    return runSandbox(args.folder, flags.with);
  }
}
