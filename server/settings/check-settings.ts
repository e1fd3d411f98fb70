import { isAbsolute } from "node:path";
import { errorAt } from "../../engine/config/diagnose.ts";
import type { Diagnostic } from "../../engine/config/diagnostic.ts";
import { childOf, entryOf, itemsOf, type Node, scalarOf } from "../../engine/config/node.ts";
import { checkState } from "../../engine/config/state-location.ts";
import { allOf, anyOf, quote } from "../../engine/config/wording.ts";

/** What no schema sees, or none could say well. */
export function checkSettings(root: Node): readonly Diagnostic[] {
  const workspaces = childOf(root, "workspaces");
  const targets = itemsOf(childOf(root, "notify"));
  return [
    ...checkState(scalarOf(childOf(root, "state"))),
    ...checkAddress(childOf(root, "publicUrl"), isPublicUrl),
    ...checkChoice(workspaces, ["folder", "git"]),
    ...checkAddress(childOf(childOf(workspaces, "git"), "url"), isRepository),
    ...targets.flatMap((target) => [
      ...checkChoice(target, ["webhook", "email"]),
      ...checkAddress(childOf(childOf(target, "webhook"), "url"), isHttp),
      ...checkLogin(childOf(childOf(target, "email"), "smtp")),
    ]),
  ];
}

function checkChoice(node: Node | undefined, keys: readonly string[]): readonly Diagnostic[] {
  if (node?.kind !== "map") return [];
  const [first, second] = keys.flatMap((key) => entryOf(node, key) ?? []);
  if (first && !second) return [];
  const named = keys.map(quote);
  if (!second) {
    const help = `Add ${anyOf(named)}.`;
    return [errorAt("key-choice", node.at, `Neither ${named.join(" nor ")} is here.`, help)];
  }
  const message = `${allOf(named)} exclude each other.`;
  return [errorAt("key-choice", second.keyAt, message)];
}

/** An address may hold a secret, and is not told. */
function checkAddress(
  node: Node | undefined,
  isGood: (text: string) => boolean,
): readonly Diagnostic[] {
  const scalar = scalarOf(node);
  if (typeof scalar?.value !== "string" || scalar.value === "" || isGood(scalar.value)) return [];
  return [errorAt("url-malformed", scalar.at, "This is not an address that can be used here.")];
}

/** The path is where the service is to be found behind a proxy. */
function isPublicUrl(text: string): boolean {
  if (!isHttp(text)) return false;
  const { username, password, search, hash } = new URL(text);
  return [username, password, search, hash].every((part) => part === "");
}

function isHttp(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

/** As git knows them: with a scheme, as `user@host:path`, or a path. Nothing that git could take for an option. */
function isRepository(text: string): boolean {
  if (/^(?:https?|ssh|file):\/\//.test(text)) return URL.canParse(text);
  return isAbsolute(text) || /^[A-Za-z0-9_][\w.-]*@[A-Za-z0-9][\w.-]*:[^\s-]\S*$/.test(text);
}

/** A mail server wants both or neither. */
function checkLogin(smtp: Node | undefined): readonly Diagnostic[] {
  const keys = ["user", "password"];
  const [found, ...others] = keys.flatMap((key) => entryOf(smtp, key) ?? []);
  if (!found || others.length > 0) return [];
  const missing = keys.filter((key) => key !== found.key).map(quote);
  const message = `${quote(found.key)} stands here without ${missing.join()}.`;
  return [errorAt("key-missing", found.keyAt, message, `Add ${missing.join()}, or remove it.`)];
}
