import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import type { Project } from "../../../engine/config/project.ts";
import type { ExitCode } from "../../exit-code.ts";
import { jsonFlag, mappingFlag, projectFlags } from "../../flags.ts";

export default class LinkExport extends Command {
  static override summary = "Write the links of the state into links files.";
  static override description =
    `For a copy of the links in git: whoever loses the state, or moves it, brings them back with \`link import\`. Each link becomes an entry under \`link\`. Entries that are there stay, with who decided them and why; an export after nothing has changed changes nothing.

With --baselines the entries also hold what both sides agreed on last, which is personal data: names, e-mail addresses, phone numbers. With them, the plan after an import is the same as before, reasons included. Without the flag, baselines that stand in the entries are taken out, because an old one is worse than none.

Exit codes: 0 everything was written, 4 some links are left out because the files decide otherwise, 1 an error.`;
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --mapping people --output backup/people.yaml --baselines",
  ];
  static override flags = {
    ...projectFlags,
    mapping: mappingFlag,
    output: Flags.string({
      summary: "A folder or a .yaml file; without it, the links files of the project.",
      helpValue: "<path>",
    }),
    baselines: Flags.boolean({
      summary: "Also write what both sides agreed on last. That is personal data.",
    }),
    names: Flags.boolean({
      summary: "Read the systems, and write what the records are called where no name stands yet.",
    }),
    json: jsonFlag,
  };

  override async run(): Promise<ExitCode> {
    const { flags } = await this.parse(LinkExport);
    const { withEngine, withState } = await import("../../session.ts");
    const { exportLinks, exportTrouble } = await import("../../link/export-links.ts");
    const precheck = (project: Project) => exportTrouble(project, flags);
    const options = { command: "link export", precheck };
    if (!flags.names) return withState(flags, options, (session) => exportLinks(session, flags));
    const [{ readStreams }, { report }] = await Promise.all([
      import("../../link/look-up.ts"),
      import("../../trouble.ts"),
    ]);
    return withEngine(flags, options, async (session) => {
      const names = flags.mapping ?? session.project.mappings.map(({ name }) => name);
      const records = await readStreams(session, names);
      session.clearProgress();
      return "code" in records
        ? report(records, flags)
        : exportLinks(session, flags, records.nameOf);
    });
  }
}
