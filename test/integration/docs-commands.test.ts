import { describe, expect, test } from "vitest";
import { exitCode } from "../../cli/exit-code.ts";
import { coded, readPage, tablesWith } from "../support/markdown.ts";
import { filesBelow } from "../support/source-tree.ts";

/* cli/README.md has every command with every flag and argument, and none that is not there. */

const page = readPage("cli/README.md");

/** As files: the index of a topic is the topic itself. */
const names = filesBelow("cli/commands").map(({ path }) =>
  path.replace(/^cli\/commands\/|(\/index)?\.ts$/g, "").replace("/", " "),
);

interface Command {
  readonly flags?: Readonly<Record<string, { readonly char?: string }>>;
  readonly args?: Readonly<Record<string, { readonly required?: boolean }>>;
}

async function commandOf(name: string): Promise<Command> {
  const { path } = filesBelow("cli/commands").find((file) =>
    [`cli/commands/${name.replace(" ", "/")}.ts`, `cli/commands/${name}/index.ts`].includes(
      file.path,
    ),
  ) ?? { path: "" };
  const { default: command } = await import(/* @vite-ignore */ `../../${path}`);
  return command;
}

/** `syncctl link add SOURCE TARGET` */
const titles = page.headings.flatMap(({ title }) => /^`syncctl (.*)`$/.exec(title)?.[1] ?? []);

test("every command has a section, and every section is a command", () => {
  const told = titles.map((title) => title.replace(/ \[?[A-Z].*$/, ""));
  expect(told.toSorted()).toEqual(names.toSorted());
});

describe.each(titles)("syncctl %s", (title) => {
  const name = title.replace(/ \[?[A-Z].*$/, "");

  test("has its arguments in the heading", async () => {
    const { args = {} } = await commandOf(name);
    const told = Object.entries(args).map(([argument, { required }]) =>
      required ? argument.toUpperCase() : `[${argument.toUpperCase()}]`,
    );
    expect(title).toBe([name, ...told].join(" "));
  });

  test("has a row for every flag, long and short, and for no other", async () => {
    const { flags = {} } = await commandOf(name);
    const there = Object.entries(flags).flatMap(([long, { char }]) => [
      `--${long}`,
      ...(char === undefined ? [] : [`-${char}`]),
    ]);
    const rows = tablesWith(page, "flag").filter((table) => table.title === `\`syncctl ${title}\``);
    const told = rows.flatMap((table) => table.rows.flatMap((row) => coded(row["flag"] ?? "")));
    expect(told.map((flag) => flag.split(" ")[0]).toSorted()).toEqual(there.toSorted());
  });
});

test("the exit codes are those of the code", () => {
  const [table] = tablesWith(page, "code");
  expect(table?.rows.map((row) => Number(row["code"]))).toEqual(Object.values(exitCode));
});

test("the completion that comes with a package of oclif is explained", () => {
  expect(page.text).toContain("`syncctl autocomplete`");
});
