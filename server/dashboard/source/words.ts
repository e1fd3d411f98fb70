import { count, figure, listed } from "../../../cli/render/words.ts";
import type { OutcomeStatus } from "../../../engine/apply/outcome.ts";
import type { Situation } from "../../../engine/mapping/mapping.ts";
import type { ChangeKind } from "../../../engine/plan/plan.ts";
import type {
  PlanCounts,
  PlanStatus,
  RequestProgress,
  RequestStatus,
  Role,
} from "../../../engine/state/service-store.ts";
import type { PillWords } from "./kit/tone.ts";

/* Every word for what the service calls by a short name, so that one thing is called the same on every page. */

export type EntryStatus = OutcomeStatus | "held" | "passed-over";

/** What became of a run. */
export const requestWords: Readonly<Record<RequestStatus, PillWords>> = {
  queued: { word: "Queued", tone: "quiet", icon: "clock" },
  planning: { word: "Planning", tone: "info", icon: "turning" },
  waiting: { word: "Waiting for approval", tone: "warn", icon: "hand" },
  applying: { word: "Writing", tone: "info", icon: "turning" },
  done: { word: "Done", tone: "good", icon: "check" },
  partial: { word: "Partly done", tone: "warn", icon: "alert" },
  refused: { word: "Refused", tone: "bad", icon: "stop" },
  failed: { word: "Failed", tone: "bad", icon: "cross" },
  cancelled: { word: "Cancelled", tone: "quiet", icon: "skip" },
};

/** The same in a sentence. */
export const requestMeaning: Readonly<Record<RequestStatus, string>> = {
  queued: "It starts as soon as it is its turn.",
  planning:
    "Both systems are read, and what has to change is worked out. Nothing has been written yet.",
  waiting:
    "The plan is made. A person has to look at it and approve it before anything is written.",
  applying: "The changes are written, one recorded step after the other.",
  done: "Everything that had to change was written.",
  partial: "Some records were not written or could not be read. The next run tries them again.",
  refused: "Something stands against the plan, and nothing was written.",
  failed: "It could not be planned or written at all.",
  cancelled: "Nobody wanted it any more. What was written before it ended stays written.",
};

/** What a plan does with a record, when it was done and when it is to be done. */
const kindWords: Readonly<Record<ChangeKind, { readonly done: string; readonly todo: string }>> = {
  create: { done: "created", todo: "to create" },
  link: { done: "linked", todo: "to link" },
  update: { done: "changed", todo: "to change" },
  retire: { done: "retired", todo: "to retire" },
  unlink: { done: "unlinked", todo: "to unlink" },
  delete: { done: "deleted", todo: "to delete" },
};

const doneKinds: Readonly<Record<ChangeKind, PillWords>> = {
  create: { word: "Created", tone: "good", icon: "check" },
  link: { word: "Linked", tone: "good", icon: "check" },
  update: { word: "Changed", tone: "good", icon: "check" },
  retire: { word: "Retired", tone: "good", icon: "check" },
  unlink: { word: "Unlinked", tone: "good", icon: "check" },
  delete: { word: "Deleted", tone: "good", icon: "check" },
};

const otherOutcomes: Readonly<Record<Exclude<EntryStatus, "applied">, PillWords>> = {
  failed: { word: "Failed", tone: "bad", icon: "cross" },
  "in-doubt": { word: "In doubt", tone: "warn", icon: "alert" },
  stale: { word: "Out of date", tone: "warn", icon: "alert" },
  skipped: { word: "Not tried", tone: "quiet", icon: "skip" },
  held: { word: "Held", tone: "warn", icon: "hand" },
  "passed-over": { word: "Left out", tone: "quiet", icon: "skip" },
};

/** What became of a record. */
export function entryWords(entry: {
  readonly status: EntryStatus;
  readonly action: ChangeKind | "none";
}): PillWords {
  if (entry.status !== "applied") return otherOutcomes[entry.status];
  return entry.action === "none"
    ? { word: "Done", tone: "good", icon: "check" }
    : doneKinds[entry.action];
}

/** The same in a sentence, for the legend of the log. */
export const entryMeaning: Readonly<Record<EntryStatus, string>> = {
  applied: "It was written and recorded.",
  failed: "The system refused it or could not be asked. Surely nothing was written.",
  "in-doubt": "The answer was lost. The next run finds out before it tries again.",
  stale:
    "The record is not as it was when the plan was made. Nothing was written; the next run decides anew.",
  skipped: "Something that it depends on was not written, or the run ended before its turn.",
  held: "Not written, because a person has to decide or to correct something first.",
  "passed-over": "No rule takes the record, or none brings it in.",
};

/** How a record of one side stands to the other side. */
export const situationWords: Readonly<Record<Situation, string>> = {
  linked: "linked",
  found: "found on the other side, not linked yet",
  disagrees: "found on the other side, but the two do not agree",
  absent: "not there on the other side",
  keyless: "without a value to find it by",
  ambiguous: "more than one could be it",
  left: "no longer one of the records that are synced",
  gone: "gone from the source",
  lost: "gone from the target",
  unmanaged: "there in the target only",
};

export type Reaction =
  | "update"
  | "link"
  | "create"
  | "retire"
  | "unlink"
  | "delete"
  | "hold"
  | "ignore"
  | "report";

/** What a rule does about it. */
export const reactionWords: Readonly<Record<Reaction, string>> = {
  update: "is kept in step",
  link: "is linked",
  create: "is created",
  retire: "is retired",
  unlink: "is unlinked and left as it is",
  delete: "is deleted",
  hold: "is held for a person",
  ignore: "is left alone",
  report: "is reported and left alone",
};

export const planWords: Readonly<Record<PlanStatus, PillWords>> = {
  waiting: { word: "Waiting for approval", tone: "warn", icon: "hand" },
  approved: { word: "Approved", tone: "info", icon: "check" },
  rejected: { word: "Rejected", tone: "quiet", icon: "cross" },
  superseded: { word: "Replaced by a newer plan", tone: "quiet", icon: "skip" },
  applied: { word: "Applied", tone: "good", icon: "check" },
};

export const roleWords: Readonly<Record<Role, string>> = {
  viewer: "may look",
  operator: "may run and decide",
  admin: "may do everything",
};

/** Who or what started a run. */
export function starterText(run: {
  readonly trigger: "schedule" | "manual" | "api" | "command";
  readonly requestedBy: string;
}): string {
  switch (run.trigger) {
    case "schedule":
      return "Autosync";
    case "manual":
      return run.requestedBy;
    case "api":
      return `${run.requestedBy}, through the API`;
    case "command":
      return `${run.requestedBy}, on the command line`;
  }
}

const countOrder = ["create", "update", "link", "retire", "unlink", "delete"] as const;

/** "3 created, 2 changed, 1 held"; before it was done: "3 to create". */
export function countsText(counts: PlanCounts, isDone: boolean): string {
  const changes = countOrder
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${figure(counts[kind])} ${kindWords[kind][isDone ? "done" : "todo"]}`);
  const held = counts.held > 0 ? [`${figure(counts.held)} held`] : [];
  if (changes.length === 0) return ["nothing to change", ...held].join(", ");
  return [...changes, ...held].join(", ");
}

/** "Reading procore users: 1,200 so far", "Writing: 40 of 210 changes" */
export function progressText(
  progress: Pick<RequestProgress, "phase" | "done" | "of" | "what">,
): string {
  const { phase, done, of, what } = progress;
  const verb = { reading: "Reading", "working-out": "Working out", writing: "Writing" }[phase];
  const subject = what === "" ? "" : ` ${what.replace("/", " ").replaceAll("_", " ")}`;
  if (of === undefined)
    return done === 0 ? `${verb}${subject}` : `${verb}${subject}: ${figure(done)} so far`;
  return `${verb}${subject}: ${figure(done)} of ${figure(of)}`;
}

/** "worker-contacts" as a title: "Worker contacts". */
export function titleOf(name: string): string {
  const words = name.replaceAll(/[-_]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the makers of the systems call them; others are called by the name of their connector. */
const systemTitles: Readonly<Record<string, string>> = {
  procore: "Procore",
  smartbarrel: "SmartBarrel",
  "workforce-planning": "Workforce Planning",
};

type Connections = readonly { readonly name: string; readonly connector: string }[];

/** The system behind a connection. Where two connections go to one system, the name of the connection says which. */
export function systemTitle(connection: string, connections: Connections): string {
  const own = connections.find(({ name }) => name === connection);
  if (own === undefined) return titleOf(connection);
  const title = systemTitles[own.connector] ?? titleOf(own.connector);
  const isShared = connections.filter(({ connector }) => connector === own.connector).length > 1;
  return isShared ? `${title} (${connection})` : title;
}

export interface Direction {
  readonly from: string;
  readonly to: string;
}

/** "Workforce Planning people" to "Procore users and contacts": one for each source that something is taken from. */
export function directionsOf(
  rules: readonly { readonly from: string; readonly to: string; readonly role: string }[],
  connections: Connections,
  role: "authoritative" | "feedback" | "dormant" = "authoritative",
): readonly Direction[] {
  const bySource = Map.groupBy(
    rules.filter((rule) => rule.role === role),
    ({ from }) => from,
  );
  return [...bySource].map(([from, own]) => ({
    from: streamsText([from], connections),
    to: streamsText([...new Set(own.map(({ to }) => to))], connections),
  }));
}

function streamsText(streams: readonly string[], connections: Connections): string {
  const byConnection = Map.groupBy(streams, (stream) => stream.slice(0, stream.indexOf("/")));
  return listed(
    [...byConnection].map(([connection, own]) => {
      const names = own.map((stream) => streamName(stream.slice(connection.length + 1)));
      return `${systemTitle(connection, connections)} ${listed(names)}`;
    }),
  );
}

function streamName(stream: string): string {
  return stream.replaceAll("_", " ");
}

/** Whether a mapping brings people of Procore to the time clocks: its log is looked for as "User Sync Logs". */
export function isUserSync(mapping: {
  readonly rules: readonly { readonly from: string; readonly to: string; readonly role: string }[];
}): boolean {
  return mapping.rules.some(({ from, to }) => /\/users$/.test(from) && /\/workers$/.test(to));
}

/** The unnamed workspace is that of a service with one project. */
export function workspaceTitle(name: string, title: string | undefined): string {
  if (title !== undefined && title !== "") return title;
  return name === "" ? "This project" : name;
}

/** "4 records are held" */
export function heldText(number: number): string {
  return `${count(number, "record")} ${number === 1 ? "is" : "are"} held`;
}
