import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Reply } from "./call.ts";
import {
  beginning,
  readSequence,
  type SequencePage,
  type SequenceReader,
  type SequenceState,
} from "./sequence.ts";

/** A long list that is read as far as somebody has looked. */
export type Sequence<T> = SequenceState<T> & Omit<SequenceReader<T>, "stop">;

/** Everything that the list depends on goes into the key: with another one it is another list. */
export function useSequence<T, At>(
  key: string,
  load: (at: At | undefined) => Promise<Reply<SequencePage<T, At>>>,
): Sequence<T> {
  const newest = useRef(load);
  newest.current = load;
  const [shown, setShown] = useState<{ readonly key: string; readonly state: SequenceState<T> }>({
    key,
    state: beginning,
  });
  const reader = useMemo(
    () =>
      readSequence<T, At>(
        (at) => newest.current(at),
        (state) => setShown({ key, state }),
      ),
    [key],
  );
  useEffect(() => {
    reader.reload();
    return reader.stop;
  }, [reader]);
  // The answer to another question is not shown as one to this.
  const state = shown.key === key ? shown.state : beginning;
  const { more, reload, extend, patch } = reader;
  return { ...state, more, reload, extend, patch };
}
