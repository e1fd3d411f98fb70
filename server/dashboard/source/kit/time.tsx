import { useEffect, useState } from "preact/hooks";
import { after, now } from "../surroundings.ts";
import { absoluteText, durationText, minuteText, relativeText } from "../time-words.ts";

/** How often what is relative is worked out anew, milliseconds. */
const tickMs = 15_000;

/** The time now, moving on while the page is open. */
export function useNow(everyMs: number = tickMs): number {
  const [, setAt] = useState(now);
  useEffect(() => {
    let cancel = () => {};
    const tick = () => {
      cancel = after(everyMs, () => {
        setAt(now());
        tick();
      });
    };
    tick();
    return () => cancel();
  }, [everyMs]);
  // Not what was stored at the last tick: something may have happened since, and would seem to be in the future.
  return now();
}

/** "12 minutes ago", with the exact time for who points at it; or the exact time itself. */
export function Time({
  at,
  form = "relative",
}: {
  readonly at: string;
  readonly form?: "relative" | "minute" | "absolute";
}) {
  const moment = useNow();
  const exact = absoluteText(at);
  const texts = { relative: relativeText(at, moment), minute: minuteText(at), absolute: exact };
  return (
    <time dateTime={at} title={exact} class="nowrap">
      {texts[form]}
    </time>
  );
}

/** How long something took, or takes so far. */
export function Duration({
  from,
  to,
}: {
  readonly from: string;
  readonly to?: string | undefined;
}) {
  const moment = useNow(to === undefined ? 1_000 : tickMs);
  const end = to === undefined ? moment : Date.parse(to);
  return <span class="number">{durationText(end - Date.parse(from))}</span>;
}
