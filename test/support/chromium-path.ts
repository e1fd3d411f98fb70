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
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  if (own !== undefined) return { executablePath: own, args };
  // Told that it runs there, the package brings the libraries along that a bare machine lacks. The switches that it has for
  // that place are left out: they put everything into one process and take protections away that tests rely on.
  process.env["AWS_EXECUTION_ENV"] = "AWS_Lambda_nodejs24.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  return { executablePath: await packaged.executablePath(), args };
}
