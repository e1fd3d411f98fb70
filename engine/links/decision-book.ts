import { addressText, type RecordAddress } from "../value/address.ts";
import type { LinkDecision } from "./decision.ts";

/** A decision that does not go with an earlier one. */
export interface Clash {
  readonly kind: "contradicts" | "repeats";
  readonly earlier: LinkDecision;
}

/** The decisions of one mapping, with a memory of what goes with what. */
export interface DecisionBook {
  /** What stands against the decision; null when nothing does. */
  clash(decision: LinkDecision): Clash | null;
  /** Adds it, whatever stands against it. */
  add(decision: LinkDecision): void;
}

export function decisionBook(decisions: readonly LinkDecision[] = []): DecisionBook {
  /** Link decisions by rule and source, and by target: within a mapping, a target has one link. */
  const bySource = new Map<string, LinkDecision>();
  const byTarget = new Map<string, LinkDecision>();
  const links = new Map<string, LinkDecision>();
  const apart = new Map<string, LinkDecision>();
  const ignored = new Map<string, LinkDecision>();

  function clashOfLink(decision: LinkDecision & { kind: "link" }): Clash | null {
    const same = links.get(pairKey(decision));
    if (same) return { kind: "repeats", earlier: same };
    const rival = byTarget.get(addressText(decision.target));
    const earlier =
      apart.get(pairKey(decision)) ??
      ignored.get(sourceKey(decision)) ??
      bySource.get(sourceKey(decision)) ??
      (rival && sameRecord(rival.source, decision.source) ? undefined : rival);
    return earlier ? { kind: "contradicts", earlier } : null;
  }

  function against(own: LinkDecision | undefined, other: LinkDecision | undefined): Clash | null {
    if (own) return { kind: "repeats", earlier: own };
    return other ? { kind: "contradicts", earlier: other } : null;
  }

  const book: DecisionBook = {
    clash(decision) {
      switch (decision.kind) {
        case "link":
          return clashOfLink(decision);
        case "apart":
          return against(apart.get(pairKey(decision)), links.get(pairKey(decision)));
        case "ignore":
          return against(ignored.get(sourceKey(decision)), bySource.get(sourceKey(decision)));
      }
    },
    add(decision) {
      switch (decision.kind) {
        case "link":
          links.set(pairKey(decision), decision);
          bySource.set(sourceKey(decision), decision);
          byTarget.set(addressText(decision.target), decision);
          return;
        case "apart":
          apart.set(pairKey(decision), decision);
          return;
        case "ignore":
          ignored.set(sourceKey(decision), decision);
      }
    },
  };
  for (const decision of decisions) book.add(decision);
  return book;
}

function sourceKey({ rule, source }: LinkDecision): string {
  return `${rule} ${addressText(source)}`;
}

function pairKey(decision: LinkDecision & { readonly target: RecordAddress }): string {
  return `${sourceKey(decision)}\n${addressText(decision.target)}`;
}

function sameRecord(one: RecordAddress, other: RecordAddress): boolean {
  return addressText(one) === addressText(other);
}
