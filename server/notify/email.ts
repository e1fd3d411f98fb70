import { createTransport } from "nodemailer";
import type { NotificationTarget } from "../settings/settings.ts";
import type { Message } from "./message.ts";
import { codeOf, type Sender } from "./sender.ts";

export interface EmailLimits {
  /** For a connection, for a greeting and between two answers, milliseconds. */
  readonly stepMs: number;
  /** For the whole, milliseconds. */
  readonly timeoutMs: number;
}

const emailLimits: EmailLimits = { stepMs: 10_000, timeoutMs: 30_000 };

type EmailTarget = Extract<NotificationTarget, { kind: "email" }>;

export function emailSender(target: EmailTarget, limits: EmailLimits = emailLimits): Sender {
  const { host, port, security, user, password } = target.smtp;
  const transport = createTransport({
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    ...(user !== undefined && { auth: { user, pass: password ?? "" } }),
    connectionTimeout: limits.stepMs,
    greetingTimeout: limits.stepMs,
    socketTimeout: limits.stepMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async (message, signal) => {
      const late = AbortSignal.timeout(limits.timeoutMs);
      try {
        // The types of the library are older than its `signal`.
        const mail = { ...mailOf(target, message), signal: AbortSignal.any([signal, late]) };
        const { rejected } = await transport.sendMail(mail);
        return { ok: true, ...(rejected.length > 0 && { refused: rejected.length }) };
      } catch (error) {
        return {
          ok: false,
          passes: isPassing(error),
          why: late.aborted ? "timed out" : whyOf(error),
        };
      }
    },
    close: async () => transport.close(),
  };
}

/** The library takes line ends out of every header; the subject has none to begin with, and addresses come from the settings. */
function mailOf(target: EmailTarget, message: Message) {
  return {
    from: target.from,
    to: [...target.to],
    subject: message.subject,
    text: textOf(message),
    date: message.at,
    // The same for every try, so that a mailbox that got it twice shows it once.
    messageId: `<${message.id}@${domainOf(target.from)}>`,
    // So that no absence notice answers it.
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

function textOf({ message, url, event }: Message): string {
  return [
    ...message,
    ...(url === undefined ? [] : [url]),
    `-- \nSent by syncctl, because service.yaml asks for it under \`notify\` (${event}).`,
  ].join("\n\n");
}

function domainOf(from: string): string {
  return /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? "syncctl.invalid";
}

/** What a server refuses for good (5xx), and a password that it does not take, will be refused again. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { responseCode, code } = error as {
    readonly responseCode?: unknown;
    readonly code?: unknown;
  };
  if (code === "EAUTH") return false;
  return typeof responseCode !== "number" || responseCode < 500;
}

function whyOf(error: unknown): string {
  const status = (error as { readonly responseCode?: unknown }).responseCode;
  return typeof status === "number" ? `${codeOf(error)} ${status}` : codeOf(error);
}
