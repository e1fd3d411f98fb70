const dayMs = 86_400_000;

/** Days that a token is good for at most: ten years. */
const daysMax = 3_650;

/** When a token ends by the word of a person; null when the word says nothing. A day is meant to its end, in UTC. */
export function expiryOf(word: string, now: Date): Date | null {
  const days = Number(/^(\d{1,5})d$/.exec(word)?.[1] ?? Number.NaN);
  if (days >= 1 && days <= daysMax) return new Date(now.getTime() + days * dayMs);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(word)) return null;
  const start = new Date(`${word}T00:00:00Z`);
  const isDay = !Number.isNaN(start.getTime()) && start.toISOString().startsWith(word);
  return isDay ? new Date(start.getTime() + dayMs) : null;
}
