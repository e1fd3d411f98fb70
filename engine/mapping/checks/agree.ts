import { errorAt } from "../../config/diagnose.ts";
import type { Diagnostic } from "../../config/diagnostic.ts";
import { quote } from "../../config/wording.ts";
import type { MappingDraft } from "../draft.ts";

/** What must agree is compared with what the rule would write, so the rule must write it. */
export function checkAgree(mapping: MappingDraft): readonly Diagnostic[] {
  return mapping.rules.flatMap((rule) =>
    rule.agree
      .filter(({ name }) => !rule.fields.some(({ field }) => field === name))
      .filter(({ name }) => isField(name, rule.direction?.target?.schema?.fields))
      .map(({ name, at }) =>
        errorAt("agree-without-rule", at, `Rule ${quote(rule.name)} has no field ${quote(name)}.`),
      ),
  );
}

/** A name that is no field at all has been reported as such. */
function isField(name: string, fields: object | undefined): boolean {
  return fields === undefined || Object.hasOwn(fields, name);
}
