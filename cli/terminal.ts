import { createInterface } from "node:readline";
import { type Paint, paintFor, type TextOptions } from "./render/paint.ts";

/** The two streams that a command writes to, and what is known about who reads them. */
export interface Terminal {
  readonly out: (text: string) => void;
  /** Resolves once the text was handed on, so that a slow reader is waited for; false when the reader has left. */
  readonly handOut: (text: string) => Promise<boolean>;
  readonly err: (text: string) => void;
  /** Whether a person at a terminal reads what is written there, and answers. */
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly inIsTerminal: boolean;
  readonly columns: number;
  readonly outPaint: Paint;
  readonly errPaint: Paint;
}

/** Assumed for a terminal that does not tell. */
const usualColumns = 80;

export const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  handOut: (text) =>
    new Promise((resolve) => process.stdout.write(text, (error) => resolve(!error))),
  err: (text) => void process.stderr.write(text),
  outIsTerminal: process.stdout.isTTY === true,
  errIsTerminal: process.stderr.isTTY === true,
  inIsTerminal: process.stdin.isTTY === true,
  columns: process.stderr.columns ?? usualColumns,
  outPaint: paintFor(process.stdout),
  errPaint: paintFor(process.stderr),
};

/** How text for standard output is written: brief on a terminal unless everything was asked for, whole in a pipe. */
export function outText(options: {
  readonly all: boolean;
  readonly project?: string;
}): TextOptions {
  const brief = terminal.outIsTerminal && !options.all;
  return { paint: terminal.outPaint, brief, inFolder: inFolder(options.project) };
}

/** What a command that we advise needs to work on the same project: ` -C <folder>`, or nothing. */
export function inFolder(project: string | undefined): string {
  return project === undefined || project === "." ? "" : ` -C ${project}`;
}

/** Asks a person. Only the whole word is taken for it; Ctrl-C and the end of the input are a no. */
export function saysYes(question: string, signal: AbortSignal): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  let answered = false;
  return new Promise((resolve) => {
    lines.on("close", () => {
      resolve(false);
      if (!answered) process.stderr.write("\n");
    });
    signal.addEventListener("abort", () => lines.close(), { once: true });
    lines.question(`${question} Only "yes" is taken for it: `, (answer) => {
      answered = true;
      resolve(answer.trim() === "yes");
      lines.close();
    });
  });
}
