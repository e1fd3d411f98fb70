import type { Binding } from "../../engine/state/binding.ts";
import type { TextOptions } from "./paint.ts";
import { timeText } from "./time-text.ts";
import { visible } from "./visible.ts";

/** One paragraph a mapping: its accounts, and which side is right by definition. */
export function accountsText(
  bindings: readonly Binding[],
  { paint, timeZone }: TextOptions,
): string {
  if (bindings.length === 0) {
    return "No mapping is bound yet; the first `syncctl link` or `syncctl apply` binds it.\n";
  }
  const paragraphs = bindings.map(({ mapping, accounts, systemOfRecord, at }) => [
    `${paint("bold", visible(mapping))}  ${paint("dim", `since ${timeText(at, timeZone)}; system of record ${systemOfRecord}`)}`,
    ...accounts.map(
      ({ title, account, connection }) =>
        `  ${visible(`${title} ${account}`)}  ${paint("dim", `connection ${connection}`)}`,
    ),
  ]);
  return `${paragraphs.flat().join("\n")}\n`;
}
