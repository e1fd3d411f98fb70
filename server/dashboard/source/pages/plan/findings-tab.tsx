import { addressText } from "../../../../../engine/value/address.ts";
import type { PlanSummary, RunRequest } from "../../api/client.ts";
import { Place } from "../../kit/place.tsx";
import { Empty } from "../../kit/states.tsx";
import { WithCode } from "../../kit/with-code.tsx";
import { workspacePath } from "../../router.ts";
import { labelShown } from "./change-view.ts";

/** Findings with more records than this start closed. */
const openRecordsMax = 10;

/** Things to know that are no changes. */
export function FindingsTab({
  findings,
  request,
}: {
  readonly findings: PlanSummary["plan"]["findings"];
  readonly request: RunRequest;
}) {
  if (findings.length === 0)
    return <Empty title="No findings">There is nothing else to know.</Empty>;
  return (
    <ul class="stack">
      {findings.map((finding) => (
        <li key={`${finding.mapping} ${finding.rule} ${finding.message}`} class="card stack-close">
          <h3>
            <WithCode text={finding.message} />
          </h3>
          <p class="small soft">
            <Place mapping={finding.mapping} rule={finding.rule} /> <code>{finding.code}</code>
          </p>
          {finding.records.length > 0 && (
            <details open={finding.records.length <= openRecordsMax}>
              <summary>
                {finding.records.length === 1 ? "One record" : `${finding.records.length} records`}
              </summary>
              <ul class="record-list">
                {finding.records.map(({ address, label }) => (
                  <li key={addressText(address)}>
                    <a
                      href={workspacePath(request.workspace, "record", {
                        mapping: finding.mapping,
                        record: addressText(address),
                      })}
                    >
                      {labelShown(label)}
                    </a>{" "}
                    <code class="small soft">{addressText(address)}</code>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
