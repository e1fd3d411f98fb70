/*
 * The explanation of a record is the text that the command line prints: the answer first, then the steps, each with a
 * heading, lines that are set in by two blanks, and lines under these. The page gives each its place; what it does not
 * recognise stays as it is.
 */

export interface ExplanationShown {
  readonly label: string;
  readonly address: string;
  readonly answer: string;
  readonly sections: readonly ExplanationSection[];
}

export interface ExplanationSection {
  /** Of a step; absent for what happens in the end. */
  readonly number?: string;
  readonly title: string;
  /** Set in as they were, without the blanks that all of them begin with. */
  readonly text: string;
}

export function explanationShown(text: string): ExplanationShown {
  const [head = "", ...rest] = text.trimEnd().split(/\n{2,}/);
  const [first = "", ...answer] = head.split("\n");
  const { label, address } = headOf(first);
  return { label, address, answer: answer.join("\n"), sections: rest.map(sectionOf) };
}

/** `Ilse Brandvold  wfp/people/9`: two blanks stand between the name and the address. */
function headOf(line: string): { readonly label: string; readonly address: string } {
  const at = line.lastIndexOf("  ");
  return at < 0
    ? { label: line, address: "" }
    : { label: line.slice(0, at).trim(), address: line.slice(at + 2).trim() };
}

function sectionOf(block: string): ExplanationSection {
  const [heading = "", ...lines] = block.split("\n");
  const match = /^(\d+) (.+)$/.exec(heading);
  const depth = Math.min(...lines.filter((line) => line.trim() !== "").map(indentOf));
  const text = lines.map((line) => line.slice(Number.isFinite(depth) ? depth : 0)).join("\n");
  return match ? { number: match[1] ?? "", title: match[2] ?? "", text } : { title: heading, text };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
