import type { Project } from "../config/project.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { type Trouble, trouble } from "../trouble.ts";
import { parseAddress, type RecordAddress, streamText } from "../value/address.ts";
import { clashText } from "./check-decisions.ts";
import { decisionsOf } from "./decide.ts";
import type { LinkDecision } from "./decision.ts";
import { decisionBook } from "./decision-book.ts";
import type { LinksEntry } from "./entry.ts";
import { linksFileOf } from "./links-file.ts";
import { type MeantLink, meantLinks } from "./meant-link.ts";
import { linkingRules, rulesBetween, rulesFrom } from "./rules-between.ts";

/* What a person means who decides about records, as far as the project tells, before anything is opened. */

export interface DecisionWords {
  readonly source: string;
  readonly target?: string | undefined;
}

export interface DecisionFlags {
  readonly apart: boolean;
  readonly ignore: boolean;
  readonly rule?: string | undefined;
  readonly why?: string | undefined;
  readonly file?: string | undefined;
}

export interface Intended {
  readonly mapping: Mapping;
  /** Without who decides, and when. */
  readonly entry: LinksEntry;
  /** What it comes to, rule by rule. */
  readonly decisions: readonly LinkDecision[];
  /** The link that is to be tied; absent for `apart` and `ignore`. */
  readonly link?: MeantLink;
  /** Path of the links file from the folder of the project. */
  readonly file: string;
  /** The files say so already: nothing is written into them. */
  readonly decided: boolean;
}

export function intendedDecision(
  project: Project,
  words: DecisionWords,
  flags: DecisionFlags,
): Intended | Trouble {
  const { why = "" } = flags;
  if (why.trim() === "") {
    const message = "--why is missing: say why, so that whoever reviews the file understands it.";
    return trouble("command-unclear", message);
  }
  const records = recordsOf(words, flags);
  if ("code" in records) return records;
  const reasoned = { ...flags, why };
  const found =
    flags.apart || flags.ignore
      ? parting(project, records, reasoned)
      : tie(project, records, reasoned);
  if ("code" in found) return found;
  const { mapping, entry } = found;
  const file = linksFileOf(project, mapping.name, flags.file);
  if (typeof file !== "string") return file;
  const book = decisionBook(mapping.decisions);
  const decisions = decisionsOf(
    { ...entry, at: { file, line: 0, column: 0 } },
    linkingRules(mapping),
  );
  const clashes = decisions.flatMap((decision) => {
    const clash = book.clash(decision);
    return clash ? [{ decision, clash }] : [];
  });
  const against = clashes.find(({ clash }) => clash.kind === "contradicts");
  if (against) {
    const message = `You say that ${clashText(against.decision, against.clash)}`;
    return trouble("decided-otherwise", message);
  }
  return { ...found, decisions, file, decided: clashes.length === decisions.length };
}

type Records = readonly [RecordAddress, ...RecordAddress[]];

function recordsOf(
  { source, target }: DecisionWords,
  { ignore }: DecisionFlags,
): Records | Trouble {
  if (ignore && target !== undefined) {
    return trouble("command-unclear", "With --ignore, one record is named, not two.");
  }
  if (!ignore && target === undefined) {
    return trouble("command-unclear", "Two records are needed; --ignore takes one.");
  }
  const first = parseAddress(source);
  if (first === null) return notAnAddress(source);
  if (target === undefined) return [first];
  const second = parseAddress(target);
  return second === null ? notAnAddress(target) : [first, second];
}

type ReasonedFlags = DecisionFlags & { readonly why: string };

type Found = Pick<Intended, "mapping" | "entry" | "link">;

function tie(project: Project, records: Records, { rule, why }: ReasonedFlags): Found | Trouble {
  const [first, second = first] = records;
  const rules = new Map(project.mappings.map((one) => [one.name, linkingRules(one)]));
  const meant = meantLinks(rules, [first, second], rule);
  const [link, ...others] = meant;
  if (link === undefined || others.length > 0) {
    return unclearRule(
      records,
      rule,
      meant.map((one) => `${one.mapping}/${one.rule}`),
    );
  }
  const named = link.named ? { rule: link.rule } : {};
  const entry = { kind: "link", records: [link.source, link.target], why, ...named } as const;
  return { mapping: mappingOf(project, link.mapping), entry, link };
}

/** `apart` and `ignore` hold for every rule of a mapping, unless one is named. */
function parting(
  project: Project,
  records: Records,
  { rule: named, why, ignore }: ReasonedFlags,
): Found | Trouble {
  const [first, second] = records;
  const found = project.mappings.flatMap((mapping) => {
    const all = linkingRules(mapping);
    const rules = second ? rulesBetween(all, first, second) : rulesFrom(all, first);
    const meant = rules.filter(
      ({ name }) => named === undefined || [name, `${mapping.name}/${name}`].includes(named),
    );
    return meant.length === 0 ? [] : [{ mapping, meant, all: rules }];
  });
  const [one, ...others] = found;
  if (one === undefined || others.length > 0) {
    return unclearRule(
      records,
      named,
      found.flatMap(({ mapping, meant }) => meant.map(({ name }) => `${mapping.name}/${name}`)),
    );
  }
  const [rule] = one.meant;
  const needsName = rule && one.meant.length < one.all.length ? { rule: rule.name } : {};
  const kind = ignore ? "ignore" : "apart";
  return { mapping: one.mapping, entry: { kind, records, why, ...needsName } };
}

function mappingOf(project: Project, name: string): Mapping {
  const mapping = project.mappings.find((one) => one.name === name);
  if (!mapping) throw new Error(`there is no mapping ${name}`);
  return mapping;
}

function unclearRule(
  records: Records,
  named: string | undefined,
  rules: readonly string[],
): Trouble {
  const streams = records.map(streamText);
  const where = streams.length > 1 ? `between ${streams.join(" and ")}` : `from ${streams.join()}`;
  const called = named === undefined ? "" : ` under the name ${named}`;
  const message =
    rules.length === 0
      ? `No rule that makes links leads ${where}${called}.`
      : `Several rules lead ${where}: ${rules.join(", ")}.`;
  return trouble("rule-unclear", message);
}

export function notAnAddress(word: string): Trouble {
  return trouble("address-unreadable", `"${word}" is not the address of a record.`);
}
