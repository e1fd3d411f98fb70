/* Invented people in any number, the same ones every time, and the mistakes that offices make with them. */

export interface Somebody {
  readonly first: string;
  readonly last: string;
  readonly email: string;
  readonly number: string;
  readonly phone: string;
}

/** Numbers from 0 up to 1, the same ones for the same seed. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const firstNames =
  "James Maria Robert Linda Jose Patricia Michael Elena David Rosa Carlos Susan Luis Karen Thomas Nancy Juan Lisa Daniel Betty Miguel Sandra Mark Ashley Jorge Donna Steven Carol Antonio Ruth Kevin Sharon Brian Laura Edward Sarah Ronald Amy Anthony Angela Ramon Brenda Jason Emma Oscar Olivia Eric Sofia Walter Irene Hector Alice Arturo Judith Roger Denise Ernesto Marta Victor Clara".split(
    " ",
  );
const beginnings =
  "Ab Al An Bar Bel Bran Cal Car Cas Dal Del Dor El Es Far Fer Gal Gar Gon Hal Har Her Is Jar Kel Kor Lan Lin Lor Mal Mar Mon Nav Nor Ol Or Pal Per Quin Ram Riv Rol Sal San Sol Tal Tor Ul Val Var Wal Yar Zam".split(
    " ",
  );
const middles = "a e i o u an en in or ar el and ing ost ber man der ent".split(" ");
const endings =
  "son sen man ley ton ford dez guez era ado ino ini elli off ski vist berg stein wood well".split(
    " ",
  );

function pick<T>(list: readonly T[], random: () => number): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}

/** Some first names are many times as common as others, as they are everywhere. */
function commonFirst<T>(list: readonly T[], random: () => number): T {
  return pick(list, () => random() ** 2);
}

/** So many people with unlike e-mail addresses and numbers; names come more than once among many. */
export function somePeople(size: number, seed = 1): readonly Somebody[] {
  const random = chance(seed);
  return Array.from({ length: size }, (_nothing, at) => {
    const first = commonFirst(firstNames, random);
    const last = `${commonFirst(beginnings, random)}${pick(middles, random)}${pick(endings, random)}`;
    return {
      first,
      last,
      email: `${first}.${last}${at}@northridge.example`.toLowerCase(),
      number: String(10_000 + ((at * 7_919) % 900_000)),
      phone: `+1 503 555 ${String(1_000_000 + at * 37).slice(-7)}`,
    };
  });
}
