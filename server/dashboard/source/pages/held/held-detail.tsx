import { addressText } from "../../../../../engine/value/address.ts";
import { api, type HeldView } from "../../api/client.ts";
import { useRead } from "../../api/use-read.ts";
import { Icon } from "../../kit/icon.tsx";
import { Notice } from "../../kit/notice.tsx";
import { Place } from "../../kit/place.tsx";
import { Failed, Loading } from "../../kit/states.tsx";
import { Time } from "../../kit/time.tsx";
import { WithCode } from "../../kit/with-code.tsx";
import { planPath, workspacePath } from "../../router.ts";
import { useWorkspace } from "../../shell/workspaces.tsx";
import { systemTitle } from "../../words.ts";
import { labelShown } from "../plan/change-view.ts";
import { comparedCandidate } from "./compared-records.ts";
import { ComparisonTable } from "./comparison-table.tsx";
import { DecisionPanel } from "./decision-panel.tsx";
import { DecisionResultView } from "./decision-result.tsx";
import { decidedText, todoText } from "./held-decisions.ts";
import { codeTitle } from "./held-groups.ts";
import type { Decided } from "./use-decision.ts";

export interface HeldDetailProps {
  readonly held: HeldView;
  readonly workspace: string;
  /** What was decided in this visit. */
  readonly decided: Decided | undefined;
  readonly listHref: string;
  readonly nextHref: string | undefined;
  /** Records that still wait. */
  readonly left: number;
  readonly onDecided: (decided: Decided) => void;
}

/** One held record: why, what it looks like beside its candidates, and what a person can say. */
export function HeldDetail(props: HeldDetailProps) {
  const { held, workspace, decided, listHref, onDecided } = props;
  const view = useWorkspace();
  const connections = view.state === "ready" ? view.value.connections : [];
  const addresses = [held.source, ...held.candidates.map(({ address }) => address)].map(
    addressText,
  );
  const read = useRead(`records ${addresses.join(" ")}`, () => api.records(workspace, addresses));
  const records = read.state === "ready" ? read.value.records : [];
  const recordAt = (address: string) =>
    records.find((record) => addressText(record.address) === address);
  const source = addressText(held.source);
  return (
    <article class="held-detail card stack" aria-labelledby="held-title">
      <a class="held-back small" href={listHref}>
        <Icon name="back" size={14} /> All held records
      </a>
      <Head held={held} workspace={workspace} />
      {read.state === "loading" && <Loading what="Reading the records as they are now" />}
      {read.state === "failed" && <Failed problem={read.problem} onRetry={read.reload} />}
      {read.state !== "loading" && (
        <ComparisonTable
          source={{
            label: labelShown(held.label),
            address: source,
            fields: recordAt(source)?.fields,
            problem: recordAt(source)?.problem,
          }}
          candidates={held.candidates.map((candidate) =>
            comparedCandidate(candidate, recordAt(addressText(candidate.address))),
          )}
          sourceSystem={systemTitle(held.source.connection, connections)}
          targetSystem={systemTitle(held.candidates[0]?.address.connection ?? "", connections)}
        />
      )}
      {decided && (
        <DecisionResultView decided={decided} nextHref={props.nextHref} left={props.left} />
      )}
      {!decided && held.decided && (
        <Notice tone="good" title={decidedText[held.decided]}>
          <p>
            It stands in the links files of this workspace. Taking the entry out there takes the
            decision back.
          </p>
        </Notice>
      )}
      {!decided && !held.decided && (
        <DecisionPanel held={held} workspace={workspace} onDecided={onDecided} />
      )}
    </article>
  );
}

/** Who it is, and what is the matter. */
function Head({ held, workspace }: Pick<HeldDetailProps, "held" | "workspace">) {
  const source = addressText(held.source);
  return (
    <>
      <header class="stack-close">
        <h2 id="held-title">{labelShown(held.label)}</h2>
        <p class="small soft">
          <Place mapping={held.mapping} rule={held.rule} at={held.at} />
        </p>
        <p class="small soft">
          By <a href={planPath(held.requestId)}>the plan</a> of <Time at={held.plannedAt} />.{" "}
          <a href={workspacePath(workspace, "record", { mapping: held.mapping, record: source })}>
            Explain this record
          </a>
        </p>
      </header>
      <div class="stack-close">
        <p>
          <strong>{codeTitle(held.code)}.</strong> {held.reason}
        </p>
        <p class="soft">
          <WithCode text={todoText(held)} />
        </p>
      </div>
    </>
  );
}
