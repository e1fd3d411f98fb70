import { errorAt, warningAt } from "../config/diagnose.ts";
import type { Diagnostic } from "../config/diagnostic.ts";
import { placeText } from "../config/place.ts";
import { quote, suggestion } from "../config/wording.ts";
import { addressText, streamText } from "../value/address.ts";
import { decisionsOf } from "./decide.ts";
import type { LinkDecision } from "./decision.ts";
import { type Clash, type DecisionBook, decisionBook } from "./decision-book.ts";
import { type LinksFile, type PlacedEntry, recordsText } from "./entry.ts";
import type { RuleEnds } from "./rules-between.ts";

/**
 * Decisions of a project. Everybody of the largest companies, several times over; it keeps a wrong file from taking all
 * the memory.
 */
const decisionsMax = 200_000;

export interface CheckedDecisions {
  /** By name of the mapping, in one order whatever the order of the files. */
  readonly decisions: ReadonlyMap<string, readonly LinkDecision[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Turns the entries of all links files into decisions of mappings, and finds what does not go together. `complete` is
 * false when there may be mappings of which nothing is known, because their files cannot be read.
 */
export function checkDecisions(
  files: readonly LinksFile[],
  mappings: ReadonlyMap<string, readonly RuleEnds[]>,
  { complete }: { readonly complete: boolean },
): CheckedDecisions {
  const excess = tooMany(files);
  if (excess) return { decisions: new Map(), diagnostics: [excess] };
  const decisions = new Map<string, LinkDecision[]>();
  const books = new Map<string, DecisionBook>();
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const rules = mappings.get(file.mapping);
    if (!rules) {
      if (complete) diagnostics.push(...unknownMapping(file, [...mappings.keys()]));
      continue;
    }
    const own = decisions.get(file.mapping) ?? [];
    const book = books.get(file.mapping) ?? decisionBook();
    decisions.set(file.mapping, own);
    books.set(file.mapping, book);
    for (const entry of file.entries) {
      const checked = checkEntry(entry, { rules, mapping: file.mapping, book, complete });
      own.push(...checked.decisions);
      diagnostics.push(...checked.diagnostics);
    }
  }
  const ordered = Array.from(decisions, ([name, own]) => [name, inOrder(own)] as const);
  return { decisions: new Map(ordered), diagnostics };
}

function checkEntry(
  entry: PlacedEntry,
  ground: {
    readonly rules: readonly RuleEnds[];
    readonly mapping: string;
    readonly book: DecisionBook;
    readonly complete: boolean;
  },
): { readonly decisions: readonly LinkDecision[]; readonly diagnostics: readonly Diagnostic[] } {
  const found = decisionsOf(entry, ground.rules);
  if (found.length === 0) {
    return { decisions: [], diagnostics: ground.complete ? [withoutRule(entry, ground)] : [] };
  }
  const clashes = found.map((decision) => ({ decision, clash: ground.book.clash(decision) }));
  for (const { decision, clash } of clashes) if (!clash) ground.book.add(decision);
  return {
    decisions: clashes.flatMap(({ decision, clash }) => (clash ? [] : [decision])),
    diagnostics: clashes.flatMap(({ decision, clash }) =>
      clash ? [clashDiagnostic(decision, clash)] : [],
    ),
  };
}

function tooMany(files: readonly LinksFile[]): Diagnostic | null {
  let left = decisionsMax;
  for (const { entries } of files) {
    const first = entries[left];
    if (first) {
      const message = `The links files hold more than ${decisionsMax} decisions.`;
      return errorAt("decisions-too-many", first.at, message);
    }
    left -= entries.length;
  }
  return null;
}

function unknownMapping(
  { mapping, mappingAt }: LinksFile,
  known: readonly string[],
): readonly Diagnostic[] {
  if (mapping === "") return [];
  const message = `There is no mapping ${quote(mapping)}.`;
  const help = suggestion(mapping, known, "Write the name of a mapping of this project.");
  return [errorAt("mapping-unknown", mappingAt, message, help)];
}

function withoutRule(
  entry: PlacedEntry,
  { rules, mapping }: { readonly rules: readonly RuleEnds[]; readonly mapping: string },
): Diagnostic {
  const { rule, at, records } = entry;
  const streams = records.map(streamText);
  const where =
    streams.length > 1 ? `between ${streams.join(" and ")}` : `from ${streams.join()} to anything`;
  const called = rule === undefined ? "" : ` under the name ${quote(rule)}`;
  const message = `${quote(recordsText(entry))}: no rule of ${mapping} leads ${where}${called}.`;
  const ways = [...new Set(rules.map(({ source, target }) => `${source} to ${target}`))];
  const help =
    rule === undefined
      ? `The rules of ${mapping} that make links lead from ${ways.join(", from ")}. Correct the addresses.`
      : suggestion(
          rule,
          rules.map(({ name }) => name),
          "Correct or remove `rule`.",
        );
  return errorAt("decision-without-rule", at, message, ways.length > 0 ? help : undefined);
}

/** One sentence about a decision that does not go with an earlier one, which it names with its place. */
export function clashText(decision: LinkDecision, { kind, earlier }: Clash): string {
  const place = placeText(earlier.at);
  if (kind === "repeats") return `${decidedText(decision)}, as ${place} says already.`;
  return `${decidedText(decision)}, and at ${place} ${decidedText(earlier)}.`;
}

function clashDiagnostic(decision: LinkDecision, clash: Clash): Diagnostic {
  const message = `Here ${clashText(decision, clash)}`;
  return clash.kind === "repeats"
    ? warningAt("decision-repeated", decision.at, message)
    : errorAt("decisions-contradict", decision.at, message);
}

function decidedText(decision: LinkDecision): string {
  const source = addressText(decision.source);
  switch (decision.kind) {
    case "link":
      return `${source} is one with ${addressText(decision.target)}`;
    case "apart":
      return `${source} is another than ${addressText(decision.target)}`;
    case "ignore":
      return `${source} is left out`;
  }
}

/** By rule, kind and records, so that it does not matter in which file a decision stands, and where. */
function inOrder(decisions: readonly LinkDecision[]): readonly LinkDecision[] {
  return decisions
    .map((decision) => ({ decision, key: orderKey(decision) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ decision }) => decision);
}

function orderKey(decision: LinkDecision): string {
  const target = "target" in decision ? addressText(decision.target) : "";
  return [decision.rule, decision.kind, addressText(decision.source), target].join("\n");
}
