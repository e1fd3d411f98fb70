import { figure } from "../../../../../cli/render/words.ts";
import type { RunRequest, RunView } from "../../api/client.ts";
import { Duration, Time } from "../../kit/time.tsx";
import { starterText } from "../../words.ts";
import { isOpen } from "./run-actions.tsx";

/** Characters of a commit that people compare. */
const commitCharacters = 10;

/** When, by whom, with which files. */
export function RunFacts({ request }: { readonly request: RunRequest }) {
  const { requestedAt, startedAt, finishedAt, commit, allow } = request;
  return (
    <dl class="run-facts">
      <div>
        <dt>Asked for</dt>
        <dd>
          <Time at={requestedAt} form="absolute" />
        </dd>
      </div>
      <div>
        <dt>Started by</dt>
        <dd>{starterText(request)}</dd>
      </div>
      <div>
        <dt>{isOpen(request) ? "Under way for" : "Took"}</dt>
        <dd>
          {startedAt === undefined ? "not started" : <Duration from={startedAt} to={finishedAt} />}
        </dd>
      </div>
      {commit !== undefined && (
        <div>
          <dt>Configuration</dt>
          <dd>
            <code>{commit.slice(0, commitCharacters)}</code>
            {commit.endsWith("-dirty") && " with changes"}
          </dd>
        </div>
      )}
      {allow.length > 0 && (
        <div>
          <dt>Let through</dt>
          <dd>{allow.join(", ")}</dd>
        </div>
      )}
    </dl>
  );
}

const figures = [
  { key: "create", title: "created", planned: "to create" },
  { key: "update", title: "changed", planned: "to change" },
  { key: "link", title: "linked", planned: "to link" },
  { key: "retire", title: "retired", planned: "to retire" },
  { key: "unlink", title: "unlinked", planned: "to unlink" },
  { key: "delete", title: "deleted", planned: "to delete" },
  { key: "held", title: "held", planned: "held" },
  { key: "passedOver", title: "left out", planned: "left out" },
  { key: "inStep", title: "in step", planned: "in step" },
] as const;

/** Always shown, so that the line reads the same from run to run; the others when there are any. */
const always: readonly string[] = ["create", "update", "held"];

/** What the plan of the run holds, in figures. */
export function RunFigures({ request }: { readonly request: RunRequest }) {
  const { counts, status } = request;
  if (counts === undefined) return null;
  const isPast = status === "done";
  return (
    <section class="stack-close" aria-label={isPast ? "What was done" : "What the plan holds"}>
      <ul class="figures">
        {figures
          .filter(({ key }) => counts[key] > 0 || always.includes(key))
          .map(({ key, title, planned }) => (
            <li key={key} class={counts[key] === 0 ? "figure figure-none" : "figure"}>
              <span class="figure-number">{figure(counts[key])}</span>
              <span>{isPast ? title : planned}</span>
            </li>
          ))}
      </ul>
      {!isPast && (
        <p class="small faint">
          {status === "partial"
            ? "As it was planned. What became of each record stands below."
            : "As it was planned."}
        </p>
      )}
    </section>
  );
}

/** A request has several runs when its process ended in the middle: each began with a new plan. */
export function EngineRuns({ runs }: { readonly runs: RunView["runs"] }) {
  if (runs.length < 2) return null;
  return (
    <details class="engine-runs">
      <summary>It was interrupted and planned anew: {figure(runs.length)} attempts</summary>
      <ol>
        {runs.map(({ runId, startedAt, finishedAt, status, counts, note }) => (
          <li key={runId}>
            <Time at={startedAt} form="absolute" />{" "}
            {finishedAt === undefined ? (
              "not finished"
            ) : (
              <>
                for <Duration from={startedAt} to={finishedAt} />
              </>
            )}
            : {attemptWords[status]}, {figure(counts.applied ?? 0)} written
            {note !== undefined && <span class="soft"> · {note}</span>}
          </li>
        ))}
      </ol>
    </details>
  );
}

const attemptWords: Readonly<Record<RunView["runs"][number]["status"], string>> = {
  running: "not finished",
  applied: "done",
  partial: "partly done",
  refused: "refused",
};
