import { resolve } from "node:path";
import type { Project } from "../../engine/config/project.ts";
import { entryOf, type RightPair } from "../../engine/links/check-pairs.ts";
import { decisionsOf } from "../../engine/links/decide.ts";
import { decisionBook } from "../../engine/links/decision-book.ts";
import type { LinksEntry } from "../../engine/links/entry.ts";
import { linksFileOf, type WrittenFile } from "../../engine/links/links-file.ts";
import { linkingRules } from "../../engine/links/rules-between.ts";
import { saveLinks } from "../../engine/links/save-links.ts";
import { systemClock } from "../../engine/run/clock.ts";
import { userName } from "../surroundings.ts";
import type { Trouble } from "../trouble.ts";
import { today } from "./day.ts";
import type { Records } from "./look-up.ts";

/** Writes pairs into the links files of their mappings, unless they stand there already. */
export async function decideAll(
  project: Project,
  pairs: readonly RightPair[],
  about: {
    readonly by: string | undefined;
    readonly records: Records;
    readonly flags: { readonly project: string };
  },
): Promise<{ readonly files: readonly WrittenFile[] } | Trouble> {
  if (pairs.length === 0) return { files: [] };
  const by = about.by ?? (await userName(resolve(about.flags.project)));
  const files: WrittenFile[] = [];
  for (const mapping of project.mappings) {
    const own = pairs.filter(({ link }) => link.mapping === mapping.name);
    if (own.length === 0) continue;
    const file = linksFileOf(project, mapping.name, undefined);
    const book = decisionBook(mapping.decisions);
    const rules = linkingRules(mapping);
    const add: LinksEntry[] = [];
    for (const one of own) {
      const entry = entryFor(one, by, about.records);
      const decisions = decisionsOf({ ...entry, at: one.pair.at }, rules);
      if (decisions.every((decision) => book.clash(decision) !== null)) continue;
      for (const decision of decisions) book.add(decision);
      add.push(entry);
    }
    const written =
      typeof file === "string"
        ? await saveLinks(project, { file, mapping: mapping.name }, { add })
        : file;
    if (written !== null && "code" in written) {
      for (const before of files) await before.undo();
      return written;
    }
    if (written) files.push(written);
  }
  return { files };
}

function entryFor({ pair, link }: RightPair, by: string, { nameOf }: Records): LinksEntry {
  const names = new Set([link.source, link.target].flatMap((record) => nameOf(record) ?? []));
  return {
    by,
    why: `Imported from ${pair.at.file}.`,
    ...entryOf(pair, link),
    ...(names.size > 0 ? { name: [...names].join(" = ") } : {}),
    on: today(systemClock),
  };
}
