import { resolve } from "node:path";
import type { Project } from "../../engine/config/project.ts";
import { type LinksEntry, type PlacedEntry, recordsText } from "../../engine/links/entry.ts";
import { notAnAddress } from "../../engine/links/intended.ts";
import { linksFileOf, type WrittenFile } from "../../engine/links/links-file.ts";
import { saveLinks } from "../../engine/links/save-links.ts";
import { systemClock } from "../../engine/run/clock.ts";
import type { Link } from "../../engine/state/store.ts";
import { addressText, parseAddress } from "../../engine/value/address.ts";
import type { ExitCode } from "../exit-code.ts";
import { trouble } from "../plan-options.ts";
import type { StateSession } from "../session.ts";
import { userName } from "../surroundings.ts";
import { report, type Trouble } from "../trouble.ts";
import { today } from "./day.ts";
import { done, follows } from "./done.ts";
import { removeLinks } from "./links-in-state.ts";
import { readProjectLinks } from "./project-links.ts";

export interface RemoveFlags {
  readonly rule?: string | undefined;
  readonly apart: boolean;
  readonly why?: string | undefined;
  readonly by?: string | undefined;
  readonly project: string;
  readonly json: boolean;
}

/** What is wrong with the words of `link remove`. */
export function removeTrouble(word: string, { apart, why }: RemoveFlags): Trouble | undefined {
  if (parseAddress(word) === null) return notAnAddress(word);
  if (apart && why === undefined) {
    return trouble("command-unclear", "--apart says that two are different: --why must say why.");
  }
  return apart || why === undefined
    ? undefined
    : trouble("command-unclear", "--why belongs to --apart: only a decision has a reason.");
}

/** Forgets that two records are one: in the state, and in the links files. */
export async function removeLink(
  { project, store }: StateSession,
  word: string,
  flags: RemoveFlags,
): Promise<ExitCode> {
  const states = await Promise.all(project.mappings.map(({ name }) => store.load(name)));
  const links = states.flatMap((state) => state.links);
  const [pair, ...others] = pairsOf(project, links, { word, rule: flags.rule });
  if (pair === undefined)
    return report(trouble("link-unknown", `There is no link of ${word}.`), flags);
  if (others.length > 0) {
    const all = [pair, ...others].map(({ mapping, records, rules }) => {
      return `${recordsText({ records })} (${rules.map((rule) => `${mapping}/${rule}`).join(", ")})`;
    });
    const message = `${word} has several links: ${all.join(", ")}. Name the other record, or the rule.`;
    return report(trouble("rule-unclear", message), flags);
  }
  const written = await forget(project, pair, flags);
  if ("code" in written) return report(written, flags);
  try {
    await removeLinks(store, pair.links);
  } catch (error) {
    for (const file of written.files) await file.undo();
    throw error;
  }
  const files = written.files.map(({ file }) => file);
  return done(flags, { removed: pair.links, files }, linesOf(pair, files, flags));
}

/** Two records that are linked, or decided to be one. */
interface LinkedPair {
  readonly mapping: string;
  readonly rules: readonly string[];
  readonly records: LinksEntry["records"];
  /** Its links in the state, in both directions of a choice. */
  readonly links: readonly Link[];
}

function pairsOf(
  project: Project,
  links: readonly Link[],
  { word, rule: named }: { readonly word: string; readonly rule: string | undefined },
): readonly LinkedPair[] {
  const isMeant = (mapping: string, rule: string, ends: readonly string[]) =>
    ends.includes(word) && (named === undefined || named === `${mapping}/${rule}`);
  const pairs = new Map<string, LinkedPair>();
  const add = (found: LinkedPair): void => {
    const key = [found.mapping, ...found.records.map(addressText).sort()].join("\n");
    const known = pairs.get(key);
    const rules = [...new Set([...(known?.rules ?? []), ...found.rules])];
    const own = [...(known?.links ?? []), ...found.links];
    pairs.set(key, { ...(known ?? found), rules, links: own });
  };
  for (const link of links) {
    const { mapping, rule, source, target } = link;
    if (!isMeant(mapping, rule, [source, target].map(addressText))) continue;
    add({ mapping, rules: [rule], records: [source, target], links: [link] });
  }
  for (const { name: mapping, decisions } of project.mappings) {
    for (const decision of decisions) {
      if (decision.kind !== "link") continue;
      const { rule, source, target } = decision;
      if (!isMeant(mapping, rule, [source, target].map(addressText))) continue;
      add({ mapping, rules: [rule], records: [source, target], links: [] });
    }
  }
  return [...pairs.values()];
}

/** Takes the pair out of the links files, and with `--apart` says there that the two are different. */
async function forget(
  project: Project,
  pair: LinkedPair,
  flags: RemoveFlags,
): Promise<{ readonly files: readonly WrittenFile[] } | Trouble> {
  const key = pairKey(pair.records);
  const about = await readProjectLinks(project, pair.mapping);
  const edits = new Map<string, { remove: readonly PlacedEntry[]; add: LinksEntry[] }>();
  for (const { file, entries } of about) {
    const remove = entries.filter(
      (entry) => entry.kind === "link" && pairKey(entry.records) === key && isOf(entry, pair),
    );
    if (remove.length > 0) edits.set(file, { remove, add: [] });
  }
  if (flags.apart) {
    const [first] = edits.keys();
    const file = first ?? linksFileOf(project, pair.mapping, undefined);
    if (typeof file !== "string") return file;
    const own = edits.get(file) ?? { remove: [], add: [] };
    own.add.push(await apartEntry(pair, own.remove[0], flags));
    edits.set(file, own);
  }
  const files: WrittenFile[] = [];
  for (const [file, edit] of edits) {
    const written = await saveLinks(project, { file, mapping: pair.mapping }, edit);
    if (written !== null && "code" in written) {
      for (const one of files) await one.undo();
      return written;
    }
    if (written) files.push(written);
  }
  return { files };
}

function pairKey(records: LinksEntry["records"]): string {
  return records.map(addressText).sort().join("\n");
}

/** An entry that names a rule is about that rule only. */
function isOf({ rule }: LinksEntry, { rules }: LinkedPair): boolean {
  return rule === undefined || rules.includes(rule);
}

async function apartEntry(
  { records }: LinkedPair,
  old: LinksEntry | undefined,
  { why, by, project }: RemoveFlags,
): Promise<LinksEntry> {
  return {
    kind: "apart",
    records,
    ...(old?.name === undefined ? {} : { name: old.name }),
    why: why ?? "",
    by: by ?? (await userName(resolve(project))),
    on: today(systemClock),
  };
}

function linesOf(
  { mapping, rules, records, links }: LinkedPair,
  files: readonly string[],
  { apart, project }: RemoveFlags,
): readonly string[] {
  const pair = recordsText({ records });
  const names = rules.map((rule) => `${mapping}/${rule}`).join(", ");
  return [
    links.length > 0
      ? `Removed the link ${pair} (${names}).`
      : `Removed the decision ${pair} (${names}); there was no link in the state.`,
    ...(apart ? [`Decided: ${records.map(addressText).join(" and ")} are different.`] : []),
    ...(files.length > 0 ? [`Written into ${files.join(", ")}: commit it.`] : []),
    follows(project, records[0]),
  ];
}
