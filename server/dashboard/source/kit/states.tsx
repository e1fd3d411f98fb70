import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../api/problem.ts";
import type { Read } from "../api/use-read.ts";
import { after } from "../surroundings.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

/** Nothing is there, and why, and what to do. */
export function Empty({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children !== undefined && <div class="empty-text">{children}</div>}
    </div>
  );
}

/** A quick answer shows no sign of waiting, milliseconds. */
const quickMs = 200;

export function Loading({ what = "Loading" }: { readonly what?: string }) {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => after(quickMs, () => setSlow(true)), []);
  return (
    <div class="loading" role="status">
      {isSlow && (
        <>
          <Icon name="turning" />
          <span>{what}…</span>
        </>
      )}
    </div>
  );
}

/** Something could not be read. */
export function Failed({
  problem,
  onRetry,
}: {
  readonly problem: Problem;
  readonly onRetry?: () => void;
}) {
  return (
    <div class="failed" role="alert">
      <Icon name="alert" size={20} />
      <div class="stack-close">
        <p class="failed-title">{failedTitle(problem)}</p>
        <p>{problem.message}</p>
        {(problem.code ?? problem.requestId) !== undefined && (
          <p class="small faint">
            {[problem.code, problem.requestId && `request ${problem.requestId}`]
              .filter((part) => part !== undefined)
              .join(" · ")}
          </p>
        )}
        {onRetry !== undefined && (
          <p>
            <Button onPress={onRetry} icon="turning">
              Try again
            </Button>
          </p>
        )}
      </div>
    </div>
  );
}

function failedTitle({ kind, status }: Problem): string {
  if (kind === "offline") return "No connection";
  if (status === 404) return "This is not there";
  if (status === 403) return "This is not allowed";
  return "This could not be read";
}

/** Shows what a read gave, or that it is being read, or why it could not be. */
export function Reading<T>({
  of,
  what,
  children,
}: {
  readonly of: Read<T>;
  readonly what?: string;
  readonly children: (value: T) => ComponentChildren;
}) {
  switch (of.state) {
    case "loading":
      return <Loading {...(what === undefined ? {} : { what })} />;
    case "failed":
      return <Failed problem={of.problem} onRetry={of.reload} />;
    case "ready":
      return (
        <>
          {of.problem !== undefined && (
            <p class="stale" role="status">
              <Icon name="alert" size={14} />
              This may be out of date: {of.problem.message}
            </p>
          )}
          {children(of.value)}
        </>
      );
  }
}
