/** Ids shaped as UUIDs, in an order that is the same in every run, and none of them twice. */
export interface Ids {
  next(): string;
  /** Whatever looks like an id of ours in this text will not be given out. */
  reserve(text: string): void;
}

const beginning = "5eed0000-0000-4000-8000-";

export function createIds(): Ids {
  let last = 0;
  return {
    next() {
      last += 1;
      return beginning + last.toString(16).padStart(12, "0");
    },
    reserve(text) {
      for (const [, hex = "0"] of text.matchAll(new RegExp(`${beginning}([0-9a-f]{12})`, "g"))) {
        last = Math.max(last, Number.parseInt(hex, 16));
      }
    },
  };
}
