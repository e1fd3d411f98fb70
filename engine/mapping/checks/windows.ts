import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote } from "../../config/wording.ts";
import type { MappingDraft, RuleDraft, SourceDraft } from "../draft.ts";
import { sourceWindow, windowWords } from "../source-window.ts";

/** A window is for streams that have days, for both ends of a rule, and for pairs whose day is known. */
export function checkWindows(mapping: MappingDraft): readonly Diagnostic[] {
  return [
    ...mapping.sources.flatMap(withoutDays),
    ...mapping.rules.flatMap((rule) => [...oneSided(rule), ...dayNotWritten(rule)]),
  ];
}

function withoutDays({ window, schema, definition }: SourceDraft): readonly Diagnostic[] {
  if (!window || !schema || schema.window) return [];
  const message = `The stream ${quote(schema.stream)} of ${definition?.title} cannot be read by days.`;
  return [errorAt("window-unsupported", window.at, message)];
}

function oneSided({ direction }: RuleDraft): readonly Diagnostic[] {
  const { source, target } = direction ?? {};
  const [from, to] = [source && sourceWindow(source), target && sourceWindow(target)];
  const at = target?.window?.at ?? source?.window?.at;
  if (!source || !target || !from || !to || !at || from.days === to.days) return [];
  const message = `${quote(source.name)} is read ${windowWords(from)}, and ${quote(target.name)} ${windowWords(to)}.`;
  return [errorAt("window-one-sided", at, message)];
}

/**
 * The day that both sides agreed on tells whether a linked record should have been read. Feedback writes no day: it
 * follows the links of the other rules, and their days.
 */
function dayNotWritten(rule: RuleDraft): readonly Diagnostic[] {
  const { source, target } = rule.direction ?? {};
  const day = target?.schema?.window?.field;
  if (rule.role === "feedback" || !source?.window || !target?.window || day === undefined) {
    return [];
  }
  const written = rule.fields.find(({ field }) => field === day);
  if (written?.set === "always" && !written.when) return [];
  const noun = target.schema?.noun.one;
  const how = written ? "does not always write" : "does not write";
  const message = `Rule ${quote(rule.name)} ${how} ${quote(day)}, the day of a ${noun}.`;
  const at = written?.at ?? rule.written.get("fields") ?? rule.at;
  return [errorAt("window-day-missing", at, message)];
}
