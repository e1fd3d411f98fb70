import { Command } from "@oclif/core/command";
import type { Project } from "../../../engine/config/project.ts";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import { jsonFlag, mappingFlag, projectFlags } from "../../flags.ts";

export default class LinkList extends Command {
  static override summary = "List the links, and what is in doubt.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --mapping people --json",
  ];
  static override flags = { ...projectFlags, mapping: mappingFlag, json: jsonFlag };

  override async run(): Promise<ExitCode> {
    const { flags } = await this.parse(LinkList);
    const { withState } = await import("../../session.ts");
    const { outText, terminal } = await import("../../terminal.ts");
    const { mappingTrouble } = await import("../../plan-options.ts");
    const precheck = (project: Project) => mappingTrouble(flags.mapping ?? [], project);
    return withState(flags, { command: "link list", precheck }, async ({ project, store }) => {
      const { linksText } = await import("../../render/links-text.ts");
      const { jsonText } = await import("../../render/visible.ts");
      const names = flags.mapping ?? project.mappings.map(({ name }) => name);
      const states = await Promise.all(names.map((name) => store.load(name)));
      const links = states.flatMap((state) => state.links);
      const intents = states.flatMap((state) => state.intents);
      if (flags.json) terminal.out(`${jsonText({ links, intents })}\n`);
      else terminal.out(linksText(links, intents, outText({ all: true })));
      return exitCode.ok;
    });
  }
}
