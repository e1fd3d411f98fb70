import { neverWritten } from "../../engine/apply/settlement.ts";
import type { Project } from "../../engine/config/project.ts";
import { checkPairs, type RightPair, type WrongPair } from "../../engine/links/check-pairs.ts";
import { decisionBook } from "../../engine/links/decision-book.ts";
import type { WrittenFile } from "../../engine/links/links-file.ts";
import { linkingRules } from "../../engine/links/rules-between.ts";
import { ruleDigest } from "../../engine/run/rule-digest.ts";
import type { Link } from "../../engine/state/store.ts";
import { addressText } from "../../engine/value/address.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { trouble } from "../plan-options.ts";
import { importText, wrongText } from "../render/links-text.ts";
import { jsonText } from "../render/visible.ts";
import { count } from "../render/words.ts";
import type { Session } from "../session.ts";
import { outText, terminal } from "../terminal.ts";
import { report, type Trouble } from "../trouble.ts";
import { accountsTrouble } from "./accounts.ts";
import { decideAll } from "./decide-all.ts";
import { lookUp, type Records } from "./look-up.ts";
import type { PairsFile } from "./pairs-files.ts";

export interface ImportFlags {
  readonly "skip-wrong": boolean;
  readonly by?: string | undefined;
  readonly project: string;
  readonly json: boolean;
}

/** Ties the pairs of the files in the state, and writes those of CSV files into the links files. */
export async function importLinks(
  session: Session,
  files: readonly PairsFile[],
  flags: ImportFlags,
): Promise<ExitCode> {
  const foreign = await accountsTrouble(session, session.project.mappings);
  if (foreign) return report(foreign, flags);
  const pairs = files.flatMap((file) => file.pairs);
  const records = await lookUp(session, pairs);
  if ("code" in records) return report(records, flags);
  const checked = checkPairs(pairs, await groundOf(session, records));
  const wrong = checked.filter((one) => one.kind === "wrong");
  if (wrong.length > 0 && !flags["skip-wrong"]) return reportWrong(wrong, pairs.length, flags);

  const right = checked.filter((one) => one.kind !== "wrong");
  const fromCsv = new Set(
    files.filter((file) => file.form === "csv").flatMap((file) => file.pairs),
  );
  const decided = right.filter(({ pair }) => fromCsv.has(pair));
  const written = await decideAll(session.project, decided, { by: flags.by, records, flags });
  if ("code" in written) return report(written, flags);
  const tied = await tie(session, right, written.files);
  const result = {
    tied: tied.length,
    linkedAlready: right.filter(({ kind }) => kind === "linked").length,
    wrong: wrong.map(wrongJson),
    files: written.files.map(({ file }) => file),
  };
  session.clearProgress();
  if (flags.json) terminal.out(`${jsonText(result)}\n`);
  else
    terminal.out(importText({ ...result, wrong }, outText({ all: false, project: flags.project })));
  return wrong.length > 0 ? exitCode.partly : exitCode.ok;
}

async function groundOf({ project, store }: Session, records: Records) {
  const links = new Map<string, readonly Link[]>();
  for (const { name } of project.mappings) links.set(name, (await store.load(name)).links);
  return {
    rules: new Map(project.mappings.map((mapping) => [mapping.name, linkingRules(mapping)])),
    links,
    books: new Map(project.mappings.map(({ name, decisions }) => [name, decisionBook(decisions)])),
    isThere: records.isThere,
  };
}

/** Stores the links. When one cannot be stored, those before it stay, and importing again does the rest. */
async function tie(
  { project, store }: Session,
  right: readonly RightPair[],
  written: readonly WrittenFile[],
): Promise<readonly Link[]> {
  const links = right.flatMap((one) => (one.kind === "tie" ? [linkOf(project, one)] : []));
  const tied: Link[] = [];
  try {
    for (let from = 0; from < links.length; from += storedTogether) {
      const some = links.slice(from, from + storedTogether);
      const taken = new Set(await store.addLinks(some));
      tied.push(...some.filter((link) => !taken.has(link)));
    }
  } catch (error) {
    if (tied.length === 0) for (const file of written) await file.undo();
    throw error;
  }
  return tied;
}

/** Links of one transaction. More would be lost together when it fails. */
const storedTogether = 5_000;

function linkOf(project: Project, { pair, link }: RightPair): Link {
  const mapping = project.mappings.find(({ name }) => name === link.mapping);
  const rule = mapping?.rules.find(({ name }) => name === link.rule);
  if (!mapping || !rule) throw new Error(`there is no rule ${link.mapping}/${link.rule}`);
  const straight = addressText(pair.records[0]) === addressText(link.source);
  return {
    mapping: mapping.name,
    rule: rule.name,
    source: link.source,
    target: link.target,
    origin: "manual",
    baseline: straight ? (pair.baseline ?? {}) : {},
    ruleDigest: ruleDigest(mapping, rule),
    writtenAt: neverWritten,
  };
}

function reportWrong(wrong: readonly WrongPair[], all: number, flags: ImportFlags): ExitCode {
  const message = `${count(wrong.length, "pair")} of ${all} cannot be brought in; nothing was stored.`;
  const told: Trouble = trouble("links-wrong", message);
  if (flags.json) {
    terminal.out(`${jsonText({ error: told, wrong: wrong.map(wrongJson) })}\n`);
    return exitCode.error;
  }
  terminal.err(wrongText(wrong, { paint: terminal.errPaint, brief: terminal.errIsTerminal }));
  return report(told, flags);
}

function wrongJson({ pair, because }: WrongPair) {
  return { pair: pair.records.map(addressText), because, at: pair.at };
}
