import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { readPage } from "../support/markdown.ts";
import { root } from "../support/source-tree.ts";

/* What holds for every page of the documentation: it leads somewhere, and it speaks the words of the glossary. */

const paths = [
  "mappings/README.md",
  "mappings/TUTORIAL.md",
  "connectors/README.md",
  "connectors/procore/README.md",
  "connectors/smartbarrel/README.md",
  "connectors/workforce-planning/README.md",
  "cli/README.md",
  "server/README.md",
];

describe.each(paths)("%s", (path) => {
  const page = readPage(path);

  test("has links that lead to a page, and to a heading of it", () => {
    const inside = page.links.filter((link) => !/^https?:/.test(link));
    expect(inside.length).toBeGreaterThan(0);
    for (const link of inside) {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? path : normalize(join(dirname(path), file));
      expect(existsSync(join(root, target)), link).toBe(true);
      if (anchor === undefined) continue;
      expect(
        readPage(target).headings.map((heading) => heading.anchor),
        link,
      ).toContain(anchor);
    }
  });

  test("names files that are there", () => {
    const named = page.text.matchAll(
      /`((?:engine|connectors|cli|test|mappings|server)\/[\w./-]+)`/g,
    );
    // Patterns and places in a project of one's own are not files of this one.
    const files = [...named]
      .map(([, name = ""]) => name)
      .filter((name) => !/^mappings\//.test(name));
    expect(files.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });

  test("uses the words of the glossary", () => {
    const ruledOut =
      /\b(adapters?|plug-?ins?|entit(y|ies)|xrefs?|dry[ -]?runs?|mutex(es)?|tenants?)\b/i;
    expect(page.text.split("\n").filter((line) => ruledOut.test(line))).toEqual([]);
  });
});

test("whoever reads one page finds every other one", () => {
  const leadsTo = new Map(
    paths.map((path) => [
      path,
      readPage(path)
        .links.filter((link) => !/^https?:/.test(link))
        .map((link) => normalize(join(dirname(path), link.split("#")[0] ?? ""))),
    ]),
  );
  for (const start of paths) {
    const found = new Set([start]);
    for (const path of found) for (const next of leadsTo.get(path) ?? []) found.add(next);
    expect(
      paths.filter((path) => !found.has(path)),
      start,
    ).toEqual([]);
  }
});
