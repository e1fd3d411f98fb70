import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";

/**
 * PGlite that cannot extend its write-ahead log does not fail: it stops the whole process where it is, for ever and
 * without a word. So nothing is written when so little is left; the largest transactions write half of it.
 */
const freeBytesMin = 100 * 1024 * 1024;

/** What to tell when the disk of the folder, which may not be there yet, has no room left; null when it has. */
export function diskTrouble(folder: string): string | null {
  const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : dirname(folder));
  if (bavail * bsize >= freeBytesMin) return null;
  const [free, needed] = [bavail * bsize, freeBytesMin].map((bytes) =>
    Math.floor(bytes / 1024 / 1024),
  );
  return `The disk of the state folder ${folder} is nearly full: ${free} MB are free, and syncctl writes nothing with less than ${needed} MB. Make room, or name another folder.`;
}
