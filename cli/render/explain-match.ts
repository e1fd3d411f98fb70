import { placeText } from "../../engine/config/place.ts";
import type {
  Doubt,
  Explanation,
  KeyStep,
  LinkFacts,
  MatchStep,
  Noun,
  RuleExplanation,
  Unmanaged,
} from "../../engine/explain/explanation.ts";
import type { LinkDecision } from "../../engine/links/decision.ts";
import { addressText, type StreamRef, streamText } from "../../engine/value/address.ts";
import { ageText } from "./explain-age.ts";
import type { TextOptions } from "./paint.ts";
import { timeText } from "./time-text.ts";
import { labelText, valueText } from "./value-text.ts";
import { visible } from "./visible.ts";
import { count, figure } from "./words.ts";

/** Step 4: which target record belongs to it, and how that is known. */
export function matchLines(
  { match, ...rule }: RuleExplanation,
  { at }: Explanation,
  options: TextOptions,
): readonly string[] {
  if (!match) return [];
  const { paint } = options;
  const leads = paint("dim", `${streamText(rule.source)} -> ${streamText(rule.target)}`);
  return [
    `  ${rule.rule}  ${leads}`,
    `      ${visible(match.why)}`,
    ...(match.link ? [linkLine(match.link, at, options)] : []),
    ...match.keys.map((key) => keyLine(key, rule, options)),
    ...candidateLines(match, options),
    ...match.decisions.map((decision) => decisionLine(decision, options)),
    ...match.doubts.map((doubt) => doubtLine(doubt, options)),
  ];
}

const origins: Readonly<Record<LinkFacts["origin"], string>> = {
  matched: "linked by its key",
  created: "created by syncctl",
  manual: "linked by a person",
};

function linkLine(link: LinkFacts, now: string, options: TextOptions): string {
  const { paint, timeZone } = options;
  const label = link.targetLabel === undefined ? "(gone)" : labelText(link.targetLabel, options);
  const written =
    link.writtenAt === null
      ? "syncctl never wrote to it"
      : `last written ${ageText(link.writtenAt, now)}, ${timeText(new Date(link.writtenAt), timeZone)}`;
  const origin = origins[link.origin] ?? link.origin;
  return `      link      ${label}  ${paint("dim", `${visible(addressText(link.target))}  ${origin}; ${written}`)}`;
}

function keyLine(
  { at, parts, status, found, preferred, sharedWith }: KeyStep,
  { nouns, subject }: Pick<RuleExplanation, "nouns" | "subject">,
  options: TextOptions,
): string {
  const { paint } = options;
  const values = parts
    .map(
      ({ field, value, from }) => `${field} = ${valueText(value, options)} (from ${visible(from)})`,
    )
    .join(" and ");
  const told = {
    empty: "a value is missing, so nothing was looked up",
    "not-reached": "not looked up, because a key before it has decided",
    "looked-up": `${holdersText(found, nouns.target)}${preferredText(found, preferred)}${sharersText(sharedWith.length, subject)}`,
  }[status];
  const sharers = sharedWith.map(
    ({ address, label }) =>
      `\n          also of  ${labelText(label, options)}  ${paint("dim", visible(addressText(address)))}`,
  );
  return `      key       ${values}: ${told}  ${paint("dim", placeText(at))}${sharers.join("")}`;
}

function holdersText(found: number, { one, many }: Noun): string {
  if (found === 0) return `no ${one} has it`;
  return found === 1 ? `one ${one} has it` : `${figure(found)} ${many} have it`;
}

/** Where the rule prefers some of them. */
function preferredText(found: number, preferred: number | undefined): string {
  if (found === 0 || preferred === undefined) return "";
  if (preferred === found) return found === 1 ? ", which is preferred" : ", all of them preferred";
  return found === 1 ? ", which is not preferred" : `, ${figure(preferred)} of them preferred`;
}

function sharersText(sharers: number, source: StreamRef): string {
  return sharers === 0
    ? ""
    : `, and so ${sharers === 1 ? "has" : "have"} ${count(sharers, "other")} in ${streamText(source)}`;
}

function candidateLines(match: MatchStep, options: TextOptions): readonly string[] {
  const { paint } = options;
  const lines = match.candidates.flatMap((candidate) => {
    const linked =
      candidate.linkedTo === undefined
        ? ""
        : `, linked to ${visible(addressText(candidate.linkedTo))} already`;
    return [
      `      could be  ${labelText(candidate.label, options)}  ${paint("dim", visible(addressText(candidate.address)))}${linked}`,
      ...candidate.differences.map(
        ({ field, source, target }) =>
          `          must agree: ${field} is ${valueText(source, options)} in the source and ${valueText(target, options)} in the target`,
      ),
    ];
  });
  const more = match.moreCandidates > 0 ? [`      and ${count(match.moreCandidates, "more")}`] : [];
  return [...lines, ...more];
}

function decisionLine(decision: LinkDecision, { paint }: TextOptions): string {
  const says = {
    link: "is one with",
    apart: "is not",
    ignore: "takes no part",
  }[decision.kind];
  const other = "target" in decision ? ` ${addressText(decision.target)}` : "";
  const who = [decision.by, decision.on].filter((text) => text !== undefined).join(", ");
  const why = [decision.why, who].filter((text) => text !== undefined && text !== "").join("; ");
  return `      decided   it ${says}${visible(other)}${why === "" ? "" : ` (${visible(why)})`}  ${paint("dim", placeText(decision.at))}`;
}

function doubtLine(doubt: Doubt, { paint, timeZone }: TextOptions): string {
  const answer = doubt.answer ?? "not answered yet";
  const about = `sent ${timeText(new Date(doubt.at), timeZone)} by run ${doubt.runId}, id ${doubt.changeId}`;
  return `      in doubt  the answer to this ${doubt.kind} was lost: ${visible(answer)}  ${paint("dim", about)}`;
}

/** A target record that nothing belongs to: by which keys it could have been found. */
export function unmanagedLines(
  { rule, source, keys, why, reported, at }: Unmanaged,
  options: TextOptions,
): readonly string[] {
  const { paint } = options;
  return [
    `  ${rule}  ${paint("dim", `${streamText(source)}  ${placeText(at)}`)}`,
    `      ${visible(why)}`,
    ...keys.map(({ fields, at: place }) => {
      const values = Object.entries(fields ?? {})
        .map(([field, value]) => `${field} = ${valueText(value, options)}`)
        .join(" and ");
      return `      key       ${fields === null ? "empty: it cannot be found by it" : values}  ${paint("dim", placeText(place))}`;
    }),
    `      ${reported ? "Plans list such records." : "Plans do not list such records."}`,
  ];
}
