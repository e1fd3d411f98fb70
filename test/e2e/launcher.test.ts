import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyFolder, launcher, runProcess, syncctl } from "../support/cli-run.ts";
import { root } from "../support/source-tree.ts";

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const expected = new RegExp(`^syncctl/${version} \\S+ node-v(\\d+)\\.(\\d+)`);

/** A folder with a program called `node` that says it is of this version and can do nothing else. */
function folderWithNode(major: number, minor: number): string {
  const folder = emptyFolder();
  const versionCheck = `${major} > 24 || (${major} === 24 && ${minor} >= 18)`;
  const script = `#!/bin/sh
case "$1" in
  -e) exec "${process.execPath}" -e 'process.exit(${versionCheck} ? 0 : 1)' ;;
  --version) echo v${major}.${minor}.0 ;;
  *) echo "old node ran $*" ;;
esac
`;
  writeFileSync(join(folder, "node"), script, { mode: 0o755 });
  return folder;
}

/** The launcher as it stands in a folder of its own, without the Node that npm brings. */
function launcherAlone(): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, "cli/bin"), { recursive: true });
  const alone = join(folder, "cli/bin/syncctl");
  writeFileSync(alone, readFileSync(launcher), { mode: 0o755 });
  return alone;
}

function recent(out: string): boolean {
  const [, major = 0, minor = 0] = (expected.exec(out) ?? []).map(Number);
  return major > 24 || (major === 24 && minor >= 18);
}

test.each([
  ["the oldest Node that npm runs on", 20, 20],
  ["a Node just too old", 24, 17],
])(
  "on a machine with %s, a direct call runs the Node that npm brought",
  async (_, major, minor) => {
    const path = `${folderWithNode(major, minor)}:/usr/bin:/bin`;
    const { out, code } = await runProcess(launcher, ["--version"], { env: { PATH: path } });
    expect(recent(out)).toBe(true);
    expect(code).toBe(0);
  },
);

test("npm scripts run the Node that npm brought", async () => {
  // What `npm run` does to the path, on top of a machine whose own Node is 20.20.
  const path = `${join(root, "node_modules/.bin")}:${folderWithNode(20, 20)}:/usr/bin:/bin`;
  const { out } = await runProcess("node", ["--version"], { env: { PATH: path } });
  const [major = 0, minor = 0] = out.slice(1).split(".").map(Number);
  expect(major > 24 || (major === 24 && minor >= 18)).toBe(true);
});

test("npm itself runs the demo's entry on the Node that npm brought", async () => {
  const { out } = await runProcess("npm", ["run", "--silent", "syncctl", "--", "--version"], {
    cwd: root,
  });
  expect(recent(out)).toBe(true);
});

test("a symlink from elsewhere, and one to that, find the program", async () => {
  const folder = emptyFolder();
  symlinkSync(launcher, join(folder, "first"));
  symlinkSync("first", join(folder, "second"));
  const { out } = await runProcess(join(folder, "second"), ["--version"], {
    cwd: "/",
    env: { PATH: "/usr/bin:/bin" },
  });
  expect(recent(out)).toBe(true);
});

test("with nothing in the environment, as under cron", async () => {
  const { out } = await runProcess("env", ["-i", launcher, "--version"], { cwd: "/" });
  expect(recent(out)).toBe(true);
});

test("without the Node that npm brought, an old one is refused with what to do", async () => {
  const path = `${folderWithNode(20, 20)}:/usr/bin:/bin`;
  const { out, err, code } = await runProcess(launcherAlone(), ["plan"], { env: { PATH: path } });
  expect({ out, code }).toEqual({ out: "", code: 1 });
  expect(err).toBe(
    "syncctl needs Node 24.18 or newer. Run `npm ci` in its folder, which brings one, or install it.\n",
  );
});

test("without the Node that npm brought, a recent one of the path is used", async () => {
  const path = `${folderWithNode(26, 1)}:/usr/bin:/bin`;
  const { out } = await runProcess(launcherAlone(), ["plan", "--json"], { env: { PATH: path } });
  expect(out).toMatch(/^old node ran .*cli\/bin\/run\.js plan --json/);
});

test("without any Node it says so", async () => {
  const { err, code } = await runProcess("/bin/sh", [launcherAlone()], {
    env: { PATH: folderWithTools() },
  });
  expect(code).toBe(1);
  expect(err).toContain("syncctl needs Node 24.18 or newer.");
});

/** The few programs that the launcher calls, and no node. */
function folderWithTools(): string {
  const folder = emptyFolder();
  for (const tool of ["dirname", "readlink"]) symlinkSync(`/usr/bin/${tool}`, join(folder, tool));
  return folder;
}

test("the version is answered without a project", async () => {
  const results = await Promise.all([syncctl(["--version"]), syncctl(["-v"])]);
  for (const { out, err, code } of results) {
    expect(out).toMatch(expected);
    expect({ err, code }).toEqual({ err: "", code: 0 });
  }
});
