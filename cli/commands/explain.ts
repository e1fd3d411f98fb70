import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import type { Project } from "../../engine/config/project.ts";
import type { Asked } from "../../engine/explain/ask.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { jsonFlag, projectFlags } from "../flags.ts";

export default class Explain extends Command {
  static override summary = "Say what happens to one record, and why.";
  static override description =
    `In five steps: is everything connected, was the record read, is a rule for it, which record does it belong to, and what does each field get. Reads what a plan reads, and writes nothing.

Exit codes: 0 explained, 1 an error, no such record, or several that fit.`;
  static override examples = [
    "<%= config.bin %> <%= command.id %> people wfp/people/5e1f0009",
    {
      description: "By name, by e-mail address, by number",
      command: '<%= config.bin %> <%= command.id %> people "Petra Lund"',
    },
  ];
  static override args = {
    mapping: Args.string({
      ignoreStdin: true,
      description: "The mapping that the record belongs to.",
      required: true,
    }),
    record: Args.string({
      ignoreStdin: true,
      description:
        "An address (connection/stream/id), an id, an e-mail address, a number, a name or a part of one.",
      required: true,
    }),
  };
  static override flags = { ...projectFlags, json: jsonFlag };

  override async run(): Promise<ExitCode> {
    const { args, flags } = await this.parse(Explain);
    const { withEngine } = await import("../session.ts");
    const { mappingTrouble } = await import("../plan-options.ts");
    const precheck = (project: Project) => mappingTrouble([args.mapping], project);
    return withEngine(flags, { command: "explain", precheck }, async (session) => {
      const { askAbout } = await import("../../engine/explain/ask.ts");
      const asked = await askAbout(session.engine, args.mapping, args.record, session.signal);
      session.clearProgress();
      return print(asked, args.record, flags);
    });
  }
}

interface Flags {
  readonly project: string;
  readonly json: boolean;
}

async function print(asked: Asked, word: string, flags: Flags): Promise<ExitCode> {
  const { report } = await import("../trouble.ts");
  const { trouble } = await import("../plan-options.ts");
  switch (asked.kind) {
    case "explained": {
      const { jsonText } = await import("../render/visible.ts");
      const { explanationText } = await import("../render/explain-text.ts");
      const { outText, terminal } = await import("../terminal.ts");
      const options = outText({ all: false, project: flags.project });
      const { explanation } = asked;
      terminal.out(
        flags.json ? `${jsonText(explanation)}\n` : explanationText(explanation, options),
      );
      return exitCode.ok;
    }
    case "several":
      return severalFit(asked, word, flags);
    case "none": {
      const message = `No record fits "${word}". ${asked.where.join(" ")}`;
      return report(trouble("record-unknown", message), flags);
    }
    case "barred":
      return report(trouble(asked.barrier.code, asked.barrier.message), flags);
    case "stopped":
      return report(trouble("interrupted", "Stopped while reading; nothing was written."), flags);
  }
}

async function severalFit(
  { found }: Asked & { readonly kind: "several" },
  word: string,
  flags: Flags,
): Promise<ExitCode> {
  const { report } = await import("../trouble.ts");
  const { trouble } = await import("../plan-options.ts");
  const { outText, terminal } = await import("../terminal.ts");
  const number = found.hits.length + found.more;
  const unclear = trouble("record-unclear", `${number} records fit "${word}".`);
  if (flags.json) {
    const { jsonText } = await import("../render/visible.ts");
    terminal.out(`${jsonText({ error: unclear, ...found })}\n`);
    return exitCode.error;
  }
  const { hitsText } = await import("../render/explain-hits.ts");
  terminal.out(hitsText(found, outText({ all: false, project: flags.project })));
  return report(unclear, flags);
}
