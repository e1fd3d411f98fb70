import type { CodeEntry } from "./entry.ts";

/** Codes of trouble with the state store. */
export const stateCodes = {
  "state-locked": {
    title: "Another process has the state folder open",
    remedy: "Wait for that process to end, or set DATABASE_URL to work from several processes.",
  },
  "state-address-invalid": {
    title: "What `state` says is neither a folder nor a postgres:// URL",
    remedy: "Correct `state` in syncctl.yaml, or the variable that it reads.",
  },
  "state-unreachable": {
    title: "The PostgreSQL server of the state cannot be reached",
    remedy: "Check the address and the network, and whether the server runs.",
  },
  "state-access-refused": {
    title: "The PostgreSQL server does not let this user in, or not do this",
    remedy: "Check the user and the password of the URL, and what the user may do.",
  },
  "state-database-missing": {
    title: "The PostgreSQL server has no such database",
    remedy: "Create it with `createdb`, or correct the name at the end of the URL.",
  },
  "state-database-unfit": {
    title: "The database cannot hold every character",
    remedy: "Create a database with the encoding UTF8 and use that.",
  },
  "state-unwritable": {
    title: "The state cannot be written",
    remedy: "The message says what is in the way: permissions, or a full disk.",
  },
  "state-foreign": {
    title: "The folder holds something that is not the state of syncctl",
    remedy: "Name an empty or a new folder as `state`.",
  },
  "state-newer": {
    title: "The state was made by a newer version of syncctl",
    remedy: "Use that version, or a newer one. Nothing was changed.",
  },
  "state-damaged": {
    title: "The state folder cannot be opened",
    remedy: "Put the dump that lies beside it in its place; the message says how.",
  },
  "state-not-empty": {
    title: "A copy of the state can only be brought in where there is nothing yet",
    remedy: "Name a new folder or an empty database as `state`. Nothing was changed.",
  },
  "state-workspace-empty": {
    title: "Nothing is known of this workspace",
    remedy: "Correct the name; the message says which ones there are.",
  },
  "state-workspace-unclear": {
    title: "A copy of several workspaces cannot become one",
    remedy: "Say with `--workspace` which one is meant.",
  },
  "state-file-foreign": {
    title: "A file is no copy of the state",
    remedy: "Name a file that `syncctl state export` has written.",
  },
  "state-file-newer": {
    title: "A copy of the state was written by a newer version of syncctl",
    remedy: "Bring it in with that version, or a newer one.",
  },
  "state-file-damaged": {
    title: "A copy of the state is cut off or was altered",
    remedy: "Take another copy. Nothing of a damaged one is brought in.",
  },
  "state-file-unreadable": {
    title: "A copy of the state cannot be read",
    remedy: "Check that the file is there and that you may read it.",
  },
  "installation-incomplete": {
    title: "A file that the installation makes is missing",
    remedy: "Run `npm run prepare` in the folder of syncctl.",
  },
} as const satisfies Record<string, CodeEntry>;
