import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { gitEnv, type RunGit } from "./run-git.ts";
import { areStale, type Stamps, stampsOf } from "./stamps.ts";

const timeoutMs = 20_000;

/** The git checkout around some folders. */
interface Checkout {
  readonly stamps: Stamps;
  /** Absent where there is no commit yet, or git cannot tell. */
  readonly commit?: string;
  /** Absolute paths of files that differ from the commit; `gone`: those that are there no more. */
  readonly changed: ReadonlySet<string>;
  readonly gone: readonly string[];
}

/** What git knows of the folders at one time; whatever is asked of it, git itself is asked once. */
export type CommitsNow = (at: {
  readonly folder: string;
  readonly top: string;
  readonly files: readonly string[];
}) => Promise<string | undefined>;

export interface Commits {
  /**
   * For one look at all workspaces: the commit of the checkout that a folder stands in, with `-dirty` where one of the files
   * differs from it, or one of the folder is gone. `isFresh`: files have changed, so that git is asked again; else it is
   * once its own files have.
   */
  now(isFresh: boolean): CommitsNow;
}

export function commits(options: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunGit;
  readonly signal: AbortSignal;
}): Commits {
  const known = new Map<string, Checkout>();
  const env = gitEnv(options.env);

  async function checkoutAt(top: string, isFresh: boolean): Promise<Checkout> {
    const before = known.get(top);
    if (before && !isFresh && !(await areStale(before.stamps))) return before;
    const now = await look(top);
    known.set(top, now);
    return now;
  }

  async function look(top: string): Promise<Checkout> {
    const gitFolder = await gitFolderOf(top);
    const own = ["HEAD", "index", "logs/HEAD"].map((file) => join(gitFolder, file));
    const stamps = await stampsOf(own);
    const { run, signal } = options;
    const ask = (args: readonly string[]) => run({ args, cwd: top, env, timeoutMs, signal });
    const head = await ask(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
    const words = ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all"];
    const status = await ask(["--no-optional-locks", ...words]);
    if (!head.ok || !status.ok) return { stamps, changed: new Set(), gone: [] };
    const lines = status.out.split("\0").filter((line) => line !== "");
    const paths = lines.map((line) => [line.slice(0, 2), resolve(top, line.slice(3))] as const);
    return {
      stamps,
      commit: head.out.trim(),
      changed: new Set(paths.map(([, path]) => path)),
      gone: paths.filter(([state]) => state.includes("D")).map(([, path]) => path),
    };
  }

  return {
    now(isFresh) {
      const asked = new Map<string, Promise<Checkout>>();
      return async ({ folder, top, files }) => {
        const asking = asked.get(top) ?? checkoutAt(top, isFresh);
        asked.set(top, asking);
        const { commit, changed, gone } = await asking;
        if (commit === undefined) return undefined;
        const isDirty =
          files.some((file) => changed.has(file)) ||
          gone.some((path) => path.startsWith(`${folder}/`));
        return isDirty ? `${commit}-dirty` : commit;
      };
    },
  };
}

/** The folder with `.git` that a folder stands in; null where there is none. */
export async function topOf(folder: string): Promise<string | null> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await stat(join(at, ".git")).catch(() => null);
    if (found) return at;
    if (dirname(at) === at) return null;
  }
}

/** In a worktree, `.git` is a file that says where git keeps its own. */
async function gitFolderOf(top: string): Promise<string> {
  const path = join(top, ".git");
  const text = await readFile(path, "utf8").catch(() => "");
  const named = /^gitdir: (.+)$/m.exec(text)?.[1];
  return named === undefined ? path : resolve(top, named);
}
