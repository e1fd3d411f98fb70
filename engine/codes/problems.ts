import type { ProblemCode } from "../connector/problem.ts";
import type { CodeEntry } from "./entry.ts";

/** Codes of trouble with a system; `engine/connector/problem.ts` says what they mean to the engine. */
export const problemCodes: Readonly<Record<ProblemCode, CodeEntry>> = {
  "credentials-refused": {
    title: "The system does not accept the credentials",
    remedy:
      "Check the client id and secret of the connection, then run `syncctl connections check`.",
  },
  "permission-denied": {
    title: "The account may not do this",
    remedy: "Ask an administrator of the system for the permission that the message names.",
  },
  "not-found": {
    title: "The record is not there, or the account may not see it",
    remedy: "Plan again. If it stays, look for the record in the system with the same account.",
  },
  rejected: {
    title: "The system refused the values",
    remedy: "Correct the values that the message names in the source system.",
  },
  "already-exists": {
    title: "The system has such a record already",
    remedy: "Find the record that is in the way, and link it with `syncctl link add` or change it.",
  },
  "rate-limited": {
    title: "The limit of calls stayed exhausted",
    remedy: "Run again later, or ask which other program uses the same account.",
  },
  unreachable: {
    title: "The system cannot be reached or is out of order",
    remedy: "Check the address and the network, and run again later.",
  },
  "timed-out": {
    title: "No complete answer within the time limit",
    remedy: "Run again later.",
  },
  "answer-lost": {
    title: "The request was sent and its answer never came whole",
    remedy: "Plan again: syncctl finds out whether the change was made before it makes it again.",
  },
  "answer-unreadable": {
    title: "The answer does not have the shape it must have",
    remedy:
      "Check that the address belongs to the system; if it does, report it with the detail shown.",
  },
  "limit-reached": {
    title: "One of syncctl's own limits was reached",
    remedy: "The message names the limit; raise it if the figures are right.",
  },
  cancelled: {
    title: "The run was stopped",
    remedy: "Run again: what was not done comes back in the next plan.",
  },
};
