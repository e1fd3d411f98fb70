import type { Problem } from "../../api/problem.ts";

/** What is said when signing in did not work, and what to do. */
export function refusalText({
  kind,
  status,
  message,
}: Pick<Problem, "kind" | "status" | "message">): string {
  if (kind === "offline") return message;
  if (status === 401) {
    return "This token opens nothing: it is mistyped, was revoked or has expired. Ask an admin for a new one.";
  }
  if (status === 429) {
    const seconds = /in (\d+) seconds/.exec(message)?.[1];
    return `Too many tries. Wait ${waitText(Number(seconds))}, then try again.`;
  }
  return message;
}

/** Below this, seconds are told; above, minutes. */
const secondsMax = 90;

function waitText(seconds: number): string {
  if (!(seconds > 0)) return "a few minutes";
  if (seconds < secondsMax) return seconds === 1 ? "one second" : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

/** The page that was asked for, to go on to; never another site. */
export function goOnTo(to: string | null | undefined): string {
  if (!to || !/^\/(?![/\\])/.test(to) || to.startsWith("/sign-in")) return "/";
  return to;
}
