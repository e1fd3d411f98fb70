import { useContext, useState } from "preact/hooks";
import type { PlanSummary, RunView } from "../../api/client.ts";
import { Tabs } from "../../kit/tabs.tsx";
import { say } from "../../kit/toast.tsx";
import { setQuery, useRoute } from "../../router.ts";
import { useMay } from "../../shell/session.tsx";
import { WorkspaceContext } from "../../shell/workspaces.tsx";
import { changesOf } from "./count-changes.ts";
import { Deciding } from "./deciding.tsx";
import { FindingsTab } from "./findings-tab.tsx";
import { GuardList } from "./guard-list.tsx";
import { guardsInTheWay, guardsShown } from "./guard-view.ts";
import { HeldTab } from "./held-tab.tsx";
import { newerPlan } from "./newer-plan.tsx";
import { PlanHeading } from "./plan-heading.tsx";
import { PlanNotices } from "./plan-notices.tsx";
import { ReadingsTab } from "./readings-tab.tsx";
import { useApproval } from "./use-approval.ts";

const panelId = "plan-panel";

const tabKeys = ["changes", "held", "findings", "readings"] as const;
type TabKey = (typeof tabKeys)[number];

const tabTitles: Readonly<Record<TabKey, string>> = {
  changes: "Changes",
  held: "Held",
  findings: "Findings",
  readings: "What was read",
};

/** The plan as it is now, with everything that can be done about it. */
export function PlanView({
  run,
  summary,
  onMoved,
}: {
  readonly run: RunView;
  readonly summary: PlanSummary;
  /** Something was decided, or has turned out to be decided. */
  readonly onMoved: () => void;
}) {
  const { request } = run;
  const { query } = useRoute();
  const workspace = useContext(WorkspaceContext);
  const isOwn = workspace?.state === "ready" && workspace.value.name === request.workspace;
  const view = isOwn ? workspace.value : undefined;
  const mayNot = useMay("operator");
  const [allowed, setAllowed] = useState<ReadonlySet<string>>(new Set());
  const approval = useApproval(request.id, (done) => {
    if (done !== undefined) say(done, "good");
    onMoved();
    workspace?.reload();
  });

  const guards = guardsShown(summary.plan.guards);
  const isOpen = summary.status === "waiting" && request.status === "waiting";
  const tab: TabKey = tabKeys.find((key) => key === query.get("tab")) ?? "changes";
  return (
    <div class="plan stack">
      <PlanHeading run={run} summary={summary} workspace={view} />
      <PlanNotices summary={summary} newer={newerPlan(view, request)} problem={approval.problem} />
      <GuardList
        guards={guards}
        allowed={allowed}
        onAllow={
          isOpen && mayNot === undefined
            ? (key, isAllowed) => setAllowed((before) => withOrWithout(before, key, isAllowed))
            : undefined
        }
      />
      <PlanTabs summary={summary} tab={tab} />
      <div id={panelId} role="tabpanel" aria-label={tabTitles[tab]}>
        <h2 class="visually-hidden">{tabTitles[tab]}</h2>
        {/* Stays while other tabs are looked at, so that no tick is lost. */}
        <div hidden={tab !== "changes"}>
          <Deciding
            request={request}
            summary={summary}
            isOpen={isOpen}
            barred={mayNot}
            guarded={guardsInTheWay(guards, allowed)}
            guards={guards.filter(({ key, kind }) => kind === "ask" && allowed.has(key))}
            approval={approval}
          />
        </div>
        {tab === "held" && <HeldTab request={request} held={summary.counts.held} />}
        {tab === "findings" && <FindingsTab findings={summary.plan.findings} request={request} />}
        {tab === "readings" && <ReadingsTab summary={summary} workspace={view} />}
      </div>
    </div>
  );
}

function PlanTabs({ summary, tab }: { readonly summary: PlanSummary; readonly tab: TabKey }) {
  const { counts, plan } = summary;
  return (
    <Tabs
      label="Parts of the plan"
      panelId={panelId}
      chosen={tab}
      onChoose={(key) => setQuery({ tab: key === "changes" ? "" : key })}
      tabs={[
        { key: "changes", title: tabTitles.changes, count: changesOf(summary) },
        { key: "held", title: tabTitles.held, count: counts.held },
        { key: "findings", title: tabTitles.findings, count: plan.findings.length },
        { key: "readings", title: tabTitles.readings },
      ]}
    />
  );
}

function withOrWithout(
  before: ReadonlySet<string>,
  key: string,
  isIn: boolean,
): ReadonlySet<string> {
  const next = new Set(before);
  if (isIn) next.add(key);
  else next.delete(key);
  return next;
}
