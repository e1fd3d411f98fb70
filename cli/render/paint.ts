import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Gives text a colour, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export const plainPaint: Paint = (_style, text) => text;

/** Colours on a terminal only; NO_COLOR and FORCE_COLOR are honoured. */
export function paintFor(stream: NodeJS.WritableStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}

/** How a text view is written. */
export interface TextOptions {
  readonly paint: Paint;
  /** For a reader on a terminal: long lists and long values are shortened. A pipe gets everything. */
  readonly brief: boolean;
  /** Stands behind the commands that are advised, so that they work on the same project. */
  readonly inFolder?: string;
  /** IANA name of the time zone that times are told in; the machine's own when absent. */
  readonly timeZone?: string;
}
