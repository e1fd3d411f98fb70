/** Enough to find the place; the frames of libraries below it are of little use. */
const framesMax = 12;

/** Causes of causes. An error can be its own cause. */
const causesMax = 4;

/**
 * Something that was thrown, for a log. Messages of errors quote what was worked on: a database its parameters, a parser its
 * text. So they are told only where that is wanted; the kind, the code and the place say what happened all the same.
 */
export function faultFields(
  fault: unknown,
  withMessage: boolean,
  causes = causesMax,
): Record<string, unknown> {
  if (!(fault instanceof Error))
    return { type: typeof fault, ...(withMessage && { message: String(fault) }) };
  const code = "code" in fault ? fault.code : undefined;
  return {
    type: fault.name,
    ...(typeof code === "string" && { code }),
    ...(withMessage && { message: fault.message }),
    at: framesOf(fault),
    ...(fault.cause !== undefined &&
      causes > 0 && { cause: faultFields(fault.cause, withMessage, causes - 1) }),
  };
}

/** The lines after the message, which may itself have several lines. */
function framesOf({ stack = "" }: Error): readonly string[] {
  const frames = stack
    .split("\n")
    .filter((line) => /^ {4}at .*(:\d+:\d+\)?|<anonymous>\)?|native\)?)$/.test(line));
  return frames.slice(0, framesMax).map((line) => line.slice("    at ".length));
}
