import { type EmailLikeness, emailLikeness, emailPoints, emailText } from "./email.ts";
import { type NameLikeness, nameLikeness, nameText } from "./name-likeness.ts";
import { namePoints } from "./name-points.ts";
import { numberLikeness, numberPoints, numberText } from "./number.ts";
import { type PhoneLikeness, phoneLikeness, phonePoints, phoneText } from "./phone.ts";
import type { Profile } from "./profile.ts";
import { sameClass } from "./token.ts";

/*
 * How near two records are: points for what speaks for one thing, off for what speaks against it. The sum is a number by
 * which a list is sorted; it is no probability.
 */

/** Pairs with fewer points are not shown. The same name with another e-mail has 56, and two equal values beside it are above 100. */
export const scoreMin = 40;

/** How many records of a side, whichever has more of them, carry these names. */
export type NameCount = (a: Profile, b: Profile) => number;

/** Off for each doubling of the records that have the name: the seventh Maria García is hardly the one looked for. */
const commonNameCost = 4;
const commonNameCostMax = 20;

/**
 * Null where nothing says that the two may be one.
 *
 * Something must speak for a pair by itself: a name that is alike, a number, an e-mail or a phone that is the same, or a
 * number with a slip together with a word of the name. The search looks for exactly these, so that it misses none.
 */
export function scoreOf(a: Profile, b: Profile, nameCount: NameCount): number | null {
  const name = nameLikeness(a.name, b.name);
  const near = isNearName(name);
  const numbers = numbersOf(a, b);
  const email = nearestEmail(a, b);
  const phone = nearestPhone(a, b);
  const isTold =
    near ||
    numbers.same ||
    email?.kind === "same" ||
    (email?.kind === "same-local" && email.telling) ||
    phone?.kind === "same" ||
    phone?.kind === "same-last" ||
    (numbers.slip && shareWord(a, b));
  if (!isTold) return null;
  const points =
    namePoints(a.name, b.name, name) +
    numbers.points +
    (email ? emailPoints(email) : 0) +
    (phone ? phonePoints(phone) : 0);
  const cost = near ? commonCost(nameCount(a, b)) : 0;
  return Math.round(points - cost);
}

function isNearName({ kind }: NameLikeness): boolean {
  return kind === "same" || kind === "swapped" || kind === "alike" || kind === "initial";
}

function numbersOf(a: Profile, b: Profile) {
  let [points, same, slip] = [0, false, false];
  for (const one of a.numbers) {
    for (const other of b.numbers) {
      if (one.field !== other.field) continue;
      const likeness = numberLikeness(one, other);
      points += numberPoints(likeness);
      if (likeness.kind === "same" || likeness.kind === "same-digits") same = true;
      else if (likeness.kind !== "other") slip = true;
    }
  }
  return { points, same, slip };
}

/** The likeness of the two addresses that are nearest to each other. */
function nearestEmail(a: Profile, b: Profile): EmailLikeness | null {
  let best: EmailLikeness | null = null;
  for (const one of a.emails) {
    for (const other of b.emails) {
      const found = emailLikeness(one, other);
      if (best === null || emailPoints(found) > emailPoints(best)) best = found;
    }
  }
  return best;
}

function nearestPhone(a: Profile, b: Profile): PhoneLikeness | null {
  let best: PhoneLikeness | null = null;
  for (const one of a.phones) {
    for (const other of b.phones) {
      const found = phoneLikeness(one, other);
      if (best === null || phonePoints(found) > phonePoints(best)) best = found;
    }
  }
  return best;
}

function shareWord(a: Profile, b: Profile): boolean {
  return a.name.tokens.some((one) => b.name.tokens.some((other) => sameClass(one, other)));
}

function commonCost(records: number): number {
  return Math.min(commonNameCostMax, commonNameCost * Math.log2(records));
}

export interface Told {
  readonly speaksFor: readonly string[];
  readonly speaksAgainst: readonly string[];
}

/** What speaks for one thing and what against it, each as a part of a sentence. */
export function tell(a: Profile, b: Profile, nameCount: NameCount): Told {
  const speaksFor: string[] = [];
  const speaksAgainst: string[] = [];
  const put = (points: number, text: string) => (points > 0 ? speaksFor : speaksAgainst).push(text);
  const name = nameLikeness(a.name, b.name);
  const near = isNearName(name);
  put(near ? 1 : -1, nameText(a.name, b.name, name));
  for (const one of a.numbers) {
    const other = b.numbers.find(({ field }) => field === one.field);
    const likeness = other && numberLikeness(one, other);
    if (likeness) put(numberPoints(likeness), numberText(one, other, likeness));
  }
  for (const part of [emailTold(a, b), phoneTold(a, b)]) if (part) put(part.points, part.text);
  const common = nameCount(a, b);
  if (near && common > 1) speaksAgainst.push(`${common} records have this name`);
  return { speaksFor, speaksAgainst: [...speaksAgainst, ...suffixText(a, b)] };
}

interface Part {
  readonly points: number;
  readonly text: string;
}

function emailTold(a: Profile, b: Profile): Part | null {
  const parts = a.emails.flatMap((one) =>
    b.emails.map((other): Part => {
      const likeness = emailLikeness(one, other);
      return { points: emailPoints(likeness), text: emailText(one, other, likeness) };
    }),
  );
  return mostTelling(parts);
}

function phoneTold(a: Profile, b: Profile): Part | null {
  const parts = a.phones.flatMap((one) =>
    b.phones.map((other): Part => {
      const likeness = phoneLikeness(one, other);
      return { points: phonePoints(likeness), text: phoneText(one, other, likeness) };
    }),
  );
  return mostTelling(parts);
}

function mostTelling(parts: readonly Part[]): Part | null {
  return parts.reduce<Part | null>(
    (best, part) => (best === null || part.points > best.points ? part : best),
    null,
  );
}

function suffixText(a: Profile, b: Profile): readonly string[] {
  const [one, other] = [a.name.suffix, b.name.suffix];
  if (one === other) return [];
  return one === "" || other === ""
    ? [`"${one || other}" stands behind one of the names`]
    : [`"${one}" and "${other}" stand behind the names`];
}
