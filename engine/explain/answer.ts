import type { Change, ChangeKind, Held } from "../plan/plan.ts";
import { addressText, streamText } from "../value/address.ts";
import { notTrueBecause } from "./condition-words.ts";
import type { Explanation, RuleExplanation } from "./explanation.ts";

/* The whole in one sentence. "Why is Petra not in the other system?" is what people ask. */

type Unanswered = Omit<Explanation, "answer">;

export function answerOf(explanation: Unanswered): string {
  const { label, record, rules, stoppedBy } = explanation;
  if (explanation.kind === "none" && stoppedBy[0])
    return `Nothing can be told about ${addressText(record)}: ${stoppedBy[0].message}`;
  if (explanation.kind === "lookup")
    return `${label} is read for look-ups only: this mapping writes nothing to it.`;
  if (explanation.kind === "none") return missingAnswer(explanation);
  const own = rules.filter(({ subject }) => addressText(subject) === addressText(record));
  const others = rules.filter((rule) => !own.includes(rule));
  // A rule that only follows what others do has nothing to say where they say more.
  const speaks = own.some(({ end }) => end.kind !== "nothing") || explanation.passedOver;
  const alone = own.length > 0 && others.length === 0 && explanation.unmanaged.length === 0;
  const told = [
    ...(speaks || alone ? [ownAnswer(explanation, own)] : []),
    ...others.filter(speaksUp).map((rule) => belongingAnswer(label, rule)),
  ];
  if (explanation.unmanaged.length > 0 || told.length === 0)
    told.push(unmanagedAnswer(explanation));
  return `${told.join(" ")}${stoppedText(explanation)}`;
}

/** A rule that follows links is no answer where it writes nothing. */
function speaksUp({ role, end }: RuleExplanation): boolean {
  return role !== "feedback" || end.kind !== "nothing";
}

function stoppedText({ stoppedBy }: Unanswered): string {
  return stoppedBy.length > 0 ? " But a guard stops the plan as a whole." : "";
}

function missingAnswer({ record, read }: Unanswered): string {
  const [reading] = read.readings;
  const days = reading?.window;
  const which = days ? ` of the days ${days.from} to ${days.to}, which alone are read` : "";
  const among = `among the ${reading?.records ?? 0} records of ${streamText(record)}${which}`;
  return read.status === "unknown"
    ? `${addressText(record)} is not ${among} that could be read; the reading did not reach its end.`
    : `There is no record ${addressText(record)}: it is not ${among}, and no link knows it.`;
}

function unmanagedAnswer({ label, record, unmanaged }: Unanswered): string {
  const [first] = unmanaged;
  const stream = streamText(record);
  if (!first) return `${label} is in ${stream}, and no rule of this mapping leads there.`;
  const nouns = [...new Set(unmanaged.map(({ noun }) => noun.one))].join(" or ");
  return `${label} is in ${stream} only: no ${nouns} belongs to it, and syncctl leaves it alone.`;
}

/** A target record: told from the source's end. */
function belongingAnswer(label: string, rule: RuleExplanation): string {
  const { nouns } = rule;
  if (rule.role === "feedback")
    return `By the rule ${rule.rule}, which leads back, ${label} ${predicateOf(rule)}.`;
  const subject = `the ${nouns.source.one} ${rule.subjectLabel} (${addressText(rule.subject)})`;
  const sure = rule.match?.link !== undefined || rule.match?.standing === "answered";
  const verb = sure ? "belongs to" : "could belong to";
  return `The ${nouns.target.one} ${label} ${verb} ${subject}. ${rule.subjectLabel} ${predicateOf(rule)}.`;
}

/** What matters most comes first: what is written, then what is held, and so on. */
const order: readonly RuleExplanation["end"]["kind"][] = [
  "change",
  "held",
  "unsettled",
  "reported",
  "in-step",
  "outside",
  "passed-over",
];

function ownAnswer(explanation: Unanswered, rules: readonly RuleExplanation[]): string {
  const { label } = explanation;
  if (explanation.passedOver) return `${label} is not synced: ${noRuleText(rules)}.`;
  const weighed = order
    .map((kind) => rules.filter(({ end }) => end.kind === kind))
    .filter((group) => group.length > 0);
  // What is held is told beside what is written.
  const told = weighed.filter(
    (group, index) => index === 0 || group.some(({ end }) => end.kind === "held"),
  );
  const unreadable = rules.find(({ scope }) => scope.kind === "unreadable");
  if (unreadable?.scope.kind === "unreadable")
    return `${label} cannot be judged now: ${withoutDot(unreadable.scope.why)}.`;
  if (told.length > 0) return `${label} ${told.flat().map(predicateOf).join("; and ")}.`;
  return `${label} is not synced: ${noRuleText(rules)}.`;
}

function noRuleText(rules: readonly RuleExplanation[]): string {
  const nouns = [...new Set(rules.map(({ nouns }) => nouns.source.one))];
  return `no rule takes this ${nouns[0] ?? "record"} (${rules.map(notTaking).join("; ")})`;
}

/** `contacts: is_assignable is false` */
function notTaking({ rule, scope, end, match, nouns }: RuleExplanation): string {
  switch (scope.kind) {
    case "off": {
      const why = scope.condition ? `, because ${notTrueBecause(scope.condition)}` : "";
      const left = match?.link
        ? `, and leaves the ${nouns.target.one} ${addressText(match.link.target)} as it is`
        : "";
      return `${rule} is switched off${why}${left}`;
    }
    case "out":
      return `${rule}: ${notTrueBecause(scope.condition)}`;
    case "failed":
    case "absent":
    case "unreadable":
      return `${rule}: ${withoutDot(scope.why)}`;
    case "in":
      return `${rule}: ${end.kind === "nothing" ? lowerFirst(withoutDot(end.why)) : "in scope"}`;
  }
}

/** What follows the name of the record. */
function predicateOf(rule: RuleExplanation): string {
  const { end } = rule;
  switch (end.kind) {
    case "change":
      return changesText(rule, end.changes);
    case "held":
      return `is held and not written to ${streamText(rule.target)}, because ${heldText(rule, end.held)}`;
    case "passed-over":
      return passedOverText(rule, end);
    case "in-step":
      return inStepText(rule);
    case "reported":
      return `${end.code === "source-gone" ? goneText(rule) : leftText(rule)}; ${linkedText(rule)} stays as it is, and the plan lists it`;
    case "unsettled":
      return `cannot be judged now: ${lowerFirst(withoutDot(end.why))}`;
    case "outside":
      return `is left as it is, because ${withoutDot(end.why)}`;
    case "nothing":
      return `is not written by the rule ${rule.rule}: ${lowerFirst(notTakingWhy(rule, end.why))}`;
  }
}

function heldText({ nouns, scope }: RuleExplanation, { code, reason }: Held): string {
  const said = withoutDot(reason);
  if (scope.kind === "failed")
    return `the expression ${scope.source} failed: ${lowerFirst(withoutDot(scope.why))}`;
  return code === "ambiguous"
    ? `it is not clear which ${nouns.target.one} it is: ${said.replace(/^Not clear: /, "")}`
    : lowerFirst(said);
}

function notTakingWhy({ scope }: RuleExplanation, why: string): string {
  if (scope.kind === "out") return notTrueBecause(scope.condition);
  return withoutDot(scope.kind === "off" ? scope.why : why);
}

function passedOverText(
  rule: RuleExplanation,
  end: RuleExplanation["end"] & { readonly kind: "passed-over" },
): string {
  const stream = streamText(rule.target);
  if (end.code !== "not-brought-in")
    return `is not written to ${stream}: ${lowerFirst(withoutDot(end.reason))}`;
  const found = (rule.match?.candidates.length ?? 0) > 0 ? "link" : "create";
  const condition =
    rule.bringing.find(({ what, condition: { holds } }) => what === found && !holds) ??
    rule.bringing.find(({ condition: { holds } }) => !holds);
  const why = condition ? notTrueBecause(condition.condition) : withoutDot(end.reason);
  return `is not brought into ${stream}: ${why}, and there is no link from before`;
}

/** "the user Ilse Brandvold (office/users/u4)" */
function linkedText({ match, nouns }: RuleExplanation): string {
  const link = match?.link;
  return link
    ? `the ${nouns.target.one} ${link.targetLabel ?? ""} (${addressText(link.target)})`
    : `its ${nouns.target.one}`;
}

function goneText({ nouns }: RuleExplanation): string {
  return `is no longer among the ${nouns.source.many}`;
}

function inStepText(rule: RuleExplanation): string {
  const target = linkedText(rule);
  if (rule.match?.standing === "gone")
    return `${goneText(rule)}; ${target} is retired already, and nothing has to be written`;
  if (rule.match?.standing === "left")
    return `${leftText(rule)}; ${target} is retired already, and nothing has to be written`;
  return `is in step with ${target}: nothing has to be written`;
}

const verbs: Readonly<Record<ChangeKind, string>> = {
  create: "created in",
  link: "linked with",
  update: "updated in",
  retire: "retired in",
  unlink: "unlinked from",
  delete: "deleted from",
};

function changesText(rule: RuleExplanation, changes: readonly Change[]): string {
  const told = changes.map((change) => {
    const target = "id" in change.target ? addressText(change.target) : streamText(change.target);
    return `${verbs[change.kind]} ${target}`;
  });
  return `will be ${told.join(" and ")}, because ${becauseOf(rule, changes)}`;
}

function becauseOf(rule: RuleExplanation, changes: readonly Change[]): string {
  const first = changes[0];
  if (first?.situation === "left") return `the ${rule.nouns.source.one} ${leftText(rule)}`;
  return lowerFirst(withoutDot(first?.reason ?? ""));
}

function leftText({ rule, scope }: RuleExplanation): string {
  const why = scope.kind === "out" ? ` (${notTrueBecause(scope.condition)})` : "";
  return `no longer belongs to the rule ${rule}${why}`;
}

function withoutDot(text: string): string {
  return text.replace(/\.$/, "");
}

/** Of a sentence that becomes the end of another one. What starts with a name of ours stays as it is. */
function lowerFirst(text: string): string {
  const [word = ""] = text.split(" ", 1);
  return /^[A-Z][a-z]*$/.test(word) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}
