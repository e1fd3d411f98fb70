import type { CodeEntry } from "./entry.ts";

/** Codes of what can be wrong in the files of the service, and with its workspaces as a whole. */
export const serviceConfigurationCodes = {
  "override-unfit": {
    title: "A variable that was set by hand no longer fits the mapping file",
    remedy: "Set it anew, or take the value away, so that the file counts.",
  },
  "key-choice": {
    title: "Exactly one of several keys must stand in a place",
    remedy: "Keep one of them, and remove the others.",
  },
  "url-malformed": {
    title: "This is not an address that the service can use",
    remedy: "Write it in full, such as `https://sync.northridge.example`.",
  },
  "workspaces-missing": {
    title: "There is no workspace",
    remedy: "Make a folder with a syncctl.yaml in it for each company.",
  },
  "workspaces-unreadable": {
    title: "The folder of the workspaces cannot be read",
    remedy: "Check that it is there and that its permissions let the service read it.",
  },
  "workspaces-too-many": {
    title: "There are more workspaces than one service serves",
    remedy: "Give some of them to a second service with a folder of its own.",
  },
  "workspaces-fetch-failed": {
    title: "The repository of the workspaces cannot be fetched",
    remedy:
      "Check the address, the branch and the right to read it. What was fetched last goes on until then.",
  },
  "workspace-taken": {
    title: "Two folders are the same workspace",
    remedy: "Give each folder a `workspace` of its own in its syncctl.yaml.",
  },
  "last-good-unwritable": {
    title: "A copy of the configuration cannot be kept",
    remedy:
      "Let the service write to the folder that is named; without the copy, a broken change stops the workspace at the next start.",
  },
} as const satisfies Record<string, CodeEntry>;
