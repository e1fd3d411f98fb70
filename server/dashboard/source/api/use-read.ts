import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { after } from "../surroundings.ts";
import type { Reply } from "./call.ts";
import { type Happened, subscribe } from "./events.ts";
import type { Problem } from "./problem.ts";

/** What a page has asked for. A value that was read once stays while it is read again, also when that fails. */
export type Read<T> = {
  readonly reload: () => void;
  /** Shows an answer that came another way, such as that of a write. */
  readonly put: (value: T) => void;
} & (
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly problem: Problem }
  | { readonly state: "ready"; readonly value: T; readonly problem?: Problem }
);

type Held<T> = { readonly key: string } & (
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly problem: Problem }
  | { readonly state: "ready"; readonly value: T; readonly problem?: Problem }
);

/** Many changes at one time are one reason to read again, milliseconds. */
const gatherMs = 250;

/**
 * Reads when the page is shown and whenever the key changes: everything that the question depends on goes into it.
 * `live`: reads again when that happens; `() => true` for everything.
 */
export function useRead<T>(
  key: string,
  load: () => Promise<Reply<T>>,
  live?: (happened: NonNullable<Happened>) => boolean,
): Read<T> {
  const [held, setHeld] = useState<Held<T>>({ key, state: "loading" });
  const newest = useRef({ load, live, turn: 0, isBusy: false, isOutdated: false });
  newest.current.load = load;
  newest.current.live = live;

  const reload = useCallback(() => {
    newest.current.turn += 1;
    newest.current.isBusy = true;
    newest.current.isOutdated = false;
    const { turn } = newest.current;
    const settle = (reply: Reply<T>) => {
      if (newest.current.turn !== turn) return;
      newest.current.isBusy = false;
      setHeld((before) => heldAfter(key, before, reply));
      if (newest.current.isOutdated) reload();
    };
    void newest.current.load().then(settle);
  }, [key]);

  const put = useCallback(
    (value: T) => {
      newest.current.turn += 1;
      newest.current.isBusy = false;
      setHeld({ key, state: "ready", value });
    },
    [key],
  );

  useEffect(() => {
    reload();
    return () => {
      newest.current.turn += 1;
    };
  }, [reload]);

  useEffect(() => {
    if (newest.current.live === undefined) return undefined;
    let cancel: (() => void) | undefined;
    const unsubscribe = subscribe((happened) => {
      if (happened !== undefined && newest.current.live?.(happened) !== true) return;
      cancel ??= after(gatherMs, () => {
        cancel = undefined;
        // An answer that is on its way is waited for: with many changes none would ever be shown.
        if (newest.current.isBusy) newest.current.isOutdated = true;
        else reload();
      });
    });
    return () => {
      unsubscribe();
      cancel?.();
    };
  }, [reload]);

  // The answer to another question is not shown as one to this.
  return held.key === key ? { ...held, reload, put } : { state: "loading", reload, put };
}

function heldAfter<T>(key: string, before: Held<T>, reply: Reply<T>): Held<T> {
  if (reply.ok) return { key, state: "ready", value: reply.value };
  if (before.key === key && before.state === "ready") {
    return { key, state: "ready", value: before.value, problem: reply.problem };
  }
  return { key, state: "failed", problem: reply.problem };
}
