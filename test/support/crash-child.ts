import { oneRun } from "./one-run.ts";

/*
 * One run in a process of its own, which kills itself with SIGKILL at the n-th point. A point is the moment before a
 * write to the state or to a system, and the moment after it, when whoever asked for it does not know yet.
 *
 *   node crash-child.ts <project folder> <state> <n>
 */

const [folder = "", state = "", killAt = "0"] = process.argv.slice(2);
let points = 0;

await oneRun(folder, state, () => {
  points += 1;
  if (points === Number(killAt)) process.kill(process.pid, "SIGKILL");
});
