import type { MappingDraft } from "../mapping/draft.ts";
import type { Fields, Value } from "../value/value.ts";
import { warningAt } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Place } from "./place.ts";
import { quote } from "./wording.ts";

/** Values of variables that a person has set, by mapping and variable. They count in place of those in the files. */
export type VariableOverrides = Readonly<Record<string, Fields>>;

export interface Overridden {
  readonly drafts: readonly MappingDraft[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Puts the values in the place of those of the files, as if they stood there. What no longer fits the files is left out
 * with a warning: somebody has changed the file since, and the mapping must go on.
 */
export function overrideVariables(
  drafts: readonly MappingDraft[],
  overrides: VariableOverrides,
  project: Place,
): Overridden {
  const diagnostics: Diagnostic[] = [];
  for (const mapping of Object.keys(overrides)) {
    if (drafts.some(({ name }) => name === mapping)) continue;
    const message = `A variable was set by hand for ${quote(mapping)}, and there is no such mapping.`;
    diagnostics.push(warningAt("override-unfit", project, message));
  }
  return {
    drafts: drafts.map((draft) => {
      const values = Object.hasOwn(overrides, draft.name) ? overrides[draft.name] : undefined;
      return values ? overridden(draft, values, diagnostics) : draft;
    }),
    diagnostics,
  };
}

function overridden(draft: MappingDraft, values: Fields, diagnostics: Diagnostic[]): MappingDraft {
  const fitting = Object.entries(values).filter(([variable, value]) => {
    const reason = unfit(draft, variable, value);
    if (reason === undefined) return true;
    const at = draft.varsAt.find(({ name }) => name === variable)?.at ?? draft.nameAt;
    diagnostics.push(warningAt("override-unfit", at, `${reason} What the file says counts.`));
    return false;
  });
  return { ...draft, vars: { ...draft.vars, ...Object.fromEntries(fitting) } };
}

/** The value itself is not told: it may be anything that somebody has typed. */
function unfit({ varsInFile }: MappingDraft, variable: string, value: Value): string | undefined {
  const name = quote(variable);
  const inFile = Object.hasOwn(varsInFile, variable) ? varsInFile[variable] : undefined;
  if (inFile === undefined) return `${name} was set by hand, and the file has no such variable.`;
  const [given, wanted] = [typeOf(value), typeOf(inFile)];
  if (given === wanted) return undefined;
  return `What was set by hand for ${name} is ${given}, and in the file it is ${wanted}.`;
}

/** What a person calls the type of a value. */
export function typeOf(value: Value): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return "a text";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    default:
      return "a map";
  }
}
