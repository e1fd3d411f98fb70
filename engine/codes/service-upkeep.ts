import type { CodeEntry } from "./entry.ts";

/** Codes of what the service does by itself: starting runs, telling people, removing what is old. They stand in its log. */
export const upkeepCodes = {
  "schedule-unreadable": {
    title: "The service could not find out which runs are due",
    remedy: "It looks again by itself. If it goes on, check the database of the state.",
  },
  "schedule-not-asked": {
    title: "A run that is due could not be queued",
    remedy: "It is tried again by itself. If it goes on, check the database of the state.",
  },
  "schedule-ahead": {
    title: "Runs were started for a time that has not come yet",
    remedy:
      "A clock was wrong. Check the clocks of all machines; until that time, start runs by hand where they are needed.",
  },
  "notification-failed": {
    title: "A message to people could not be delivered",
    remedy:
      "Check the target under `notify` in service.yaml: its address, its secret or password, and whether it can be reached. The message is tried again after the next run.",
  },
  "retention-failed": {
    title: "Old runs and plans could not be removed",
    remedy: "It is tried again by itself. If it goes on, check the database of the state.",
  },
} as const satisfies Record<string, CodeEntry>;
