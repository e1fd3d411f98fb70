import type { CodeEntry } from "./entry.ts";

/** Codes of what the service does not do for those who ask, and why. */
export const serviceCodes = {
  "workspace-unknown": {
    title: "There is no workspace with this name",
    remedy: "See the list of workspaces; a token shows those that it is good for.",
  },
  "workspace-broken": {
    title: "The configuration of the workspace has never been right",
    remedy: "Correct what is listed for the workspace; it is loaded again by itself.",
  },
  "workspace-busy": {
    title: "Enough questions to the systems of the workspace are under way",
    remedy: "Ask again in a moment.",
  },
  "request-unknown": {
    title: "There is no run with this id",
    remedy: "See the list of runs; old ones are removed after the time that is set.",
  },
  "request-ended": {
    title: "The run has come to an end already",
    remedy: "Nothing is left to cancel. Start a new run if one is needed.",
  },
  "not-allowed": {
    title: "The token does not allow this",
    remedy: "Use a token with the role that the message names, or ask somebody who has one.",
  },
  "plan-missing": {
    title: "The run has no plan, or has it no longer",
    remedy: "Wait until it is planned. Old plans are removed after the time that is set.",
  },
  "plan-not-waiting": {
    title: "The plan does not wait for a person any more",
    remedy:
      "The message says what became of it. Start a new run if there is still something to do.",
  },
  "change-unknown": {
    title: "The plan has no such change",
    remedy: "Take the ids of changes from the plan of this very run.",
  },
  "guard-not-named": {
    title: "A guard stands against the plan and was not named",
    remedy: "Look at the plan; if it is right, approve it with the value that the message names.",
  },
  "nothing-approved": {
    title: "Nothing of the plan would be left",
    remedy: "Choose at least one change that others do not have to need first, or reject the plan.",
  },
  "variable-unknown": {
    title: "The mapping has no such variable",
    remedy: "Only variables under `vars` in the mapping file can be set.",
  },
  "variable-unfit": {
    title: "The value is of another type than the one in the mapping file",
    remedy: "Give a text for a text, a number for a number, true or false for a switch.",
  },
  "held-unknown": {
    title: "The newest plan holds no such record",
    remedy: "Look at the held records again; a newer run may have settled it.",
  },
  "decision-unfit": {
    title: "This cannot be decided about the record",
    remedy: "The message says what is missing or too long.",
  },
  "records-too-many": {
    title: "More records than can be read at one time",
    remedy: "Ask for fewer addresses.",
  },
  "answer-late": {
    title: "The systems did not answer in time",
    remedy: "Try again later; the check of the connections shows which one is slow.",
  },
  "listen-refused": {
    title: "The service cannot listen where it should",
    remedy: "Name another address or port in service.yaml, or with --host and --port.",
  },
  "service-needs-token": {
    title: "The service would be open to others without a token",
    remedy:
      "Make one with `syncctl tokens create NAME --role admin`, or listen on 127.0.0.1 alone. Its text is told once.",
  },
  "token-unknown": {
    title: "There is no such token, or it is revoked already",
    remedy: "See the list of tokens for the ids.",
  },
  "token-unfit": {
    title: "A token cannot be made like this",
    remedy: "The message says which of its values to correct.",
  },
} as const satisfies Record<string, CodeEntry>;
