import { codes } from "../engine/codes.ts";
import type { Project } from "../engine/config/project.ts";
import { nearest } from "../engine/config/wording.ts";
import { parseSelector } from "../engine/plan/select.ts";
import type { PlanOptions } from "../engine/run/engine.ts";
import { type Trouble, trouble } from "../engine/trouble.ts";

export { trouble } from "../engine/trouble.ts";

export interface PlanWords {
  readonly mapping?: readonly string[] | undefined;
  readonly only?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly allow?: readonly string[] | undefined;
}

/** What is wrong with the first word that names nothing. */
export function wordTrouble(words: PlanWords, project: Project): Trouble | undefined {
  return (
    mappingTrouble(words.mapping ?? [], project) ??
    selectorTrouble([...(words.only ?? []), ...(words.exclude ?? [])]) ??
    guardTrouble(words.allow ?? [], project)
  );
}

/** The words of the command line as the engine takes them. */
export function planOptions(
  { mapping, only = [], exclude = [], allow = [] }: PlanWords,
  rest: Pick<PlanOptions, "purpose" | "signal">,
): PlanOptions {
  return { ...rest, allow, only, exclude, ...(mapping === undefined ? {} : { mappings: mapping }) };
}

export function mappingTrouble(words: readonly string[], project: Project): Trouble | undefined {
  const names = project.mappings.map(({ name }) => name);
  const unknown = words.find((word) => !names.includes(word));
  if (unknown === undefined) return undefined;
  const near = nearest(unknown, names);
  return {
    code: "mapping-unknown",
    message: `There is no mapping "${unknown}".`,
    help: near === undefined ? `There are: ${names.join(", ")}.` : `Did you mean "${near}"?`,
  };
}

function selectorTrouble(words: readonly string[]): Trouble | undefined {
  const unreadable = words.find((word) => parseSelector(word) === null);
  return unreadable === undefined
    ? undefined
    : trouble("selector-unreadable", `"${unreadable}" does not name a part of a plan.`);
}

/** A guard's word that no guard has would let nothing through and leave the person wondering. */
function guardTrouble(words: readonly string[], project: Project): Trouble | undefined {
  const unknown = words.find((word) => {
    const [mapping, code = ""] = word.split(":");
    return !project.mappings.some(({ name }) => name === mapping) || !Object.hasOwn(codes, code);
  });
  return unknown === undefined
    ? undefined
    : trouble("guard-unknown", `"${unknown}" is not a guard of this project.`);
}
