import { Icon } from "./icon.tsx";
import type { PillWords } from "./tone.ts";

export type { PillWords, Tone } from "./tone.ts";

/** Shows a status. */
export function Pill({ word, tone, icon }: PillWords) {
  return (
    <span class={`pill tone-${tone}`}>
      <Icon name={icon} size={14} />
      {word}
    </span>
  );
}
