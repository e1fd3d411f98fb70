import { join, resolve } from "node:path";
import {
  childOf,
  itemsOf,
  type Node,
  plainValue,
  scalarOf,
  textOf,
} from "../../engine/config/node.ts";
import { dataFolder } from "./data-folder.ts";
import { notificationEvents, securityDefault, smtpPorts } from "./notify-schema.ts";
import type { NotificationTarget, ServiceSettings, WorkspaceSource } from "./settings.ts";
import { branchDefault, fetchEveryDefault, hostDefault, ranges } from "./settings-schema.ts";

/** The settings that a checked tree says, with the defaults filled in. */
export function settingsOf(
  root: Node,
  about: Pick<ServiceSettings, "directory" | "state" | "secrets">,
): ServiceSettings {
  const publicUrl = textOf(childOf(root, "publicUrl"))?.replace(/\/+$/, "");
  const runs = childOf(root, "runs");
  const retention = childOf(root, "retention");
  return {
    ...about,
    listen: {
      host: textOf(childOf(childOf(root, "listen"), "host")) ?? hostDefault,
      port: numberAt(childOf(root, "listen"), "port", ranges.port.standard),
    },
    ...(publicUrl !== undefined && { publicUrl }),
    workspaces: sourceOf(childOf(root, "workspaces"), about),
    runs: {
      concurrency: numberAt(runs, "concurrency", ranges.concurrency.standard),
      perWorkspace: numberAt(runs, "perWorkspace", ranges.perWorkspace.standard),
      jitterSeconds: numberAt(runs, "jitter", ranges.jitter.standard),
    },
    retention: {
      runsDays: numberAt(retention, "runs", ranges.runs.standard),
      plansDays: numberAt(retention, "plans", ranges.plans.standard),
    },
    notify: itemsOf(childOf(root, "notify")).map(targetOf),
    sessions: { hours: numberAt(childOf(root, "sessions"), "hours", ranges.sessions.standard) },
  };
}

function numberAt(node: Node | undefined, key: string, standard: number): number {
  const value = scalarOf(childOf(node, key))?.value;
  return typeof value === "number" ? value : standard;
}

function sourceOf(
  node: Node | undefined,
  about: Pick<ServiceSettings, "directory" | "state">,
): WorkspaceSource {
  if (!node) return { kind: "project" };
  const { directory } = about;
  const folder = textOf(childOf(node, "folder"));
  const secrets = textOf(childOf(node, "secrets"));
  const more = secrets === undefined ? {} : { secrets: resolve(directory, secrets) };
  if (folder !== undefined) {
    const everySeconds = numberAt(node, "every", ranges.every.standard);
    return { kind: "folder", folder: resolve(directory, folder), ...more, everySeconds };
  }
  const git = childOf(node, "git");
  return {
    kind: "git",
    url: textOf(childOf(git, "url")) ?? "",
    branch: textOf(childOf(git, "branch")) ?? branchDefault,
    checkout: join(dataFolder(about), "checkout"),
    folder: textOf(childOf(git, "folder")) ?? ".",
    ...more,
    everySeconds: numberAt(node, "every", fetchEveryDefault),
  };
}

function targetOf(node: Node): NotificationTarget {
  const events = textsIn(childOf(node, "events"));
  const workspaces = textsIn(childOf(node, "workspaces"));
  const base = {
    events: notificationEvents.filter((event) => events.length === 0 || events.includes(event)),
    ...(workspaces.length > 0 && { workspaces }),
  };
  const webhook = childOf(node, "webhook");
  if (webhook) {
    const [url = "", secret = ""] = ["url", "secret"].map((key) => textOf(childOf(webhook, key)));
    return { ...base, kind: "webhook", url, secret };
  }
  const email = childOf(node, "email");
  const smtp = childOf(email, "smtp");
  const security =
    (["tls", "starttls", "none"] as const).find(
      (one) => one === textOf(childOf(smtp, "security")),
    ) ?? securityDefault;
  const user = textOf(childOf(smtp, "user"));
  const password = textOf(childOf(smtp, "password"));
  return {
    ...base,
    kind: "email",
    to: textsIn(childOf(email, "to")),
    from: textOf(childOf(email, "from")) ?? "",
    smtp: {
      host: textOf(childOf(smtp, "host")) ?? "",
      port: numberAt(smtp, "port", smtpPorts[security]),
      security,
      ...(user !== undefined && { user }),
      ...(password !== undefined && { password }),
    },
  };
}

function textsIn(node: Node | undefined): readonly string[] {
  return itemsOf(node)
    .map(plainValue)
    .filter((value) => typeof value === "string");
}
