import type { RuleContext } from "../plan/context.ts";
import type { Candidate, Held } from "../plan/plan.ts";
import { addressText, streamText } from "../value/address.ts";
import type { AuditCandidate, AuditFinding, AuditRecord, Severity } from "./finding.ts";
import type { Ground } from "./ground.ts";
import { keyNames, sourceName } from "./identity-keys.ts";
import type { NearMisses } from "./near-misses.ts";
import { inWords } from "./sentence.ts";
import type { SharedKeys } from "./shared-keys.ts";

/*
 * Records that the two plans hold, each told once. What a linking run links by itself is no matter here, and neither is
 * what a finding about duplicates or near misses says better.
 */

export function heldFindings(
  ground: Ground,
  shared: SharedKeys,
  near: NearMisses,
): readonly AuditFinding[] {
  const duplicate = addressesOf(shared);
  const known = new Set<string>();
  const findings: AuditFinding[] = [];
  for (const held of [...ground.linking.held, ...ground.syncing.held]) {
    const text = `${held.rule} ${addressText(held.source)} ${held.code}`;
    if (held.code === "found" || known.has(text)) continue;
    known.add(text);
    const context = ground.rules.find(({ input }) => input.rule.name === held.rule);
    if (context === undefined) findings.push(plain(held, "medium"));
    else if (!isToldElsewhere(held, context, duplicate, near)) {
      findings.push(findingOf(held, context, near));
    }
  }
  return findings;
}

/** Records of both sides that share a match key with another. */
function addressesOf({ sources, targets }: SharedKeys): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const { members, matches } of sources) {
    if (!matches) continue;
    for (const { context, record } of members) {
      texts.add(addressText({ ...context.sources.ref, id: record.id }));
    }
  }
  for (const { members, matches } of targets) {
    if (!matches) continue;
    for (const { context, record } of members) {
      texts.add(addressText({ ...context.targets.ref, id: record.id }));
    }
  }
  return texts;
}

function isToldElsewhere(
  held: Held,
  context: RuleContext,
  duplicate: ReadonlySet<string>,
  near: NearMisses,
): boolean {
  switch (held.code) {
    case "ambiguous":
      return [held.source, ...held.candidates.map(({ address }) => address)].some((address) =>
        duplicate.has(addressText(address)),
      );
    case "keyless":
      return near.isTold(context, held.source.id);
    default:
      return false;
  }
}

function findingOf(held: Held, context: RuleContext, near: NearMisses): AuditFinding {
  switch (held.code) {
    case "disagrees":
      return disagreement(held, context, near);
    case "ambiguous":
      return {
        ...plain(held, "high"),
        candidates: [
          ...held.candidates.map(candidateOf),
          ...near.candidatesOf(context, held.source.id),
        ],
      };
    case "decision-stale":
      return plain(held, "high");
    case "keyless":
      return {
        ...plain(held, "medium"),
        message: `The ${context.sources.schema.noun.one} cannot be matched or created: ${keyNames(context)} is empty.`,
        todo: `Fill in ${keyNames(context)} in ${streamText(held.source)}.`,
      };
    default:
      return plain(held, "medium");
  }
}

function disagreement(held: Held, context: RuleContext, near: NearMisses): AuditFinding {
  const [match] = held.candidates;
  const { one } = context.sources.schema.noun;
  const fields = inWords((match?.differences ?? []).map(({ field }) => field));
  const keys = inWords([
    ...new Set(context.input.rule.match.flatMap((key) => key.parts.map(sourceName))),
  ]);
  const pair = `${addressText(held.source)} ${match ? addressText(match.address) : ""}`;
  return {
    ...plain(held, "high"),
    todo: `If they are one ${one}, make ${fields} equal on both sides, or run \`syncctl link add ${pair} --why "…"\`; if they are two, correct ${keys} where it is wrong.`,
    candidates: [
      ...held.candidates.map(candidateOf),
      ...near.candidatesOf(context, held.source.id),
    ],
  };
}

function plain(held: Held, severity: Severity): AuditFinding {
  const record: AuditRecord = { side: "source", address: held.source, label: held.label };
  return {
    severity,
    code: held.code,
    mapping: held.mapping,
    rule: held.rule,
    records: [record],
    message: held.reason,
    todo: held.todo,
    values: [],
    candidates: held.candidates.map(candidateOf),
  };
}

function candidateOf(candidate: Candidate): AuditCandidate {
  const { address, label, linkedTo, differences } = candidate;
  return {
    address,
    label,
    ...(linkedTo ? { linkedTo } : {}),
    by: "key",
    speaksFor: [],
    speaksAgainst: [],
    values: differences,
  };
}
