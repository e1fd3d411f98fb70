import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { type MappingDraft, usesOf } from "../draft.ts";
import { givenBy } from "../given.ts";
import { typeWords } from "../type-words.ts";

/** Conditions give true or false where it is plain to see what they give. */
export function checkConditions(mapping: MappingDraft): readonly Diagnostic[] {
  return mapping.rules.flatMap((rule) =>
    usesOf(rule)
      .filter(({ purpose }) => purpose !== "value")
      .flatMap(({ compiled }) => {
        const given = givenBy(compiled, rule.direction?.source);
        if (!given || given.type === "boolean") return [];
        const message = `This condition gives ${typeWords(given.type)}, not true or false.`;
        return [errorAt("condition-not-boolean", compiled.expression.at, message)];
      }),
  );
}
