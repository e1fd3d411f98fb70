import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import type { ExitCode } from "../exit-code.ts";

export default class Serve extends Command {
  static override summary = "Run the mappings by their schedules, with an API and a dashboard.";
  static override description =
    `Serves the project of the folder, or all workspaces that its service.yaml names. Runs start by schedule, by the dashboard and by the API; nothing is written for a mapping before a person has started its first run.

Without tokens, the service listens on this machine alone and lets everybody on it in. Before it listens anywhere else, make a token: \`syncctl tokens create NAME --role admin\`.

Ctrl-C ends it between two records; what was under way goes on with the next start.`;
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    {
      description: "With simulators and a sample company, to try it out",
      command: "<%= config.bin %> <%= command.id %> --sandbox",
    },
    {
      description: "Many companies, as service.yaml says",
      command: "<%= config.bin %> <%= command.id %> -C /srv/syncctl",
    },
  ];
  static override flags = {
    project: Flags.string({
      char: "C",
      summary: "Folder of service.yaml, or of syncctl.yaml.",
      helpValue: "<folder>",
      default: ".",
    }),
    sandbox: Flags.boolean({
      summary: "Start simulators with a sample company, and serve a project for them.",
    }),
    host: Flags.string({ summary: "Where to listen, in place of what service.yaml says." }),
    port: Flags.integer({
      summary: "The port, in place of what service.yaml says; 0 takes a free one.",
      min: 0,
      max: 65_535,
    }),
    "log-level": Flags.option({
      options: ["error", "warn", "info", "debug"] as const,
    })({ summary: "What is logged, as JSON lines on standard error.", default: "info" }),
  };

  override async run(): Promise<ExitCode> {
    const { flags } = await this.parse(Serve);
    if (flags.sandbox) {
      const { serveSandbox } = await import("../serve/serve-sandbox.ts");
      return serveSandbox(flags);
    }
    const { serveFolder } = await import("../serve/serve-folder.ts");
    return serveFolder(flags);
  }
}
