import type { Clock } from "../../engine/connector/connector.ts";

/** The day where the person is who decides: `2026-11-21`. */
export function today(clock: Pick<Clock, "now">): string {
  const now = clock.now();
  const parts = [now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
  return [String(now.getFullYear()).padStart(4, "0"), ...parts].join("-");
}
