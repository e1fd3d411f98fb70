import { placeText } from "../../engine/config/place.ts";
import type { WrongPair } from "../../engine/links/check-pairs.ts";
import { recordsText } from "../../engine/links/entry.ts";
import type { Intent, Link } from "../../engine/state/store.ts";
import { addressText } from "../../engine/value/address.ts";
import type { TextOptions } from "./paint.ts";
import { timeText } from "./time-text.ts";
import { visible } from "./visible.ts";
import { count, figure } from "./words.ts";

/** Lines of a list on a terminal; a pipe gets all of them. */
const shownMax = 20;

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
    const written =
      link.writtenAt.getTime() === 0 ? "nothing written yet" : timeText(link.writtenAt, timeZone);
    const about = `${link.mapping}/${link.rule}, ${origins[link.origin]}, ${written}`;
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

export interface ExportedLinks {
  readonly mapping: string;
  readonly files: readonly string[];
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly leftOut: readonly { readonly link: Link; readonly because: string }[];
}

/** What `link export` has written, mapping by mapping, and what it could not write. */
export function exportText(exports: readonly ExportedLinks[], options: TextOptions): string {
  const { paint } = options;
  const lines = exports.flatMap(({ mapping, files, added, changed, unchanged, leftOut }) => {
    const into = files.length > 0 ? `; written into ${files.map(visible).join(", ")}` : "";
    const figures = `${figure(added)} added, ${figure(changed)} changed, ${figure(unchanged)} as before`;
    const out = leftOut.length > 0 ? `, ${figure(leftOut.length)} left out` : "";
    return [
      `${paint("bold", visible(mapping))}: ${figures}${out}${into}.`,
      ...shortened(leftOut, options, ({ link, because }) => {
        const pair = recordsText({ records: [link.source, link.target] });
        return `  ${paint("yellow", "left out")}  ${visible(pair)}\n            ${visible(because)}`;
      }),
    ];
  });
  return `${lines.join("\n")}\n`;
}

/** Pairs that cannot be brought in, each with its place and the reason. */
export function wrongText(wrong: readonly WrongPair[], options: TextOptions): string {
  const lines = shortened(wrong, options, ({ pair, because }) => {
    const place = options.paint("bold", visible(placeText(pair.at)));
    return `${place}: ${visible(recordsText(pair))}\n  ${visible(because)}`;
  });
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

/** What came of `link import`. */
export function importText(
  result: {
    readonly tied: number;
    readonly linkedAlready: number;
    readonly files: readonly string[];
    readonly wrong: readonly WrongPair[];
  },
  options: TextOptions,
): string {
  const { tied, linkedAlready, files, wrong } = result;
  const left = wrong.length > 0 ? `, ${figure(wrong.length)} left out` : "";
  const lines = [
    `Linked ${count(tied, "pair")}; ${figure(linkedAlready)} linked already${left}.`,
    ...(files.length > 0 ? [`Written into ${files.map(visible).join(", ")}: commit it.`] : []),
    `See what follows from it: syncctl plan${options.inFolder ?? ""}`,
  ];
  return `${wrongText(wrong, options)}${lines.join("\n")}\n`;
}

function shortened<T>(
  all: readonly T[],
  { brief, paint }: TextOptions,
  line: (one: T) => string,
): readonly string[] {
  const shown = brief ? all.slice(0, shownMax) : all;
  const more = all.length - shown.length;
  return [...shown.map(line), ...(more > 0 ? [paint("dim", `... and ${figure(more)} more`)] : [])];
}
