import { objectSchema, patternHelpKeyword } from "../../engine/config/schema-words.ts";
import type { JsonSchema } from "../../engine/connector/connector.ts";
import type { NotificationEvent, NotificationTarget } from "./settings.ts";

export const notificationEvents: readonly NotificationEvent[] = [
  "blocked",
  "held",
  "failed",
  "recovered",
];

type Security = Extract<NotificationTarget, { kind: "email" }>["smtp"]["security"];

/** The port that goes with each way of talking to a mail server. */
export const smtpPorts: Readonly<Record<Security, number>> = {
  starttls: 587,
  tls: 465,
  none: 25,
};

export const securityDefault: Security = "starttls";

/** More are a mistake, and each is told of everything that happens. */
const targetsMax = 50;
const addressesMax = 50;
const namesMax = 1_000;

const address: JsonSchema = {
  type: "string",
  pattern: "^[^@\\s]+@[^@\\s]+$",
  [patternHelpKeyword]: "Write an e-mail address, such as office@northridge.example.",
};

const sender: JsonSchema = {
  type: "string",
  pattern: "^[^\\r\\n]*[^@\\s]+@[^@\\s]+$",
  description: "Whom the message comes from: an address, or `Name <address>`.",
  [patternHelpKeyword]: "Write an e-mail address, or `Name <address>`.",
};

const webhook = objectSchema({
  description: "A program that is called.",
  properties: {
    url: { type: "string", minLength: 1, description: "Its address, http or https." },
    secret: {
      type: "string",
      pattern: "^.{16,}$",
      description:
        "What messages are signed with, so that the program can tell that they are ours.",
      [patternHelpKeyword]: "Take at least 16 characters that nobody can guess.",
    },
  },
  required: ["url", "secret"],
});

const smtp = objectSchema({
  description: "The mail server that takes the messages.",
  properties: {
    host: { type: "string", minLength: 1, description: "Its name." },
    port: {
      type: "integer",
      minimum: 1,
      maximum: 65_535,
      description: "Its port. Without it, the one that goes with `security`.",
    },
    security: {
      enum: Object.keys(smtpPorts),
      default: securityDefault,
      description: "How the line to it is protected.",
    },
    user: { type: "string", minLength: 1, description: "The user, where it wants one." },
    password: { type: "string", minLength: 1, description: "The password of the user." },
  },
  required: ["host"],
});

const email = objectSchema({
  description: "People who get an e-mail.",
  properties: {
    to: {
      type: "array",
      items: address,
      minItems: 1,
      maxItems: addressesMax,
      description: "Their addresses.",
    },
    from: sender,
    smtp,
  },
  required: ["to", "from", "smtp"],
});

export const notifySchema: JsonSchema = {
  type: "array",
  maxItems: targetsMax,
  description: "Who is told when something needs a person.",
  items: objectSchema({
    description: "One who is told: a webhook or e-mail.",
    properties: {
      webhook,
      email,
      events: {
        type: "array",
        items: { enum: notificationEvents },
        minItems: 1,
        default: notificationEvents,
        description:
          "What is told: a plan that waits for a person, records that are newly held, runs that fail, and that all is well again.",
      },
      workspaces: {
        type: "array",
        items: { type: "string" },
        minItems: 1,
        maxItems: namesMax,
        description: "Names of the workspaces that it is about. Without it, all.",
      },
    },
  }),
};
