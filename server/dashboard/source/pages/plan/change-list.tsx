import { useEffect, useRef, useState } from "preact/hooks";
import { figure } from "../../../../../cli/render/words.ts";
import type { Change, RuleSummary } from "../../../../../engine/plan/plan.ts";
import { Empty, Loading } from "../../kit/states.tsx";
import { useWindow } from "../../kit/use-window.ts";
import { ChangeRow } from "./change-row.tsx";
import { changeShown, kindWords } from "./change-view.ts";
import type { ChangeGroup } from "./groups.ts";
import { moveByKey } from "./tick-keys.ts";
import { groupTick, type Waiting } from "./ticks.ts";

/** Groups with more changes than this start closed, so that the page opens at its summary. */
const openChangesMax = 50;

/** Pixels of a change with two fields; the list learns better heights as it is drawn. */
const changeHeight = 120;

export interface ChangeListProps {
  readonly groups: readonly ChangeGroup[];
  readonly rules: readonly RuleSummary[];
  readonly waiting: Waiting;
  /** Undefined where nothing can be ticked. */
  readonly ticks?:
    | {
        readonly ticked: ReadonlySet<string>;
        readonly onTick: (ids: readonly string[], isTicked: boolean) => void;
      }
    | undefined;
  /** Where a record is explained. */
  readonly recordHref: (change: Change) => string;
  /** Ids that were approved, where not all were. */
  readonly approved: ReadonlySet<string> | undefined;
  /** A person looks for something: closed groups would hide what was found. */
  readonly isFiltered: boolean;
  /** All changes have been read. */
  readonly isWhole: boolean;
  readonly total: number;
}

export function ChangeList({ groups, isWhole, total, ...rest }: ChangeListProps) {
  if (total === 0) {
    return <Empty title="Nothing to write">Everything that is not held is in step.</Empty>;
  }
  if (groups.length === 0) {
    return isWhole ? (
      <Empty title="No change fits">Search for another word, or show all kinds.</Empty>
    ) : (
      <Loading what="Reading the changes" />
    );
  }
  return (
    <div class="changes" data-tick-list>
      {groups.map((group) => (
        <Group key={group.key} group={group} {...rest} />
      ))}
    </div>
  );
}

type GroupProps = Omit<ChangeListProps, "groups" | "isWhole" | "total"> & {
  readonly group: ChangeGroup;
};

function Group({ group, rules, isFiltered, ...rest }: GroupProps) {
  const { ticks } = rest;
  const [chosen, setChosen] = useState<boolean>();
  const isOpen = chosen ?? (isFiltered || group.changes.length <= openChangesMax);
  const rule = rules.find(
    ({ mapping, rule: name }) => mapping === group.mapping && name === group.rule,
  );
  const title = `${group.mapping} / ${group.rule}: ${kindWords[group.kind].title.toLowerCase()}`;
  const id = `group-${group.key.replaceAll(/[^\w]+/g, "-")}`;
  return (
    <section class="change-group" aria-labelledby={id}>
      <div class="group-head">
        {ticks && <GroupTick group={group} ticks={ticks} title={title} />}
        <h3 id={id}>
          <button
            type="button"
            class="group-toggle"
            aria-expanded={isOpen}
            onClick={() => setChosen(!isOpen)}
          >
            <span class="group-title">{title}</span>
            <span class="count">{figure(group.changes.length)}</span>
          </button>
        </h3>
        <span class="dim group-way">{group.way}</span>
      </div>
      {isOpen && <Rows group={group} rule={rule} {...rest} />}
    </section>
  );
}

/** Only the changes in and near the window are drawn; the others keep their room. */
function Rows({
  group,
  rule,
  waiting,
  ticks,
  recordHref,
  approved,
}: Pick<GroupProps, "group" | "waiting" | "ticks" | "recordHref" | "approved"> & {
  readonly rule: RuleSummary | undefined;
}) {
  const body = useRef<HTMLUListElement>(null);
  const { changes, key } = group;
  const shown = useWindow(body, changes.length, changeHeight, `${key} ${changes.length}`);
  return (
    <ul ref={body} class="change-rows">
      <Gap height={shown.above} />
      {changes.slice(shown.from, shown.to).map((change, at) => (
        <li key={change.id} data-index={shown.from + at}>
          <ChangeRow
            change={changeShown(change, {
              rule,
              changes: waiting.changes,
              waiting: waiting.waitFor.get(change.id)?.length ?? 0,
            })}
            recordHref={recordHref(change)}
            isLeftOut={approved !== undefined && !approved.has(change.id)}
            tick={
              ticks && {
                isTicked: ticks.ticked.has(change.id),
                onTick: (isTicked) => ticks.onTick([change.id], isTicked),
              }
            }
          />
        </li>
      ))}
      <Gap height={shown.below} />
    </ul>
  );
}

function Gap({ height }: { readonly height: number }) {
  return height > 0 ? <li aria-hidden="true" style={{ height: `${height}px` }} /> : null;
}

function GroupTick({
  group,
  ticks,
  title,
}: {
  readonly group: ChangeGroup;
  readonly ticks: NonNullable<ChangeListProps["ticks"]>;
  readonly title: string;
}) {
  const ref = useRef<HTMLInputElement>(null);
  const ids = group.changes.map((change) => change.id);
  const state = groupTick(ids, ticks.ticked);
  // "Some" can be said by script only; there is no attribute for it.
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = state === "some";
  }, [state]);
  return (
    <label class="tick">
      <input
        ref={ref}
        type="checkbox"
        data-tick
        checked={state === "all"}
        onKeyDown={moveByKey}
        onChange={() => ticks.onTick(ids, state !== "all")}
      />
      <span class="visually-hidden">All of {title}</span>
    </label>
  );
}
