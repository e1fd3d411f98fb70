import { createServer, type Socket } from "node:net";

/*
 * The least of SMTP (RFC 5321) that a program needs to hand over a message, as strict as a server about the order of
 * commands: greeting, EHLO, AUTH PLAIN, MAIL, RCPT, DATA with dot-stuffing, RSET, QUIT.
 */

interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and text as they came, line ends as `\n`. */
  readonly raw: string;
}

export interface SmtpOptions {
  /** Credentials that it wants, `user:password`. */
  readonly login?: string;
  /** What it answers to commands, by their first word; null: nothing ever. `greeting` stands for the first line. */
  readonly answers?: (command: string, times: number) => string | null | undefined;
}

export interface SmtpServer {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  /** Every line that came outside of messages. */
  readonly commands: readonly string[];
  close(): Promise<void>;
}

interface Conversation {
  hasGreeted: boolean;
  isKnown: boolean;
  from: string | undefined;
  to: string[];
  /** Lines of the message that is being sent. */
  data: string[] | undefined;
}

export async function smtpServer(options: SmtpOptions = {}): Promise<SmtpServer> {
  const received: ReceivedMail[] = [];
  const commands: string[] = [];
  const times = new Map<string, number>();
  const sockets = new Set<Socket>();

  /** What the test wants to be answered, if anything. */
  const told = (word: string): string | null | undefined => {
    const time = (times.get(word) ?? 0) + 1;
    times.set(word, time);
    return options.answers?.(word, time);
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    const state: Conversation = {
      hasGreeted: false,
      isKnown: options.login === undefined,
      from: undefined,
      to: [],
      data: undefined,
    };
    const say = (text: string | null) => {
      if (text !== null) socket.write(`${text}\r\n`);
    };
    const greeting = told("greeting");
    say(greeting === undefined ? "220 mail.example ESMTP" : greeting);

    let rest = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      rest += text;
      for (;;) {
        const end = rest.indexOf("\r\n");
        if (end < 0) return;
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (state.data) {
          takeLine(state, line, received, say, told);
          continue;
        }
        commands.push(line);
        const word = line.split(" ", 1)[0]?.toUpperCase() ?? "";
        const answer = told(word);
        say(answer === undefined ? carryOut(state, word, line, options) : answer);
        if (word === "QUIT") socket.end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return {
    port: address.port,
    received,
    commands,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function takeLine(
  state: Conversation,
  line: string,
  received: ReceivedMail[],
  say: (text: string | null) => void,
  told: (word: string) => string | null | undefined,
): void {
  if (line !== ".") {
    state.data?.push(line.startsWith(".") ? line.slice(1) : line);
    return;
  }
  const answer = told("message");
  // One that is taken in silence is taken.
  if (typeof answer !== "string") {
    received.push({ from: state.from ?? "", to: state.to, raw: (state.data ?? []).join("\n") });
  }
  Object.assign(state, { from: undefined, to: [], data: undefined });
  say(answer === undefined ? "250 taken" : answer);
}

function carryOut(state: Conversation, word: string, line: string, options: SmtpOptions): string {
  const path = /<([^>]*)>/.exec(line)?.[1];
  switch (word) {
    case "EHLO":
      state.hasGreeted = true;
      return options.login ? "250-mail.example\r\n250 AUTH PLAIN" : "250 mail.example";
    case "AUTH": {
      const plain = Buffer.from(line.split(" ")[2] ?? "", "base64").toString();
      state.isKnown = plain.split("\u0000").slice(1).join(":") === options.login;
      return state.isKnown ? "235 welcome" : "535 not with these";
    }
    case "MAIL":
      if (!state.hasGreeted || !state.isKnown) return "530 who are you?";
      state.from = path;
      return "250 go on";
    case "RCPT":
      if (state.from === undefined || path === undefined) return "503 not now";
      state.to.push(path);
      return "250 go on";
    case "DATA":
      if (state.to.length === 0) return "503 to whom?";
      state.data = [];
      return "354 end with a dot";
    case "RSET":
      Object.assign(state, { from: undefined, to: [], data: undefined });
      return "250 forgotten";
    case "QUIT":
      return "221 bye";
    default:
      return "502 not understood";
  }
}
