import { fieldReasonText } from "../../../../cli/render/words.ts";
import type { FieldChange } from "../../../../engine/plan/plan.ts";
import type { Json } from "../api/json.ts";
import { ValueText } from "./value-text.tsx";

/** What fields held, and what they are to hold. */
export function Diff({ fields }: { readonly fields: readonly Json<FieldChange>[] }) {
  return (
    <dl class="diff">
      {fields.map(({ field, before, after, why, label, awaits }) => (
        <div key={field} class="diff-field">
          <dt>{field}</dt>
          <dd>
            {before !== undefined && (
              <>
                <del>
                  <span class="visually-hidden">before: </span>
                  <ValueText value={before} />
                </del>{" "}
                <span aria-hidden="true">→</span>{" "}
              </>
            )}
            <ins>
              <span class="visually-hidden">after: </span>
              {awaits !== undefined && after === null ? (
                <>the record that is created{label === undefined ? "" : `: ${label}`}</>
              ) : (
                <>
                  <ValueText value={after} />
                  {label !== undefined && <span class="soft"> ({label})</span>}
                </>
              )}
            </ins>
            {why !== "new" && <span class="diff-why">{fieldReasonText[why]}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
