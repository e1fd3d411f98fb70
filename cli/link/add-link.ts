import { resolve } from "node:path";
import { neverWritten } from "../../engine/apply/settlement.ts";
import type { LinkDecision } from "../../engine/links/decision.ts";
import { type LinksEntry, recordsText } from "../../engine/links/entry.ts";
import {
  type DecisionFlags,
  type DecisionWords,
  type Intended,
  intendedDecision,
} from "../../engine/links/intended.ts";
import { saveLinks } from "../../engine/links/save-links.ts";
import { isSame, takenTrouble } from "../../engine/links/taken.ts";
import type { Mapping } from "../../engine/mapping/mapping.ts";
import { labelOf } from "../../engine/plan/context.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { ruleDigest } from "../../engine/run/rule-digest.ts";
import type { Link } from "../../engine/state/store.ts";
import { addressText, type RecordAddress, streamText } from "../../engine/value/address.ts";
import type { ExitCode } from "../exit-code.ts";
import { trouble } from "../plan-options.ts";
import type { Session } from "../session.ts";
import { userName } from "../surroundings.ts";
import { report, type Trouble } from "../trouble.ts";
import { accountsTrouble } from "./accounts.ts";
import { today } from "./day.ts";
import { done, follows } from "./done.ts";
import { removeLinks } from "./links-in-state.ts";

export interface AddFlags extends DecisionFlags {
  readonly by?: string | undefined;
  readonly "file-only": boolean;
  readonly project: string;
  readonly json: boolean;
}

/**
 * Writes down what a person has decided about records, and lets the state follow: a link is tied, a link between two
 * that are different is taken away. Nothing is written to a system.
 */
export async function addLink(
  session: Session,
  words: DecisionWords,
  flags: AddFlags,
): Promise<ExitCode> {
  const { project } = session;
  const intended = intendedDecision(project, words, flags);
  if ("code" in intended) return report(intended, flags);
  const foreign = await accountsTrouble(session, [intended.mapping]);
  if (foreign) return report(foreign, flags);
  const names = await namesOf(session, intended);
  if ("code" in names) return report(names, flags);
  const links = flags["file-only"] ? [] : (await session.store.load(intended.mapping.name)).links;
  const taken = takenTrouble(intended, links);
  if (taken) return report(taken, flags);

  const by = flags.by ?? (await userName(resolve(flags.project)));
  const entry = { ...intended.entry, name: names.text, by, on: today(systemClock) };
  const written = intended.decided
    ? null
    : await saveLinks(
        project,
        { file: intended.file, mapping: intended.mapping.name },
        { add: [entry] },
      );
  if (written !== null && "code" in written) return report(written, flags);
  try {
    const effect = flags["file-only"] ? {} : await follow(session, intended, links);
    if (effect === null) {
      await written?.undo();
      const message = `${addressText(entry.records[0])} or its counterpart was linked meanwhile.`;
      return report(trouble("link-taken", message), flags);
    }
    return done(flags, { decided: jsonOf(intended, entry), file: intended.file, ...effect }, [
      ...linesOf(intended, effect, flags),
      written === null
        ? `${intended.file} says so already.`
        : `Written into ${written.file}: commit it, so that others see who decided it, and why.`,
      follows(flags.project, entry.records[0]),
    ]);
  } catch (error) {
    await written?.undo();
    throw error;
  }
}

/** What the records are called. A link to nothing would be taken for a record that is gone, and its counterpart would be retired. */
async function namesOf(
  { engine, signal }: Session,
  { mapping, entry }: Intended,
): Promise<{ readonly text: string } | Trouble> {
  const names: string[] = [];
  for (const address of entry.records) {
    const result = await engine.find(address, signal);
    switch (result.status) {
      case "found": {
        const schema = mapping.sources.find(
          ({ ref }) => streamText(ref) === streamText(address),
        )?.schema;
        names.push(schema ? labelOf(result.record, { schema }) : address.id);
        break;
      }
      case "missing":
        return trouble("record-missing", `There is no record ${addressText(address)}.`);
      case "failed":
        return trouble(result.problem.code, result.problem.message);
    }
  }
  return { text: [...new Set(names)].join(entry.kind === "apart" ? " / " : " = ") };
}

interface Effect {
  readonly linked?: Link;
  readonly removed?: readonly Link[];
}

/** Lets the state follow. Null when another process was faster. */
async function follow(
  { store }: Session,
  { mapping, link, decisions }: Intended,
  links: readonly Link[],
): Promise<Effect | null> {
  if (link) {
    const there = links.find((one) => one.rule === link.rule && isSame(one.source, link.source));
    if (there) return {};
    const tied = newLink(mapping, link);
    return (await store.addLink(tied)) ? { linked: tied } : null;
  }
  const parted = links.filter((one) => decisions.some((decision) => isParted(one, decision)));
  await removeLinks(store, parted);
  return parted.length === 0 ? {} : { removed: parted };
}

function isParted(link: Link, decision: LinkDecision): boolean {
  return (
    decision.kind === "apart" &&
    decision.rule === link.rule &&
    isSame(decision.source, link.source) &&
    isSame(decision.target, link.target)
  );
}

function newLink(
  mapping: Mapping,
  { rule: name, source, target }: { rule: string; source: RecordAddress; target: RecordAddress },
): Link {
  const rule = mapping.rules.find((one) => one.name === name);
  if (!rule) throw new Error(`there is no rule ${name}`);
  return {
    mapping: mapping.name,
    rule: name,
    source,
    target,
    origin: "manual",
    // Nothing is agreed yet: the next plan shows, field by field, where the two differ.
    baseline: {},
    ruleDigest: ruleDigest(mapping, rule),
    writtenAt: neverWritten,
  };
}

function linesOf(
  { mapping, entry, link }: Intended,
  effect: Effect,
  flags: AddFlags,
): readonly string[] {
  const pair = recordsText(entry);
  switch (entry.kind) {
    case "link":
      if (effect.linked) return [`Linked ${pair} (${mapping.name}/${link?.rule}).`];
      return flags["file-only"]
        ? [`Decided: ${pair} (${mapping.name}/${link?.rule}). The next run links them.`]
        : [`${pair} were linked already (${mapping.name}/${link?.rule}).`];
    case "apart":
      return [
        `Decided: ${entry.records.map(addressText).join(" and ")} are different.`,
        ...(effect.removed ? ["Their link is removed."] : []),
      ];
    case "ignore":
      return [`Decided: ${pair} takes no part.`];
  }
}

function jsonOf({ mapping }: Intended, entry: LinksEntry) {
  const { records, ...told } = entry;
  return { mapping: mapping.name, ...told, records: records.map(addressText) };
}
