/** A text, and where each of its characters stands in the file that it was read from. */
export interface PlacedText {
  readonly text: string;
  /** The file offset of each UTF-16 unit of the text, and of its end. */
  readonly offsets: readonly number[];
}

/** A placed text under construction: everything that is added says where it comes from. */
export interface TextBuilder {
  text: string;
  readonly offsets: number[];
}

export function newText(): TextBuilder {
  return { text: "", offsets: [] };
}

/** Adds text that is written as it reads. */
export function addWritten(builder: TextBuilder, text: string, offset: number): void {
  builder.text += text;
  for (let index = 0; index < text.length; index += 1) builder.offsets.push(offset + index);
}

/** Adds text that stands for something else in the file, such as an escape or a folded line break. */
export function addMade(builder: TextBuilder, text: string, offset: number): void {
  builder.text += text;
  for (let index = 0; index < text.length; index += 1) builder.offsets.push(offset);
}

export interface Line {
  readonly text: string;
  readonly offset: number;
}

/** The lines of a part of a file, without their ends. */
export function linesOf(source: string, offset: number): readonly Line[] {
  let at = offset;
  return source.split("\n").map((line, index, all) => {
    const start = at;
    at += line.length + 1;
    const last = index === all.length - 1;
    return { text: last ? line : line.replace(/\r$/, ""), offset: start };
  });
}
