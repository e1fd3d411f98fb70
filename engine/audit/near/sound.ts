/*
 * One text for the spellings that a name gets when it is written down by ear, in English and in Spanish. Rough on
 * purpose: it finds what may be one name, and never decides anything alone.
 */

/** In this order: later ones see what earlier ones made. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/sch|sh|ch/g, "x"],
  [/ph/g, "f"],
  [/[ck]?qu?|ck/g, "k"],
  [/c(?=[eiy])/g, "s"],
  [/c/g, "k"],
  [/g(?=[ei])/g, "j"],
  [/h/g, ""],
  [/z/g, "s"],
  [/dt/g, "t"],
  [/[vw]/g, "b"],
  [/ae|oe|ue/g, "e"],
  [/[aeo][iy]/g, "i"],
  [/ee|ie|y/g, "i"],
  [/(.)\1+/g, "$1"],
  [/(?<=...)e$/, ""],
];

/** Shorter names are too alike by sound to say anything. */
const soundLettersMin = 4;

/** The sound of a folded word; the word itself where it is short or holds a digit. */
export function soundOf(folded: string): string {
  if (folded.length < soundLettersMin || /\d/.test(folded)) return folded;
  let sound = folded;
  for (const [pattern, by] of spellings) sound = sound.replace(pattern, by);
  return sound;
}
