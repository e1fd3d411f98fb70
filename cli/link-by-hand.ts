import { neverWritten } from "../engine/apply/settlement.ts";
import type { Project } from "../engine/config/project.ts";
import type { Mapping, Rule } from "../engine/mapping/mapping.ts";
import type { Engine } from "../engine/run/engine.ts";
import { ruleDigest } from "../engine/run/rule-digest.ts";
import {
  addressText,
  parseAddress,
  type RecordAddress,
  streamText,
} from "../engine/value/address.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { trouble } from "./plan-options.ts";
import { jsonText } from "./render/visible.ts";
import type { Session, StateSession } from "./session.ts";
import { inFolder, terminal } from "./terminal.ts";
import { report, type Trouble } from "./trouble.ts";

/* What a person says about links. Nothing here writes to a system: the next plan shows what follows from it. */

interface Flags {
  readonly rule?: string | undefined;
  readonly project: string;
  readonly json: boolean;
}

export interface LinkWords {
  readonly source: string;
  readonly target: string;
}

/** What is wrong with the words of `link add`, as far as the project tells. */
export function linkTrouble(project: Project, words: LinkWords, flags: Flags): Trouble | undefined {
  const intended = intendedLink(project, words, flags);
  return "code" in intended ? intended : undefined;
}

export async function addLink(
  { project, engine, store, signal }: Session,
  words: LinkWords,
  flags: Flags,
): Promise<ExitCode> {
  const intended = intendedLink(project, words, flags);
  if ("code" in intended) return report(intended, flags);
  const { source, target, mapping, rule } = intended;
  for (const address of [source, target]) {
    const missing = await missingTrouble(engine, address, signal);
    if (missing !== undefined) return report(missing, flags);
  }
  const link = {
    mapping: mapping.name,
    rule: rule.name,
    source,
    target,
    origin: "manual",
    // Nothing is agreed yet: the next plan shows, field by field, where the two differ.
    baseline: {},
    ruleDigest: ruleDigest(mapping, rule),
    writtenAt: neverWritten,
  } as const;
  if (!(await store.addLink(link))) {
    return report(
      trouble("link-taken", `${addressText(target)} is linked to another record.`),
      flags,
    );
  }
  return done(flags, { linked: link }, [
    `Linked ${addressText(source)} = ${addressText(target)} (${mapping.name}/${rule.name}).`,
    `See what follows from it: syncctl plan${inFolder(flags.project)} --only ${addressText(source)}`,
  ]);
}

export async function removeLink(
  { project, store }: StateSession,
  word: string,
  flags: Flags,
): Promise<ExitCode> {
  const states = await Promise.all(project.mappings.map(({ name }) => store.load(name)));
  const links = states
    .flatMap((state) => state.links)
    .filter((link) => [link.source, link.target].some((end) => addressText(end) === word))
    .filter((link) => flags.rule === undefined || `${link.mapping}/${link.rule}` === flags.rule);
  const [link, ...others] = links;
  if (link === undefined) {
    return report(trouble("link-unknown", `There is no link of ${word}.`), flags);
  }
  if (others.length > 0) {
    const rules = links.map(({ mapping, rule }) => `${mapping}/${rule}`).join(", ");
    return report(trouble("rule-unclear", `${word} has several links: ${rules}.`), flags);
  }
  await store.removeLink({ mapping: link.mapping, rule: link.rule, sourceId: link.source.id });
  return done(flags, { removed: link }, [
    `Removed the link ${addressText(link.source)} = ${addressText(link.target)} (${link.mapping}/${link.rule}).`,
    `See what follows from it: syncctl plan${inFolder(flags.project)} --only ${addressText(link.source)}`,
  ]);
}

export async function settleIntent(
  { project, store }: StateSession,
  word: string,
  flags: { readonly project: string; readonly json: boolean },
): Promise<ExitCode> {
  const states = await Promise.all(project.mappings.map(({ name }) => store.load(name)));
  const intents = states
    .flatMap((state) => state.intents)
    .filter(({ changeId, source }) => changeId === word || addressText(source) === word);
  const [intent, ...others] = intents;
  if (intent === undefined) {
    return report(trouble("intent-unknown", `Nothing is in doubt under "${word}".`), flags);
  }
  if (others.length > 0) {
    const ids = intents.map(({ changeId }) => changeId).join(", ");
    return report(trouble("intent-unknown", `${word} has several: name one of ${ids}.`), flags);
  }
  await store.closeIntent(intent.changeId);
  return done(flags, { settled: intent }, [
    `Settled: the ${intent.kind} of ${addressText(intent.source)} counts as not carried out.`,
    `See what follows from it: syncctl plan${inFolder(flags.project)} --only ${addressText(intent.source)}`,
  ]);
}

interface IntendedLink {
  readonly source: RecordAddress;
  readonly target: RecordAddress;
  readonly mapping: Mapping;
  readonly rule: Rule;
}

function intendedLink(project: Project, words: LinkWords, flags: Flags): IntendedLink | Trouble {
  const source = parseAddress(words.source);
  const target = parseAddress(words.target);
  if (source === null) return notAnAddress(words.source);
  if (target === null) return notAnAddress(words.target);
  const found = ruleBetween(project, source, target, flags.rule);
  return "code" in found ? found : { source, target, ...found };
}

export function addressTrouble(word: string): Trouble | undefined {
  return parseAddress(word) === null ? notAnAddress(word) : undefined;
}

/** The one rule that leads from the one stream to the other. Feedback follows the links of other rules. */
function ruleBetween(
  project: Project,
  source: RecordAddress,
  target: RecordAddress,
  name: string | undefined,
): { readonly mapping: Mapping; readonly rule: Rule } | Trouble {
  const rules = project.mappings
    .flatMap((mapping) => mapping.rules.map((rule) => ({ mapping, rule })))
    .filter(({ rule }) => rule.role !== "feedback")
    .filter(({ rule }) => streamText(rule.source.ref) === streamText(source))
    .filter(({ rule }) => streamText(rule.target.ref) === streamText(target))
    .filter(({ mapping, rule }) => name === undefined || `${mapping.name}/${rule.name}` === name);
  const [found, ...others] = rules;
  if (found !== undefined && others.length === 0) return found;
  const between = `from ${streamText(source)} to ${streamText(target)}`;
  const message =
    found === undefined
      ? `No rule leads ${between}${name === undefined ? "" : ` under the name ${name}`}.`
      : `Several rules lead ${between}: ${rules.map(({ mapping, rule }) => `${mapping.name}/${rule.name}`).join(", ")}.`;
  return trouble("rule-unclear", message);
}

/** A link to nothing would be taken for a record that is gone, and its counterpart would be retired. */
async function missingTrouble(
  engine: Engine,
  address: RecordAddress,
  signal: AbortSignal,
): Promise<Trouble | undefined> {
  const result = await engine.find(address, signal);
  switch (result.status) {
    case "found":
      return undefined;
    case "missing":
      return trouble("record-missing", `There is no record ${addressText(address)}.`);
    case "failed":
      return trouble(result.problem.code, result.problem.message);
  }
}

function notAnAddress(word: string): Trouble {
  return trouble("address-unreadable", `"${word}" is not the address of a record.`);
}

function done(
  flags: { readonly json: boolean },
  value: unknown,
  lines: readonly string[],
): ExitCode {
  terminal.out(flags.json ? `${jsonText(value)}\n` : `${lines.join("\n")}\n`);
  return exitCode.ok;
}
