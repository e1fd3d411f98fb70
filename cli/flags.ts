import * as Flags from "@oclif/core/flags";

/* Flags that several commands share, so that each means the same everywhere. */

export const projectFlags = {
  project: Flags.string({
    char: "C",
    summary: "Folder of syncctl.yaml.",
    helpValue: "<folder>",
    default: ".",
  }),
  environment: Flags.string({
    char: "e",
    summary: "Overlay the keys of this environment of syncctl.yaml.",
    helpValue: "<name>",
  }),
};

export const jsonFlag = Flags.boolean({ summary: "Print one JSON value and nothing else." });

export const allFlag = Flags.boolean({
  summary: "Show every record on a terminal too; a pipe always gets everything.",
});

export const yesFlag = Flags.boolean({ char: "y", summary: "Apply without asking." });

export const mappingFlag = Flags.string({
  char: "m",
  summary: "Only this mapping; may be given several times.",
  helpValue: "<name>",
  multiple: true,
  multipleNonGreedy: true,
});

export const failOnHeldFlag = Flags.boolean({
  summary: "Let held records count against the exit code: 1 for a plan, 4 for an apply.",
});

/** What a plan is made of. */
export const planFlags = {
  mapping: mappingFlag,
  only: Flags.string({
    summary:
      "Keep only these changes: an address, or situation=, kind=, rule=, mapping= and a name.",
    helpValue: "<part>",
    multiple: true,
    multipleNonGreedy: true,
  }),
  exclude: Flags.string({
    summary: "Leave these changes out; same forms as --only.",
    helpValue: "<part>",
    multiple: true,
    multipleNonGreedy: true,
  }),
  allow: Flags.string({
    summary: "Let this plan through a guard: <mapping>:<code>, as the guard's message shows it.",
    helpValue: "<guard>",
    multiple: true,
    multipleNonGreedy: true,
  }),
};

/** The three other views of a plan; each goes to standard output, into a file by `>`. */
export const planViewFlags = {
  json: Flags.boolean({
    summary: "Print the plan as JSON.",
    exclusive: ["markdown", "html"],
  }),
  markdown: Flags.boolean({
    summary: "Print Markdown that fits into a comment on a pull request.",
    exclusive: ["json", "html"],
  }),
  html: Flags.boolean({
    summary: "Print one self-contained HTML page.",
    exclusive: ["json", "markdown"],
  }),
  all: allFlag,
};

export const ruleFlag = Flags.string({
  summary: "The rule that is meant, where several could be.",
  helpValue: "<mapping>/<rule>",
});
