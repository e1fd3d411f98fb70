import type { Intent, Link } from "../../engine/state/store.ts";
import { addressText } from "../../engine/value/address.ts";
import type { TextOptions } from "./paint.ts";
import { timeText } from "./time-text.ts";
import { visible } from "./visible.ts";
import { count } from "./words.ts";

const origins: Readonly<Record<Link["origin"], string>> = {
  matched: "matched by key",
  created: "created by syncctl",
  manual: "linked by a person",
};

/** One line a link; below them the creates and other changes whose answer was lost. */
export function linksText(
  links: readonly Link[],
  intents: readonly Intent[],
  { paint, timeZone }: TextOptions,
): string {
  const lines = links.map((link) => {
    const pair = `${addressText(link.source)} = ${addressText(link.target)}`;
    const about = `${link.mapping}/${link.rule}, ${origins[link.origin]}, ${timeText(link.writtenAt, timeZone)}`;
    return `${visible(pair)}  ${paint("dim", about)}`;
  });
  const doubts = intents.flatMap((intent) => {
    const target = intent.target === undefined ? "" : ` -> ${addressText(intent.target)}`;
    return [
      `${paint("yellow", "in doubt")}  ${intent.kind} ${visible(`${addressText(intent.source)}${target}`)}  ${paint("dim", `${intent.mapping}/${intent.rule}, ${timeText(intent.at, timeZone)}`)}`,
      `          id ${intent.changeId}`,
    ];
  });
  const sum = `${count(links.length, "link")}${intents.length > 0 ? `, ${intents.length} in doubt` : ""}`;
  return `${[...lines, ...doubts, sum].join("\n")}\n`;
}
