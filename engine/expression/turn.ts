import { setImmediate } from "node:timers/promises";
import { evaluationsBetweenPauses } from "./limits.ts";

/*
 * One evaluation at a time, in the order in which they were asked for. The interpreter measures its time limit on the
 * wall clock, and its own functions remember where they were called last: of evaluations that interleave, one would be
 * stopped for the time of the others, and be blamed on a place in another expression.
 */

let last: Promise<unknown> = Promise.resolve();
let evaluations = 0;

export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(async () => {
    evaluations += 1;
    if (evaluations % evaluationsBetweenPauses === 0) await setImmediate();
    return work();
  });
  last = mine.then(nothing, nothing);
  return mine;
}

function nothing(): void {}
