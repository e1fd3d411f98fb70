import { useEffect, useId, useRef, useState } from "preact/hooks";
import { now } from "../surroundings.ts";

/** Between two readings aloud, milliseconds: who hears a page is not told of every record. */
const spokenMs = 10_000;

/** How far something is, seen and heard. Without `of` nobody knows how much there is to do. */
export function Progress({
  label,
  done,
  of,
}: {
  readonly label: string;
  readonly done: number;
  readonly of?: number | undefined;
}) {
  const id = useId();
  const [spoken, setSpoken] = useState(label);
  const last = useRef(0);
  useEffect(() => {
    if (now() - last.current < spokenMs) return;
    last.current = now();
    setSpoken(label);
  }, [label]);
  return (
    <div class="progress">
      <span id={id} class="small">
        {label}
      </span>
      {of === undefined || of === 0 ? (
        <progress aria-labelledby={id} />
      ) : (
        <progress aria-labelledby={id} max={of} value={Math.min(done, of)} />
      )}
      <span class="visually-hidden" role="status">
        {spoken}
      </span>
    </div>
  );
}
