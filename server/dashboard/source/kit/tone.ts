import type { IconName } from "./icon-paths.ts";

/** What a colour means. */
export type Tone = "good" | "warn" | "bad" | "info" | "quiet";

/** A status: an icon, a word and a colour that say the same. */
export interface PillWords {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName;
}
