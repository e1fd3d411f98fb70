import { digest } from "../../value/digest.ts";
import { tolerantSignature } from "./empty-fields.ts";
import { type Focus, type LibraryFunction, surroundings } from "./function.ts";
import { standard } from "./standard.ts";

/* Time and chance, bound to the run and to the record, so that the same plan can be made again. */

export const runFunctions: readonly LibraryFunction[] = [
  {
    name: "now",
    signature: "<s?s?:s>",
    usage: "$now([picture[, offset]])",
    about: "The time at which the run began, as in JSONata.",
    call(this: Focus, picture: string | undefined, offset: string | undefined) {
      return standard("fromMillis").implementation.call(
        this,
        began(this).getTime(),
        picture,
        offset,
      );
    },
  },
  {
    name: "millis",
    signature: "<:n>",
    usage: "$millis()",
    about: "The time at which the run began, in milliseconds since 1970.",
    call(this: Focus) {
      return began(this).getTime();
    },
  },
  {
    name: "toMillis",
    signature: tolerantSignature("toMillis"),
    usage: "$toMillis(text[, picture])",
    about:
      "As in JSONata; null gives null, a time without an offset is UTC, and what the text leaves open is taken from the run.",
    call(this: Focus, text: string | null | undefined, picture: string | undefined) {
      if (text === null) return null;
      const environment = { timestamp: began(this), lookup: () => undefined };
      const complete = picture === undefined && text !== undefined ? inUtc(text) : text;
      return standard("toMillis").implementation.call({ environment }, complete, picture);
    },
  },
  {
    name: "random",
    signature: "<:n>",
    usage: "$random()",
    about: "A number from 0 up to 1; for one record the same in every run.",
    call(this: Focus) {
      return surroundings(this).random();
    },
  },
  {
    name: "shuffle",
    signature: "<a:a>",
    usage: "$shuffle(list)",
    about: "The list in another order; for one record the same in every run.",
    call(this: Focus, list: readonly unknown[] | undefined) {
      if (list === undefined || list.length <= 1) return list;
      const { random } = surroundings(this);
      const drawn = list.map((value) => ({ value, at: random() }));
      return drawn.sort((a, b) => a.at - b.at).map(({ value }) => value);
    },
  },
];

function began(focus: Focus): Date {
  return surroundings(focus).scope.now;
}

/** JavaScript reads a time without an offset in the time zone of the machine. */
function inUtc(text: string): string {
  return /T[\d:.]+$/.test(text) ? `${text}Z` : text;
}

/** A sequence of numbers from 0 up to 1 that depends on the text alone (mulberry32). */
export function randomFrom(seed: string): () => number {
  let state: number | undefined;
  return () => {
    state = ((state ?? Number.parseInt(digest(seed).slice(0, 8), 16)) + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
