import type { Reply } from "./call.ts";
import type { Problem } from "./problem.ts";

/** One page of a long list, and where the next one begins. */
export interface SequencePage<T, At> {
  readonly rows: readonly T[];
  readonly next?: At | undefined;
  /** Where rows that come later begin, for a list that grows; told with its last page. */
  readonly end?: At | undefined;
  readonly total?: number | undefined;
}

/** As far as it was read. */
export interface SequenceState<T> {
  readonly rows: readonly T[];
  /** Nothing more is there. */
  readonly isWhole: boolean;
  readonly isLoading: boolean;
  /** How many there are in all, where that is known. */
  readonly total?: number | undefined;
  /** Why the last page could not be read. */
  readonly problem?: Problem;
}

/** Reads a long list page by page. */
export interface SequenceReader<T> {
  /** Reads the next page, unless one is being read. */
  readonly more: () => void;
  /** Begins anew, and shows what is there until the first page has come. */
  readonly reload: () => void;
  /** Looks whether the list has grown at its end. */
  readonly extend: () => void;
  /** Changes what is shown, after an answer that came another way. */
  readonly patch: (change: (rows: readonly T[]) => readonly T[]) => void;
  /** Shows nothing any more. */
  readonly stop: () => void;
}

export const beginning: SequenceState<never> = { rows: [], isWhole: false, isLoading: true };

/** `load(undefined)` reads the first page; `show` is told of every change. */
export function readSequence<T, At>(
  load: (at: At | undefined) => Promise<Reply<SequencePage<T, At>>>,
  show: (state: SequenceState<T>) => void,
): SequenceReader<T> {
  let state: SequenceState<T> = beginning;
  let next: At | undefined;
  let end: At | undefined;
  let turn = 0;
  let isBusy = false;
  let hasGrown = false;

  const put = (changed: SequenceState<T>) => {
    state = changed;
    show(state);
  };
  const read = async (at: At | undefined, isFirst: boolean) => {
    turn += 1;
    isBusy = true;
    const own = turn;
    if (!state.isLoading) put({ ...state, isLoading: true });
    const reply = await load(at);
    if (turn !== own) return;
    isBusy = false;
    if (!reply.ok) return put({ ...state, isLoading: false, problem: reply.problem });
    const page = reply.value;
    next = page.next;
    end = page.end ?? end;
    put({
      rows: isFirst ? page.rows : [...state.rows, ...page.rows],
      isWhole: next === undefined,
      isLoading: false,
      total: page.total,
    });
    if (hasGrown) extend();
  };
  const extend = () => {
    // What is being read may have ended before the list grew.
    hasGrown = isBusy;
    if (!isBusy && state.isWhole) void read(end, end === undefined);
  };
  return {
    more: () => {
      if (!isBusy && !state.isWhole) void read(next, next === undefined);
    },
    reload: () => void read(undefined, true),
    extend,
    patch: (change) => put({ ...state, rows: change(state.rows) }),
    stop: () => {
      turn += 1;
      isBusy = true;
    },
  };
}
