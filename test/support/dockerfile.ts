import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./source-tree.ts";

/* A Dockerfile as far as our own needs to be understood: stages with instructions, continued lines put together. */

interface Instruction {
  readonly name: string;
  readonly words: readonly string[];
  readonly text: string;
}

export interface Stage {
  readonly name: string;
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  readonly args: Readonly<Record<string, string>>;
  readonly stages: readonly Stage[];
}

export function readDockerfile(path: string): Dockerfile {
  const lines = readFileSync(join(root, path), "utf8")
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n")
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const args: Record<string, string> = {};
  const stages: { name: string; base: string; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [name = "", ...words] = line.split(/\s+/);
    const stage = stages.at(-1);
    if (name === "FROM") {
      stages.push({ name: words[2] ?? "", base: words[0] ?? "", instructions: [] });
    } else if (stage) {
      stage.instructions.push({ name, words, text: line.slice(name.length).trim() });
    } else if (name === "ARG") {
      const [key = "", value = ""] = (words[0] ?? "").split("=");
      args[key] = value;
    }
  }
  return { args, stages };
}

export interface Copy {
  /** Name of the stage that it comes from; absent: from the folder of the build. */
  readonly from?: string;
  readonly sources: readonly string[];
  readonly target: string;
}

export function copiesOf({ instructions }: Stage): readonly Copy[] {
  return instructions
    .filter(({ name }) => name === "COPY")
    .map(({ words }) => {
      const from = words.find((word) => word.startsWith("--from="))?.slice("--from=".length);
      const paths = words.filter((word) => !word.startsWith("--"));
      const target = paths.at(-1) ?? "";
      return { ...(from && { from }), sources: paths.slice(0, -1), target };
    });
}

/** Paths of a `.dockerignore` that begins with `*`: what is let in again, and what is kept out after all. */
export function readIgnored(path: string): {
  readonly kept: readonly string[];
  readonly left: readonly string[];
} {
  const lines = readFileSync(join(root, path), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (lines[0] !== "*") throw new Error(`${path} does not begin with everything.`);
  return {
    kept: lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1)),
    left: lines.slice(1).filter((line) => !line.startsWith("!")),
  };
}
