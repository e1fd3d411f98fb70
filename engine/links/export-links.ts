import type { Mapping } from "../mapping/mapping.ts";
import type { Link } from "../state/store.ts";
import { addressText, type RecordAddress } from "../value/address.ts";
import { clashText } from "./check-decisions.ts";
import { decisionsOf } from "./decide.ts";
import type { LinkDecision } from "./decision.ts";
import { type DecisionBook, decisionBook } from "./decision-book.ts";
import { entryText, type LinksEntry, type LinksFile, type PlacedEntry } from "./entry.ts";
import type { LinksEdits } from "./links-edits.ts";
import { linkingRules, type RuleEnds } from "./rules-between.ts";

export interface ExportOptions {
  readonly mapping: Mapping;
  /** The links of the mapping in the state. */
  readonly links: readonly Link[];
  /** What is decided already, in the files that the export belongs to. */
  readonly files: readonly LinksFile[];
  /** The file that new entries go into. */
  readonly into: string;
  /** The day of the export. */
  readonly on: string;
  /** Write what both sides had agreed on. Otherwise it is taken out, because an old one is worse than none. */
  readonly baselines: boolean;
  /** What a record is called, where the streams were read. */
  readonly nameOf?: (address: RecordAddress) => string | undefined;
}

export interface LinksExport {
  /** By file. */
  readonly edits: ReadonlyMap<string, LinksEdits>;
  readonly added: number;
  readonly changed: number;
  /** Links of which the files say the same already. */
  readonly unchanged: number;
  readonly leftOut: readonly { readonly link: Link; readonly because: string }[];
}

/** Turns the links of a mapping into entries of its links files. What people have written there stays. */
export function exportLinks(options: ExportOptions): LinksExport {
  const { mapping, links, files, into } = options;
  const rules = linkingRules(mapping);
  const known = knownEntries(files, rules);
  const add: LinksEntry[] = [];
  const replaced: { readonly old: PlacedEntry; readonly by: LinksEntry }[] = [];
  const leftOut: { link: Link; because: string }[] = [];
  const told = new Set<PlacedEntry>();
  let unchanged = 0;
  for (const link of livingFirst(links, mapping)) {
    const found = known.entries.get(linkKey(link));
    if (found && told.has(found)) continue;
    if (found) {
      told.add(found);
      const by = updated(found, link, options);
      if (entryText(by) === entryText(found)) unchanged += 1;
      else replaced.push({ old: found, by });
      continue;
    }
    const made = newEntry(link, rules, known.book, options);
    if (made && "because" in made) leftOut.push(made);
    else if (made) {
      add.push(made);
      for (const decision of decisionsOf(unplaced(made, into), rules)) known.book.add(decision);
    }
  }
  const byFile = Map.groupBy(replaced, ({ old }) => old.at.file);
  const edits = new Map<string, LinksEdits>();
  for (const [file, replace] of byFile) edits.set(file, { replace });
  if (add.length > 0) edits.set(into, { ...edits.get(into), add });
  return { edits, added: add.length, changed: replaced.length, unchanged, leftOut };
}

/** Those of the direction that lives come first: of a choice they are right. Feedback follows the links of others. */
function livingFirst(links: readonly Link[], { rules }: Mapping): readonly Link[] {
  const roles = new Map(rules.map(({ name, role }) => [name, role]));
  const ordered = links
    .filter(({ rule }) => roles.get(rule) !== "feedback")
    .map((link) => ({ link, key: linkKey(link), lives: roles.get(link.rule) === "authoritative" }));
  ordered.sort((a, b) => Number(b.lives) - Number(a.lives) || (a.key < b.key ? -1 : 1));
  return ordered.map(({ link }) => link);
}

interface Known {
  readonly book: DecisionBook;
  /** Entries that say of a link that it shall be, by `linkKey`. */
  readonly entries: ReadonlyMap<string, PlacedEntry>;
}

function knownEntries(files: readonly LinksFile[], rules: readonly RuleEnds[]): Known {
  const book = decisionBook();
  const entries = new Map<string, PlacedEntry>();
  for (const entry of files.flatMap((file) => file.entries)) {
    for (const decision of decisionsOf(entry, rules)) {
      if (book.clash(decision)) continue;
      book.add(decision);
      if (decision.kind === "link") entries.set(linkKey(decision), entry);
    }
  }
  return { book, entries };
}

function linkKey(link: Pick<Link, "rule" | "source" | "target">): string {
  return [link.rule, addressText(link.source), addressText(link.target)].join("\n");
}

function updated(entry: PlacedEntry, link: Link, options: ExportOptions): LinksEntry {
  const { baseline: _old, at: _at, ...kept } = entry;
  const name = entry.name ?? nameOf(link, options);
  const told = { ...kept, ...(name === undefined ? {} : { name }) };
  // What was agreed on is told by the fields of the target, so that the source has to come first.
  const records = [link.source, link.target] as const;
  const baseline = baselineOf(link, options);
  return baseline ? { ...told, records, baseline } : told;
}

type LeftOut = LinksExport["leftOut"][number];

/** Null when an entry that was made for another rule says the same. */
function newEntry(
  link: Link,
  rules: readonly RuleEnds[],
  book: DecisionBook,
  options: ExportOptions,
): LinksEntry | LeftOut | null {
  const own = rules.find(({ name }) => name === link.rule);
  if (!own) return { link, because: `The mapping has no rule ${link.rule} that makes links.` };
  const name = nameOf(link, options);
  const baseline = baselineOf(link, options);
  const entry: LinksEntry = {
    kind: "link",
    records: [link.source, link.target],
    ...(name === undefined ? {} : { name }),
    why: reasons[link.origin],
    by: "syncctl",
    on: options.on,
    ...(baseline ? { baseline } : {}),
  };
  const decisions = decisionsOf(unplaced(entry, options.into), rules);
  const clashes = decisions.flatMap((decision) => {
    const clash = book.clash(decision);
    return clash ? [{ decision, clash }] : [];
  });
  const ownClash = clashes.find(({ decision }) => decision.rule === link.rule);
  if (ownClash?.clash.kind === "repeats") return null;
  if (ownClash) return { link, because: becauseOf(ownClash.decision, ownClash.clash) };
  const parallel = rules.some(
    (other) => other !== own && other.source === own.source && other.target === own.target,
  );
  return parallel || clashes.length > 0 ? { ...entry, rule: link.rule } : entry;
}

function becauseOf(
  decision: LinkDecision,
  clash: NonNullable<ReturnType<DecisionBook["clash"]>>,
): string {
  // An entry that is only about to be written has no place yet.
  return clash.earlier.at.line === 0
    ? `The rule ${clash.earlier.rule} links one of the two to another record.`
    : `The state says that ${clashText(decision, clash)}`;
}

const reasons: Readonly<Record<Link["origin"], string>> = {
  matched: "Matched by key.",
  created: "Created by syncctl.",
  manual: "Linked by a person; who and why was not recorded.",
};

function nameOf({ source, target }: Link, { nameOf: find }: ExportOptions): string | undefined {
  const names = new Set([source, target].flatMap((record) => find?.(record) ?? []));
  return names.size === 0 ? undefined : [...names].join(" = ");
}

function baselineOf({ baseline }: Link, { baselines }: ExportOptions): Link["baseline"] | null {
  return baselines && Object.keys(baseline).length > 0 ? baseline : null;
}

function unplaced(entry: LinksEntry, file: string): PlacedEntry {
  return { ...entry, at: { file, line: 0, column: 0 } };
}
