import { existsSync } from "node:fs";

/** The browser of the machine; a machine without one has the packaged one. */
const ofTheMachine = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export interface Program {
  readonly executablePath: string;
  readonly args: readonly string[];
}

/** Where Chromium is. The packaged one is unpacked into the folder for temporary files unless it is there. */
export async function chromiumProgram(): Promise<Program> {
  const own = ofTheMachine.find((path) => existsSync(path));
  // Chromium refuses to run as root in its sandbox, and build machines run as root.
  const isRoot = process.getuid?.() === 0;
  if (own !== undefined) return { executablePath: own, args: isRoot ? ["--no-sandbox"] : [] };
  // Told that it runs there, the package brings the libraries along that a bare machine lacks.
  process.env["AWS_EXECUTION_ENV"] = "AWS_Lambda_nodejs24.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  const args = isRoot ? packaged.args : packaged.args.filter((arg) => arg !== "--no-sandbox");
  return { executablePath: await packaged.executablePath(), args };
}
