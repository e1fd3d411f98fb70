import { useMemo, useState } from "preact/hooks";
import { changeKinds, figure } from "../../../../../cli/render/words.ts";
import { addressText } from "../../../../../engine/value/address.ts";
import type { PlanSummary, RunRequest } from "../../api/client.ts";
import { Failed } from "../../kit/states.tsx";
import { setQuery, useRoute, workspacePath } from "../../router.ts";
import { ApprovalBar } from "./approval-bar.tsx";
import { ChangeFilters } from "./change-filters.tsx";
import { ChangeList } from "./change-list.tsx";
import { changesOf } from "./count-changes.ts";
import { type Asked, DecisionDialogs } from "./decision-dialogs.tsx";
import { filterChanges, groupChanges } from "./groups.ts";
import type { GuardShown } from "./guard-view.ts";
import type { Approval } from "./use-approval.ts";
import { changesMax, useChanges } from "./use-changes.ts";
import { useTicks } from "./use-ticks.ts";

export interface DecidingProps {
  readonly request: RunRequest;
  readonly summary: PlanSummary;
  /** The plan waits for a person. */
  readonly isOpen: boolean;
  /** Why this person can decide nothing. */
  readonly barred: string | undefined;
  /** Why nobody can approve it as things stand. */
  readonly guarded: string | undefined;
  /** Those that this person lets through. */
  readonly guards: readonly GuardShown[];
  readonly approval: Approval;
}

/** The changes with their tick boxes, and the buttons that decide. */
export function Deciding(props: DecidingProps) {
  const { request, summary, isOpen, barred, guarded, guards, approval } = props;
  const { query } = useRoute();
  const loaded = useChanges(request.id, summary.plan.id);
  const { ticked, along, waiting, onTick } = useTicks(loaded.changes);
  const [asked, setAsked] = useState<Asked>();
  const total = changesOf(summary);
  const search = query.get("search") ?? "";
  const kind = changeKinds.find((each) => each === query.get("kind"));
  const groups = useMemo(
    () => groupChanges(filterChanges(loaded.changes, { kind, search }), summary.plan.rules),
    [loaded.changes, kind, search, summary.plan.rules],
  );
  const canTick =
    isOpen && barred === undefined && loaded.isDone && total <= changesMax && total > 1;
  return (
    <div class="stack">
      <ChangeFilters
        counts={summary.counts}
        kind={kind}
        search={search}
        read={loaded.isDone ? undefined : loaded.changes.length}
        onKind={(next) => setQuery({ kind: next ?? "" })}
        onSearch={(text) => setQuery({ search: text })}
      />
      {loaded.problem && <Failed problem={loaded.problem} />}
      {total > changesMax && loaded.isDone && <TooMany total={total} />}
      <ChangeList
        groups={groups}
        rules={summary.plan.rules}
        waiting={waiting}
        ticks={canTick ? { ticked, onTick } : undefined}
        approved={summary.approved && new Set(summary.approved)}
        isFiltered={kind !== undefined || search !== ""}
        isWhole={loaded.isDone}
        total={total}
        recordHref={({ mapping, source }) =>
          workspacePath(request.workspace, "record", { mapping, record: addressText(source) })
        }
      />
      {isOpen && (
        <ApprovalBar
          total={total}
          ticked={ticked.size}
          barred={barred}
          guarded={guarded}
          along={along}
          isBusy={approval.isBusy}
          onApprove={setAsked}
          onReject={() => setAsked("reject")}
        />
      )}
      {asked !== undefined && (
        <DecisionDialogs
          asked={asked}
          request={request}
          summary={summary}
          changes={loaded.changes}
          ticked={ticked}
          guards={guards}
          approval={approval}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}

function TooMany({ total }: { readonly total: number }) {
  return (
    <p class="small soft">
      The first {figure(changesMax)} of {figure(total)} changes are shown. A plan of this size can
      be approved as a whole only.
    </p>
  );
}
