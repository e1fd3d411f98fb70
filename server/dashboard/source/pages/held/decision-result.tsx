import { useEffect, useRef } from "preact/hooks";
import { count } from "../../../../../cli/render/words.ts";
import { CopyLines } from "../../kit/copy-lines.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Notice } from "../../kit/notice.tsx";
import { decidedText } from "./held-decisions.ts";
import type { Decided } from "./use-decision.ts";

/** Where the decision stands now, or where a person has to put it; and the next record. */
export function DecisionResultView({
  decided: { kind, result },
  nextHref,
  left,
}: {
  readonly decided: Decided;
  readonly nextHref: string | undefined;
  readonly left: number;
}) {
  const place = useRef<HTMLDivElement>(null);
  // The form that had the focus is gone; from here Enter leads to the next record.
  useEffect(() => {
    const next = place.current?.querySelector<HTMLElement>("a[data-next]");
    (next ?? place.current)?.focus();
  }, []);
  return (
    <div class="stack" ref={place} tabIndex={-1}>
      {result.isWritten ? (
        <Notice tone="good" title={decidedText[kind]} isUrgent>
          <p>
            Written into <code>{result.file}</code>:
          </p>
          <pre class="written-lines">{result.lines}</pre>
        </Notice>
      ) : (
        <Notice
          tone="info"
          title="One step is left: the files of this workspace are kept in git."
          isUrgent
        >
          <p>
            Put these lines into <code>{result.file}</code> and commit it. The next run after that
            carries them out.
          </p>
          <CopyLines text={result.lines} label={`Lines for ${result.file}`} />
        </Notice>
      )}
      {nextHref === undefined ? (
        <p>That was the last one. Nothing else waits for a person here.</p>
      ) : (
        <p class="cluster">
          <a class="button button-primary" href={nextHref} data-next>
            <Icon name="arrow" /> Next
          </a>
          <span class="small soft">{count(left, "record")} left</span>
        </p>
      )}
    </div>
  );
}
