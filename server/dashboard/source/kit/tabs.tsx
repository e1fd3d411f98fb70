import { useRef } from "preact/hooks";
import { figure } from "../../../../cli/render/words.ts";

export interface Tab<Key extends string> {
  readonly key: Key;
  readonly title: string;
  readonly count?: number | undefined;
}

/** One of a few views of the same thing. Arrow keys go from one to the next, as people who hear pages expect. */
export function Tabs<Key extends string>({
  label,
  tabs,
  chosen,
  onChoose,
  panelId,
}: {
  readonly label: string;
  readonly tabs: readonly Tab<Key>[];
  readonly chosen: Key;
  readonly onChoose: (key: Key) => void;
  /** Id of the element that shows what was chosen; give it role="tabpanel". */
  readonly panelId: string;
}) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ key }) => key === chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    if (tab === undefined) return;
    onChoose(tab.key);
    list.current?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(tab.key)}"]`)?.focus();
  };
  return (
    <div class="tabs no-print" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
      {tabs.map(({ key, title, count }) => (
        <button
          key={key}
          type="button"
          role="tab"
          class="tab"
          data-tab={key}
          aria-selected={key === chosen}
          aria-controls={panelId}
          tabIndex={key === chosen ? 0 : -1}
          onClick={() => onChoose(key)}
        >
          {title}
          {count !== undefined && <span class="tab-count">{figure(count)}</span>}
        </button>
      ))}
    </div>
  );
}
