import type { Found } from "../../engine/explain/find-records.ts";
import { addressText } from "../../engine/value/address.ts";
import type { TextOptions } from "./paint.ts";
import { labelText } from "./value-text.ts";
import { visible } from "./visible.ts";
import { figure } from "./words.ts";

/** The records that fit, one a line, to choose from. */
export function hitsText({ hits, more }: Found, options: TextOptions): string {
  const lines = hits.map(
    ({ address, label, by }) =>
      `  ${visible(addressText(address))}  ${options.paint("bold", labelText(label, options))}  ${options.paint("dim", `by ${by}`)}`,
  );
  const rest = more > 0 ? [`  and ${figure(more)} more`] : [];
  return `${[...lines, ...rest].join("\n")}\n`;
}
