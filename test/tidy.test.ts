import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { codes } from "../engine/codes.ts";
import { codesDocument } from "./support/codes-document.ts";
import {
  ambientUse,
  declaresTests,
  isFunction,
  spokenText,
  testSwitch,
  waits,
} from "./support/source-rules.ts";
import {
  filesBelow,
  type Import,
  importsOf,
  nodeAt,
  parseSource,
  root,
  type Source,
  type SyntaxNode,
  walk,
} from "./support/source-tree.ts";

/* The repository checks itself. Every rule is about all files at once, so that a new file cannot be forgotten. */

const files = filesBelow(".");
const sources = files.filter((file) => /\.(tsx?|js|mjs)$/.test(file.path)).map(parseSource);
const programs = sources.filter((source) => !source.path.startsWith("test/"));

/** `path:line what`, one for each breach; the lists in the expectations below are empty. */
type Breaches = readonly string[];

describe("layers", () => {
  /** First match decides. What a file may import from the project, as beginnings of paths. */
  const allowed: readonly (readonly [from: string, to: readonly string[]])[] = [
    ["engine/", ["engine/"]],
    ["connectors/registry.ts", ["connectors/", "engine/connector/"]],
    ["connectors/simulators.ts", ["connectors/"]],
    ["connectors/http/", ["connectors/http/", "engine/connector/", "engine/value/"]],
    ["connectors/", ["connectors/http/", "engine/connector/", "engine/value/"]],
    // What turns plans, logs and explanations into text knows neither a terminal nor a page; both use it.
    ["cli/render/", ["cli/render/", "engine/"]],
    ["cli/", ["cli/", "engine/", "server/", "connectors/registry.ts", "connectors/simulators.ts"]],
    ["server/", ["server/", "engine/", "connectors/registry.ts", "cli/render/"]],
    ["mappings/", ["mappings/", "engine/"]],
  ];

  test("files import only what their layer may know", () => {
    expect(
      programs.flatMap((source) => {
        const rule = allowed.find(([from]) => source.path.startsWith(from));
        if (rule === undefined) return [];
        const own = /^connectors\/[^/]+\//.exec(source.path)?.[0] ?? source.path;
        return projectImports(source)
          .filter(({ target }) => ![...rule[1], own].some((to) => target.startsWith(to)))
          .map(({ line, target }) => `${source.path}:${line} imports ${target}`);
      }),
    ).toEqual([]);
  });

  test("what is imported can be read off the file", () => {
    expect(
      programs.flatMap((source) =>
        breaches(source, (node) =>
          node.type === "ImportExpression" && nodeAt(node, "source")?.type !== "Literal"
            ? "imports a path that is worked out"
            : undefined,
        ),
      ),
    ).toEqual([]);
  });

  test("the database is known to engine/state/postgres alone", () => {
    const drivers = /^(#drizzle|drizzle-orm|drizzle-kit|postgres|pg|@electric-sql\/.*)(\/|$)/;
    expect(
      programs
        .filter((source) => !source.path.startsWith("engine/state/postgres/"))
        .flatMap((source) => packageImports(source, (specifier) => drivers.test(specifier))),
    ).toEqual([]);
  });

  test("the engine opens no socket", () => {
    const network =
      /^(node:)?(https?|http2|net|tls|dgram|dns)$|^(undici|fastify)(\/|$)|^@fastify\//;
    expect(
      programs
        .filter((source) => source.path.startsWith("engine/"))
        .flatMap((source) => packageImports(source, (specifier) => network.test(specifier))),
    ).toEqual([]);
  });

  test("in engine/plan only gather.ts waits for anything", () => {
    expect(
      programs
        .filter((source) => source.path.startsWith("engine/plan/"))
        .filter((source) => source.path !== "engine/plan/gather.ts")
        .flatMap((source) => breaches(source, waits)),
    ).toEqual([]);
  });

  test("the engine names no system", () => {
    expect(textBreaches("engine/", /procore|smart.?barrel|labor.?chart|workforce/i)).toEqual([]);
  });
});

describe("size", () => {
  // Limits move only downwards.
  const fileLinesMax = 400;
  const functionLinesMax = 70;

  test(`no file has more than ${fileLinesMax} lines`, () => {
    expect(
      sources
        .map((source) => ({ path: source.path, lines: source.text.trimEnd().split("\n").length }))
        .filter(({ lines }) => lines > fileLinesMax),
    ).toEqual([]);
  });

  test(`no function has more than ${functionLinesMax} lines`, () => {
    expect(
      sources.flatMap((source) =>
        breaches(source, (node) => {
          const lines = source.line(node.end) - source.line(node.start) + 1;
          if (!isFunction(node) || lines <= functionLinesMax || declaresTests(node))
            return undefined;
          return `a function of ${lines} lines`;
        }),
      ),
    ).toEqual([]);
  });
});

describe("nothing ambient", () => {
  /** The files whose point it is to touch the world around the process, and what each may touch. */
  const named: Readonly<
    Record<string, { readonly uses: readonly string[]; readonly why: string }>
  > = {
    "engine/run/clock.ts": { uses: ["new Date()", "setTimeout"], why: "it is the clock" },
    "engine/expression/turn.ts": {
      uses: ["timers/promises", "setImmediate"],
      why: "lets timers fire while expressions are worked out",
    },
    "engine/state/process-identity.ts": {
      uses: ["process"],
      why: "tells whether the process that holds the state folder is alive",
    },
    "engine/state/folder-lock.ts": {
      uses: ["process"],
      why: "lets go of the state folder when the process ends",
    },
    "connectors/http/simulator/real-time.ts": {
      uses: ["timers/promises", "Date.now"],
      why: "what simulators take for the time unless they are given another",
    },
    "server/workspaces/run-git.ts": {
      uses: ["child_process"],
      why: "runs the git of the system",
    },
    "server/dashboard/source/surroundings.ts": {
      uses: ["Date.now", "setTimeout", "fetch"],
      why: "what the pages get from the browser around them",
    },
    "cli/bin/run.js": { uses: ["process"], why: "the entry of the command line" },
    "cli/main.ts": { uses: ["process"], why: "answers --version and sets the exit code" },
    "cli/terminal.ts": { uses: ["process"], why: "standard input, output and error" },
    "cli/interrupt.ts": { uses: ["process"], why: "Ctrl-C" },
    "cli/surroundings.ts": {
      uses: ["process", "child_process", "Math.random", "randomBytes"],
      why: "what the engine gets from the process around it",
    },
  };

  test("time, chance, environment, network and console are used in named files only", () => {
    expect(
      programs.flatMap((source) =>
        breaches(source, ambientUse).filter(
          (breach) => !named[source.path]?.uses.some((use) => breach.endsWith(` ${use}`)),
        ),
      ),
    ).toEqual([]);
  });

  test("every named file still needs what it is named for", () => {
    expect(
      Object.entries(named).flatMap(([path, { uses }]) => {
        const source = programs.find((each) => each.path === path);
        const found = source === undefined ? [] : breaches(source, ambientUse);
        return uses
          .filter((use) => !found.some((breach) => breach.endsWith(` ${use}`)))
          .map((use) => `${path} no longer uses ${use}`);
      }),
    ).toEqual([]);
  });
});

describe("codes", () => {
  test("engine/CODES.md documents every code and no other", () => {
    const path = join(root, "engine/CODES.md");
    if (process.env["UPDATE_DOCUMENTS"] === "1") writeFileSync(path, codesDocument());
    expect(readFileSync(path, "utf8")).toBe(codesDocument());
  });

  test("no code has two meanings", () => {
    const rows: readonly string[] = codesDocument().match(/^\| `[a-z-]+` \|/gm) ?? [];
    expect(rows.filter((row, index) => rows.indexOf(row) !== index)).toEqual([]);
    expect(rows).toHaveLength(Object.keys(codes).length);
  });

  test("every code is reached by a test", () => {
    const tests = files
      .filter((file) => file.path.startsWith("test/") && file.path !== "test/tidy.test.ts")
      .filter((file) => file.path !== "test/support/codes-document.ts")
      .map((file) => file.text)
      .join("\n");
    // As a value, or as it is printed.
    const reached = (code: string) =>
      new RegExp(`["'\`]${code}["'\`]|(error|warning|Refused) +${code}:|[(]${code}[)]`).test(tests);
    expect(Object.keys(codes).filter((code) => !reached(code))).toEqual([]);
  });

  test("titles and remedies are sentences a person can act on", () => {
    expect(
      Object.entries(codes)
        .filter(([, entry]) => /[.!]$/.test(entry.title) || !/\.$/.test(entry.remedy))
        .map(([code]) => code),
    ).toEqual([]);
  });
});

describe("words", () => {
  test("one word, one meaning", () => {
    // Words that the glossary rules out, as they would stand in messages, comments and documents.
    const ruledOut =
      /\b(adapters?|plug-?ins?|integrations?|entit(y|ies)|xrefs?|dry[ -]?runs?|mutex(es)?)\b/i;
    // oclif calls its extensions so, and one of them brings the completion of the shell.
    const oclif = /oclif/;
    expect(
      sources
        .filter((source) => /^(engine|cli)\//.test(source.path))
        .flatMap((source) =>
          spokenText(source)
            .filter(({ text }) => ruledOut.test(text) && !oclif.test(text))
            .map(({ text, line }) => `${source.path}:${line} ${ruledOut.exec(text)?.[0]}`),
        ),
    ).toEqual([]);
  });

  test("nothing is left for later", () => {
    expect(textBreaches("", /\b(TODO|FIXME|XXX|HACK)\b/, ["test/tidy.test.ts"])).toEqual([]);
  });

  test("no test is switched off or runs alone", () => {
    expect(
      sources
        .filter((source) => source.path.startsWith("test/"))
        .flatMap((source) => breaches(source, testSwitch)),
    ).toEqual([]);
  });

  test("no file speaks of the machine it was written on", () => {
    const elsewhere = /(^|[^\w.}])\/(root|home|Users|mnt|private)\/[\w.]/m;
    expect(textBreaches("", elsewhere, ["test/tidy.test.ts"])).toEqual([]);
  });
});

describe("packages", () => {
  const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

  test("the lock file names no download address", () => {
    expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toMatch(
      /"resolved"|https?:\/\/[^"]*registry/,
    );
  });

  test("versions are exact", () => {
    const groups = ["dependencies", "devDependencies", "optionalDependencies"] as const;
    const versions = groups.flatMap((group) =>
      Object.entries((manifest as Record<typeof group, Record<string, string>>)[group]),
    );
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+[\w.-]*$/.test(version))).toEqual([]);
  });
});

function breaches(
  source: Source,
  judge: (node: SyntaxNode, parent: SyntaxNode | null) => string | undefined,
): Breaches {
  const found: string[] = [];
  for (const [node, parent] of walk(source.program)) {
    const breach = judge(node, parent);
    if (breach !== undefined) found.push(`${source.path}:${source.line(node.start)} ${breach}`);
  }
  return found;
}

function textBreaches(below: string, pattern: RegExp, except: readonly string[] = []): Breaches {
  return files
    .filter((file) => file.path.startsWith(below) && !except.includes(file.path))
    .filter((file) => file.path !== "package-lock.json" && file.path !== "LICENSE")
    .flatMap((file) =>
      file.text
        .split("\n")
        .flatMap((text, index) =>
          pattern.test(text) ? [`${file.path}:${index + 1} ${text.trim()}`] : [],
        ),
    );
}

function projectImports(source: Source): readonly (Import & { readonly target: string })[] {
  return importsOf(source)
    .filter(({ specifier }) => specifier.startsWith("."))
    .map((each) => ({ ...each, target: normalize(join(dirname(source.path), each.specifier)) }));
}

function packageImports(source: Source, judge: (specifier: string) => boolean): Breaches {
  return importsOf(source)
    .filter(({ specifier }) => judge(specifier))
    .map(({ specifier, line }) => `${source.path}:${line} imports ${specifier}`);
}
