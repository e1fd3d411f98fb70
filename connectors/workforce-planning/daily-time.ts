/** Minutes between two times that a working day can begin or end at (documented). */
const stepMinutes = 15;

const minutesPerDay = 24 * 60;

/**
 * A time of day as the product keeps it, such as `7:30 am`; null for any other text. The product takes steps of 15
 * minutes and rounds others (documented); that it rounds to the nearest is assumed, and a half is rounded up.
 */
export function dailyTime(text: string): string | null {
  const match = /^(0?[1-9]|1[0-2]):([0-5]\d) ?([ap]m)$/i.exec(text.trim());
  if (!match) return null;
  const [, hour = "", minute = "", half = ""] = match;
  const afternoon = half.toLowerCase() === "pm" ? minutesPerDay / 2 : 0;
  const told = (Number(hour) % 12) * 60 + Number(minute) + afternoon;
  const minutes = (Math.round(told / stepMinutes) * stepMinutes) % minutesPerDay;
  const hours = Math.floor(minutes / 60);
  const padded = String(minutes % 60).padStart(2, "0");
  return `${hours % 12 || 12}:${padded} ${hours < 12 ? "am" : "pm"}`;
}
