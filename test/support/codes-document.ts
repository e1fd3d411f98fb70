import { applyingCodes } from "../../engine/codes/applying.ts";
import { auditingCodes } from "../../engine/codes/auditing.ts";
import { commandCodes } from "../../engine/codes/commands.ts";
import { configurationCodes } from "../../engine/codes/configuration.ts";
import type { CodeEntry } from "../../engine/codes/entry.ts";
import { planningCodes } from "../../engine/codes/planning.ts";
import { problemCodes } from "../../engine/codes/problems.ts";
import { serviceCodes } from "../../engine/codes/service.ts";
import { serviceConfigurationCodes } from "../../engine/codes/service-configuration.ts";
import { httpCodes } from "../../engine/codes/service-http.ts";
import { serviceRunCodes } from "../../engine/codes/service-runs.ts";
import { upkeepCodes } from "../../engine/codes/service-upkeep.ts";
import { stateCodes } from "../../engine/codes/state.ts";
import { testingCodes } from "../../engine/codes/testing.ts";

const introduction = `# Codes

Every message about expected trouble carries one of these codes. They are stable: scripts may rely on them, and a code
is never given a second meaning. This file is made from \`engine/codes/\` by
\`UPDATE_DOCUMENTS=1 npx vitest run test/tidy.test.ts\`, and a test compares the two.
`;

const groups: readonly {
  readonly title: string;
  readonly about: string;
  readonly codes: Readonly<Record<string, CodeEntry>>;
}[] = [
  {
    title: "Files of a project",
    about:
      "What `syncctl validate` and every command that loads a project can say, with the place in the file.",
    codes: configurationCodes,
  },
  {
    title: "Plans",
    about: "Why a record is held or passed over, what a plan found, and which guard refuses it.",
    codes: planningCodes,
  },
  {
    title: "Audits",
    about: "What `syncctl audit` finds, beside the codes of held records.",
    codes: auditingCodes,
  },
  {
    title: "Applying",
    about: "Why a change was not applied, or a run was refused.",
    codes: applyingCodes,
  },
  {
    title: "Systems",
    about: "Trouble with an outside system.",
    codes: problemCodes,
  },
  {
    title: "State",
    about: "Trouble with what syncctl remembers between runs.",
    codes: stateCodes,
  },
  {
    title: "Commands",
    about: "What can be wrong with the words of a command.",
    codes: commandCodes,
  },
  {
    title: "Files of the service",
    about: "What can be wrong with `service.yaml`, and with the folders of the workspaces.",
    codes: serviceConfigurationCodes,
  },
  {
    title: "Mapping tests",
    about: "What can be wrong with the files that `syncctl test` runs, and with a recording.",
    codes: testingCodes,
  },
  {
    title: "Requests to the service",
    about: "What the service does not do for those who ask, and why.",
    codes: serviceCodes,
  },
  {
    title: "Runs of the service",
    about: "What became of a run that was asked for, beside the codes of plans and of applying.",
    codes: serviceRunCodes,
  },
  {
    title: "Upkeep of the service",
    about: "Trouble with what the service does by itself, as it stands in its log.",
    codes: upkeepCodes,
  },
  {
    title: "Requests over HTTP",
    about: "What the service answers before it does anything, as problem documents.",
    codes: httpCodes,
  },
];

/** `engine/CODES.md` as the catalogue says it must be. */
export function codesDocument(): string {
  return [introduction, ...groups.map(groupText)].join("\n");
}

function groupText(group: (typeof groups)[number]): string {
  const lines = Object.entries(group.codes).map(
    ([code, entry]) => `| \`${code}\` | ${cell(entry.title)} | ${cell(entry.remedy)} |`,
  );
  return [
    `## ${group.title}\n`,
    `${group.about}\n`,
    "| code | what it means | what to do |",
    "| --- | --- | --- |",
    ...lines,
    "",
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
