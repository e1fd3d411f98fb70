import {
  codeKeyword,
  dialect,
  objectSchema,
  patternHelpKeyword,
} from "../../engine/config/schema-words.ts";
import type { JsonSchema } from "../../engine/connector/connector.ts";
import { notifySchema } from "./notify-schema.ts";

/** What a key that is left out means, and between which bounds its number lies. */
interface Range {
  readonly standard: number;
  readonly min: number;
  readonly max: number;
}

/** The numbers of `service.yaml`. */
export const ranges = {
  /** 0 leaves the choice to the machine. */
  port: { standard: 8321, min: 0, max: 65_535 },
  /** Seconds. */
  every: { standard: 10, min: 1, max: 3_600 },
  concurrency: { standard: 16, min: 1, max: 256 },
  perWorkspace: { standard: 2, min: 1, max: 32 },
  /** Seconds. */
  jitter: { standard: 60, min: 0, max: 3_600 },
  /** Days. */
  runs: { standard: 400, min: 1, max: 3_650 },
  /** Days. */
  plans: { standard: 30, min: 1, max: 3_650 },
  /** Hours. */
  sessions: { standard: 12, min: 1, max: 720 },
} as const satisfies Readonly<Record<string, Range>>;

export const hostDefault = "127.0.0.1";
export const branchDefault = "main";
/** A repository is asked less often than a folder is looked at. Seconds. */
export const fetchEveryDefault = 60;

function number({ standard, min, max }: Range, description: string): JsonSchema {
  return { type: "integer", minimum: min, maximum: max, default: standard, description };
}

const text: JsonSchema = { type: "string", minLength: 1 };

const git = objectSchema({
  description: "A repository, of which the service keeps a checkout of its own.",
  properties: {
    url: {
      ...text,
      description:
        "Its address: https, ssh, or an absolute path. A user and a token in it go to git unseen.",
    },
    branch: {
      type: "string",
      pattern: "^(?![-/.])(?!.*(\\.\\.|//|[/.]$))[A-Za-z0-9._/-]{1,200}$",
      default: branchDefault,
      description: "What is checked out, and followed.",
      [patternHelpKeyword]: "Write the name of a branch, such as `main`.",
    },
    folder: {
      type: "string",
      pattern: "^(?!/)(?!(.*/)?\\.\\.(/|$)).+$",
      default: ".",
      description: "The folder within the repository that holds the folders of the companies.",
      [patternHelpKeyword]: "Write a path that counts from the repository and stays within it.",
    },
  },
  required: ["url"],
});

const workspaces = objectSchema({
  description: "Where the companies are. Without it, the project in this folder is the only one.",
  properties: {
    folder: {
      ...text,
      description: "A folder with a folder for each company, in which its syncctl.yaml stands.",
    },
    git,
    secrets: {
      ...text,
      description:
        "A folder with a file `<folder of the company>.env` for each company that needs one.",
    },
    every: number(
      { ...ranges.every },
      `After how many seconds the service looks for changes again. With \`git\`, ${fetchEveryDefault} if it is left out.`,
    ),
  },
});

/** The shape of `service.yaml`: what is checked when it is read, and what editors complete. */
export const settingsSchema: JsonSchema = {
  $schema: dialect,
  title: "service.yaml",
  ...objectSchema({
    description: "The syncctl service: where it listens, what it serves and what it keeps.",
    properties: {
      version: {
        const: 1,
        description: "The version of this file's form.",
        [codeKeyword]: "version-unsupported",
      },
      listen: objectSchema({
        description: "Where the service takes requests.",
        properties: {
          host: { ...text, default: hostDefault, description: "The address of the machine." },
          port: number(ranges.port, "The port. 0: one that is free."),
        },
      }),
      publicUrl: {
        ...text,
        description: "How people reach the service, such as https://sync.northridge.example.",
      },
      state: {
        ...text,
        default: ".syncctl/state",
        description: "Where everything is remembered: a folder, or a postgres:// address.",
      },
      workspaces,
      runs: objectSchema({
        description: "How much is done at one time.",
        properties: {
          concurrency: number(ranges.concurrency, "Runs at one time, in this process."),
          perWorkspace: number(ranges.perWorkspace, "Runs of one company at one time."),
          jitter: number(
            ranges.jitter,
            "By how many seconds at most a scheduled run is put off, so that not all start at once.",
          ),
        },
      }),
      retention: objectSchema({
        description: "How long is kept what is over.",
        properties: {
          runs: number(ranges.runs, "Days for which runs and their logs are kept."),
          plans: number(ranges.plans, "Days for which plans are kept."),
        },
      }),
      notify: notifySchema,
      sessions: objectSchema({
        description: "Browsers that have signed in.",
        properties: {
          hours: number(ranges.sessions, "Hours after which a browser has to sign in again."),
        },
      }),
    },
    required: ["version"],
  }),
};
