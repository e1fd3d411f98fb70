import { useState } from "preact/hooks";
import type { MappingView, RunRequest, WorkspaceView } from "../../api/client.ts";
import { Icon } from "../../kit/icon.tsx";
import { Pill } from "../../kit/pill.tsx";
import { Progress } from "../../kit/progress.tsx";
import { Time } from "../../kit/time.tsx";
import { planPath, runPath, workspacePath } from "../../router.ts";
import {
  countsText,
  directionsOf,
  heldText,
  isUserSync,
  progressText,
  requestMeaning,
  requestWords,
  starterText,
  systemTitle,
  titleOf,
} from "../../words.ts";
import { AutosyncSwitch } from "./autosync-switch.tsx";
import { FirstRun } from "./first-run.tsx";
import { SyncButton } from "./sync-button.tsx";

interface CardProps {
  readonly workspace: WorkspaceView;
  readonly mapping: MappingView;
}

/** One mapping: which way it goes, how it stands, and the two things that a person does with it. */
export function MappingCard({ workspace, mapping }: CardProps) {
  const [isFirstOpen, setFirstOpen] = useState(false);
  const id = `mapping-${mapping.name}`;
  return (
    <article class="card mapping" aria-labelledby={id}>
      <header class="mapping-head">
        <div class="stack-close">
          <h2 id={id}>{titleOf(mapping.name)}</h2>
          <Directions workspace={workspace} mapping={mapping} />
        </div>
        <div class="cluster no-print">
          <AutosyncSwitch workspace={workspace.name} mapping={mapping} />
          <SyncButton workspace={workspace} mapping={mapping} onFirst={() => setFirstOpen(true)} />
        </div>
      </header>
      <p class="mapping-about">{mapping.description}</p>
      {mapping.current !== undefined && <Current request={mapping.current} />}
      <dl class="facts">
        <Fact title="Last run">
          <LastRun {...mapping} />
        </Fact>
        <Fact title="Next run">
          <NextRun {...mapping} />
        </Fact>
        <Fact title="Needs a person">
          <NeedsPerson workspace={workspace.name} mapping={mapping} />
        </Fact>
        <Fact title="System of record">
          {systemTitle(mapping.systemOfRecord, workspace.connections)}
        </Fact>
      </dl>
      <footer class="mapping-foot">
        <a href={workspacePath(workspace.name, "runs", { mapping: mapping.name })}>
          {isUserSync(mapping) ? "User Sync Logs" : "All runs"}
          <span class="visually-hidden"> of {titleOf(mapping.name)}</span>
        </a>
        {mapping.goesThrough.length > 0 && (
          <span class="faint">
            Brings in what it needs of {mapping.goesThrough.map(titleOf).join(", ")}
          </span>
        )}
      </footer>
      {isFirstOpen && (
        <FirstRun workspace={workspace} mapping={mapping} onClose={() => setFirstOpen(false)} />
      )}
    </article>
  );
}

function Directions({ workspace, mapping }: CardProps) {
  const main = directionsOf(mapping.rules, workspace.connections);
  const back = directionsOf(mapping.rules, workspace.connections, "feedback");
  return (
    <ul class="directions">
      {main.map(({ from, to }) => (
        <li key={`${from} ${to}`}>
          {from} <Icon name="arrow" size={14} />
          <span class="visually-hidden">to</span> {to}
        </li>
      ))}
      {back.map(({ from, to }) => (
        <li key={`back ${from} ${to}`} class="faint">
          {from} <Icon name="arrow" size={14} />
          <span class="visually-hidden">to</span> {to}, single fields
        </li>
      ))}
    </ul>
  );
}

function Fact({
  title,
  children,
}: {
  readonly title: string;
  readonly children: preact.ComponentChildren;
}) {
  return (
    <div class="fact">
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What is under way, as it goes. */
function Current({ request }: { readonly request: RunRequest }) {
  const { status, progress } = request;
  const label = progress === undefined ? requestMeaning[status] : progressText(progress);
  return (
    <div class="current">
      <div class="spread">
        <Pill {...requestWords[status]} />
        <a href={runPath(request.id)}>Watch this run</a>
      </div>
      <Progress label={label} done={progress?.done ?? 0} of={progress?.of} />
    </div>
  );
}

function LastRun({ last }: MappingView) {
  if (last === undefined) return <span class="soft">It was never run.</span>;
  const { counts, note, status } = last;
  const isDone = status === "done" || status === "partial";
  const told = counts === undefined ? note : countsText(counts, isDone);
  return (
    <div class="stack-close">
      <span class="cluster">
        <Pill {...requestWords[status]} />
        <a href={runPath(last.id)}>
          <Time at={last.finishedAt ?? last.requestedAt} />
        </a>
      </span>
      <span class="small soft">
        {told !== undefined && <>{told} · </>}
        by {starterText(last)}
      </span>
    </div>
  );
}

function NextRun({ autosync, nextRunAt, schedule, current }: MappingView) {
  if (schedule === undefined) return <>Only when somebody starts it</>;
  if (!autosync.isOn) return <>None: Autosync is off</>;
  if (autosync.awaitsFirstRun) return <>After the first run, which a person starts</>;
  if (nextRunAt === undefined) return <>{current === undefined ? "Soon" : "After this one"}</>;
  return <Time at={nextRunAt} />;
}

function NeedsPerson({
  workspace,
  mapping,
}: {
  readonly workspace: string;
  readonly mapping: MappingView;
}) {
  const { waiting, held, name } = mapping;
  if (waiting === undefined && held === 0) return <span class="soft">Nothing</span>;
  return (
    <div class="stack-close">
      {waiting !== undefined && <a href={planPath(waiting.id)}>A plan waits for approval</a>}
      {held > 0 && (
        <a href={workspacePath(workspace, "held", { mapping: name })}>{heldText(held)}</a>
      )}
    </div>
  );
}
