import { windowText } from "../../../../../cli/render/plan-view.ts";
import { count, figure } from "../../../../../cli/render/words.ts";
import { streamText } from "../../../../../engine/value/address.ts";
import type { PlanSummary, WorkspaceView } from "../../api/client.ts";
import { Place } from "../../kit/place.tsx";
import { systemTitle } from "../../words.ts";
import { callsText } from "./plan-heading.tsx";

/** What the plan was made from: how far each reading got, and what became of the records of each rule. */
export function ReadingsTab({
  summary,
  workspace,
}: {
  readonly summary: PlanSummary;
  readonly workspace: WorkspaceView | undefined;
}) {
  const { plan, counts } = summary;
  const calls = callsText(summary);
  return (
    <div class="stack">
      <section class="card stack-close">
        <h2>Streams</h2>
        <ul class="facts">
          {plan.readings.map((reading) => (
            <li key={streamText(reading)}>
              <span>
                <strong>{systemTitle(reading.connection, workspace?.connections ?? [])}</strong>{" "}
                <code>{streamText(reading)}</code>
              </span>
              <span>
                {count(reading.records, "record")}
                {reading.window && `, days ${windowText(reading)}`}
                {!reading.ended && (
                  <strong class="bad-text">
                    {" "}
                    not read to the end: {reading.problem ?? "no reason was given"}
                  </strong>
                )}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section class="card stack-close">
        <h2>Rules</h2>
        <ul class="facts">
          {plan.rules.map((rule) => (
            <li key={`${rule.mapping} ${rule.rule}`}>
              <Place mapping={rule.mapping} rule={rule.rule} at={rule.at} />
              <span>
                {rule.role === "dormant" ? "sleeps" : `${figure(rule.inStep)} in step`}
                {rule.unsettled > 0 && `, ${figure(rule.unsettled)} unsettled`}
                {rule.outside > 0 && `, ${figure(rule.outside)} of other days`}
              </span>
            </li>
          ))}
        </ul>
        {counts.passedOver > 0 && (
          <p class="soft">
            {count(counts.passedOver, "record")} passed over: no rule takes them, or none brings
            them in. The log of the run lists them.
          </p>
        )}
      </section>
      {calls !== undefined && <p class="soft">{calls}</p>}
      <p class="small soft">
        syncctl {plan.header.engineVersion}, configuration{" "}
        <code>{plan.header.configurationDigest.slice(0, 12)}</code>, digest{" "}
        <code>{plan.digest.slice(0, 12)}</code>
      </p>
    </div>
  );
}
