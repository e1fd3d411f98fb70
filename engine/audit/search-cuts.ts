import type { AuditFinding } from "./finding.ts";
import { namesOf, sourceRecord } from "./ground.ts";
import type { KeyKind } from "./near/keys.ts";
import type { Profile } from "./near/profile.ts";
import type { Cut } from "./near/search.ts";
import type { Searched, SourceSide } from "./near-sides.ts";
import { countOf } from "./sentence.ts";

/* What the limits of the search left out. It is said, because a pair that was not compared may be one. */

/** Cuts that are told one by one; a company where there are more has a common cause for them. */
const cutsToldMax = 20;

export function cutFindings(searched: Searched): readonly AuditFinding[] {
  const [first] = searched.sources;
  if (!first) return [];
  const findings = [
    ...searched.result.cuts.flatMap((cut) =>
      cut.kind === "side" ? [sideFinding(first, cut.side, cut.left)] : [],
    ),
    ...blockFindings(searched),
  ];
  const records = searched.result.cuts.filter((cut) => cut.kind === "record");
  if (records.length > 0) findings.push(recordsFinding(searched, first, records));
  return findings;
}

function sideFinding(first: SourceSide, side: "source" | "target", left: number): AuditFinding {
  const { sources, targets } = first.near.context;
  const { noun } = side === "source" ? sources.schema : targets.schema;
  return cutFinding(first, {
    message: `${countOf(left, noun)} were not searched for near misses: there are more than are searched at once.`,
    todo: "Compare these by hand, or audit a part of the records at a time.",
  });
}

type Block = Extract<Cut, { readonly kind: "block" }>;

/** One finding a value that too many records share, the most shared first. */
function blockFindings(searched: Searched): readonly AuditFinding[] {
  const blocks = new Map<string, Block[]>();
  for (const cut of searched.result.cuts) {
    if (cut.kind !== "block") continue;
    const text = sharedText(cut.by, searched.sourceProfiles[cut.source]);
    const known = blocks.get(text);
    if (known) known.push(cut);
    else blocks.set(text, [cut]);
  }
  const told = [...blocks].sort(([, a], [, b]) => most(b).records - most(a).records);
  const findings = told
    .slice(0, cutsToldMax)
    .flatMap(([text, cuts]) => blockFinding(searched, text, cuts));
  const [first] = searched.sources;
  const left = told.length - findings.length;
  if (left <= 0 || !first) return findings;
  const message = `There are ${left.toLocaleString("en-US")} more values that too many records share to compare them all.`;
  const todo = "See the findings above this one: the cause is mostly the same.";
  return [...findings, cutFinding(first, { message, todo })];
}

function most(cuts: readonly Block[]): Block {
  return cuts.reduce((best, cut) => (cut.records > best.records ? cut : best));
}

function blockFinding(
  searched: Searched,
  text: string,
  cuts: readonly Block[],
): readonly AuditFinding[] {
  const { records, compared, source } = most(cuts);
  const side = searched.sources[source];
  if (!side) return [];
  const { noun } = side.near.context.targets.schema;
  const sources = countOf(
    new Set(cuts.map((cut) => cut.source)).size,
    side.near.context.sources.schema.noun,
  );
  return [
    {
      ...cutFinding(side, {
        message: `${countOf(records, noun)} share ${text}; only the first ${compared} were compared with ${sources}.`,
        todo: `Look through the ${noun.many} with ${text} for a counterpart.`,
      }),
      records: [sourceRecord(side.near.context, side.source)],
    },
  ];
}

function sharedText(by: KeyKind, profile: Profile | undefined): string {
  if (!profile) return "a value";
  switch (by) {
    case "number":
      return `the number ${profile.numbers.map(({ written }) => written).join(" or ")}`;
    case "email":
      return `the e-mail ${profile.emails.map(({ written }) => written).join(" or ")}`;
    case "phone":
      return `the phone ${profile.phones.map(({ written }) => written).join(" or ")}`;
    case "name":
    case "words":
    case "initial":
    case "word and number":
      return `a name like "${profile.name.written}"`;
  }
}

function recordsFinding(
  searched: Searched,
  first: SourceSide,
  cuts: readonly Extract<Cut, { readonly kind: "record" }>[],
): AuditFinding {
  const { noun } = first.near.context.sources.schema;
  const records = cuts.flatMap((cut) => {
    const side = searched.sources[cut.source];
    return side ? [sourceRecord(side.near.context, side.source)] : [];
  });
  return {
    ...cutFinding(first, {
      message: `${countOf(cuts.length, noun)} have more near records than are compared with one (${cuts[0]?.compared.toLocaleString("en-US") ?? ""}).`,
      todo: "Look through these by hand: their names or numbers are shared by very many.",
    }),
    records,
  };
}

function cutFinding(
  { near }: SourceSide,
  text: Pick<AuditFinding, "message" | "todo">,
): AuditFinding {
  return {
    severity: "medium",
    code: "search-cut",
    ...namesOf(near.context),
    records: [],
    ...text,
    values: [],
    candidates: [],
  };
}
