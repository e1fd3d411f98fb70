import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import type { ExitCode } from "../exit-code.ts";
import { jsonFlag, mappingFlag, projectFlags } from "../flags.ts";

export default class Test extends Command {
  static override summary = "Run the mapping tests: what the mappings do, without any system.";
  static override description =
    `Plans the cases of every \`*.test.yaml\` beside the mappings, with records in memory. Needs no connection, no credentials and no state.

With --record, reads the systems and writes what happens with the named records as a new case, with invented names, numbers and texts in place of the real ones.

Exit codes: 0 every case passed, 1 a case failed or a file is wrong.`;
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    {
      description: "Only cases with these words in their name",
      command: '<%= config.bin %> <%= command.id %> "becomes a user"',
    },
    {
      description: "For CI: a rule, field or reaction that no case reaches is a failure too",
      command: "<%= config.bin %> <%= command.id %> --require-coverage",
    },
    {
      description: "A case from live records, without their personal data",
      command:
        '<%= config.bin %> <%= command.id %> --record wfp/people/5e1f0009 --name "two users have one address"',
    },
  ];
  static override args = {
    case: Args.string({
      ignoreStdin: true,
      description: "Only cases with this text in their name.",
    }),
  };
  static override flags = {
    ...projectFlags,
    mapping: mappingFlag,
    "require-coverage": Flags.boolean({
      summary: "Fail as well where no case reaches a rule, a field or a reaction.",
      exclusive: ["record"],
    }),
    record: Flags.string({
      summary: "Write a new case from these live records; may name several.",
      helpValue: "<address>",
      multiple: true,
      dependsOn: ["name"],
    }),
    name: Flags.string({
      summary: "Name of the new case.",
      helpValue: "<text>",
      dependsOn: ["record"],
    }),
    json: jsonFlag,
  };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(Test);
    if (flags.record !== undefined) {
      const { recordCase } = await import("../mapping-test/record-case.ts");
      return recordCase({ ...flags, record: flags.record, name: flags.name ?? "" });
    }
    const { runMappingTests } = await import("../mapping-test/run-mapping-tests.ts");
    return runMappingTests(args.case, flags);
  }
}
