import { warningAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote } from "../../config/wording.ts";
import { type MappingDraft, usesOf } from "../draft.ts";
import { lookedUp } from "../looked-up.ts";

/** Variables and sources that nothing uses: left behind, or misspelt where they are used. */
export function checkUnused(mapping: MappingDraft): readonly Diagnostic[] {
  return [...unusedVariables(mapping), ...unusedSources(mapping)];
}

function unusedVariables(mapping: MappingDraft): readonly Diagnostic[] {
  const uses = mapping.rules.flatMap(usesOf);
  // Whoever takes `$vars` as a whole may use any of them.
  if (uses.some(({ compiled }) => /\$vars\b(?!\s*\.)/.test(compiled.expression.source))) return [];
  const used = uses.flatMap(({ compiled }) => compiled.analysis.vars.map(({ name }) => name));
  return mapping.varsAt
    .filter(({ name }) => !used.includes(name))
    .map(({ name, at }) => warningAt("vars-unused", at, `No expression uses ${quote(name)}.`));
}

function unusedSources(mapping: MappingDraft): readonly Diagnostic[] {
  const looked = mapping.rules.map(lookedUp);
  // A name that is worked out may be any of them.
  if (looked.includes(null)) return [];
  const used = new Set([
    ...mapping.rules.flatMap(({ direction }) => (direction ? [direction.from, direction.to] : [])),
    ...looked.flatMap((names) => names ?? []),
  ]);
  return mapping.sources
    .filter(({ name }) => !used.has(name))
    .map(({ name, at }) => {
      const message = `No rule and no expression uses the source ${quote(name)}.`;
      return warningAt("source-unused", at, message);
    });
}
