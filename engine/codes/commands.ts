import type { CodeEntry } from "./entry.ts";

/** Codes of what can be wrong with the words of a command, and with the files that it is given. */
export const commandCodes = {
  "command-unclear": {
    title: "The command line cannot be understood",
    remedy: "See `syncctl --help`, or `--help` after the command.",
  },
  "internal-fault": {
    title: "Something happened that syncctl did not expect",
    remedy:
      "Run the command again with SYNCCTL_DEBUG=1, and report what it prints as a fault of syncctl.",
  },
  interrupted: {
    title: "The command was stopped from outside",
    remedy: "Run it again: what was not done comes back in the next plan.",
  },
  "mapping-unknown": {
    title: "There is no mapping with this name",
    remedy: "See `syncctl validate` for the names.",
  },
  "selector-unreadable": {
    title: "What follows --only or --exclude does not name a part of a plan",
    remedy:
      "Write a record's address (connection/stream/id), or record=, situation=, kind=, rule= or mapping= and a name.",
  },
  "guard-unknown": {
    title: "What follows --allow is not a guard of this project",
    remedy: "Copy the flag from the message of the guard: --allow <mapping>:<code>.",
  },
  "plan-fixed": {
    title: "A saved plan is applied as it is",
    remedy:
      "Give --only, --exclude, --allow and --mapping to `syncctl plan`, and save a new plan with --out.",
  },
  "confirmation-needed": {
    title: "Nobody is there to answer yes",
    remedy: "Look at the plan above, then run the command again with --yes.",
  },
  "approval-needed": {
    title: "A mapping says that a person approves what is written",
    remedy:
      "Save the plan with `syncctl plan --out plan.json`, look at it, and apply the file; or answer yes on a terminal, without --yes; or approve it in the service.",
  },
  "file-unwritable": {
    title: "A file cannot be written",
    remedy: "Check that the folder exists and that you may write to it.",
  },
  "file-exists": {
    title: "A file is in the way",
    remedy: "Move it away, choose another folder, or overwrite it with --force.",
  },
  "run-unknown": {
    title: "There is no run with this id",
    remedy: "See `syncctl runs` for the ids.",
  },
  "address-unreadable": {
    title: "This is not the address of a record",
    remedy: "Write connection/stream/id, as plans show it.",
  },
  "rule-unclear": {
    title: "It is not clear which rule is meant",
    remedy: "Name it with --rule <mapping>/<rule>; `syncctl validate` lists the rules.",
  },
  "record-missing": {
    title: "The record that is to be linked is not there",
    remedy: "Check the id; plans show the addresses of records.",
  },
  "record-unknown": {
    title: "No record of the mapping fits what was asked for",
    remedy:
      "Write the address as plans show it (connection/stream/id), an e-mail address, a number or a name; if the record was made just now, wait a moment.",
  },
  "record-unclear": {
    title: "Several records fit what was asked for",
    remedy: "Choose one, and ask again with its address.",
  },
  "link-taken": {
    title: "A record is linked to another one already",
    remedy: "See `syncctl link list`, and remove the other link first if it is wrong.",
  },
  "decided-otherwise": {
    title: "A links file has decided otherwise",
    remedy:
      "Change the entry at the place that is named, or take it back with `syncctl link remove`.",
  },
  "links-file-unclear": {
    title: "It is not clear which links file is to be written",
    remedy: "Name one that a pattern under `links` in syncctl.yaml finds, with --file.",
  },
  "links-wrong": {
    title: "Some links cannot be brought in as they stand",
    remedy: "Correct those that are listed, or leave them out with --skip-wrong.",
  },
  "csv-unreadable": {
    title: "A CSV file cannot be read",
    remedy:
      "Write `source,target` above the pairs (rule, why and by are possible too), and put texts that hold commas into quotes.",
  },
  "link-unknown": {
    title: "There is no such link",
    remedy: "See `syncctl link list` for the links.",
  },
  "intent-unknown": {
    title: "Nothing is in doubt under this id",
    remedy: "See `syncctl link list` for what is in doubt.",
  },
} as const satisfies Record<string, CodeEntry>;
