import type { RunView } from "../../api/client.ts";
import { useCodes } from "../../api/use-codes.ts";
import { Notice } from "../../kit/notice.tsx";
import type { Tone } from "../../kit/pill.tsx";
import { Time } from "../../kit/time.tsx";
import { WithCode } from "../../kit/with-code.tsx";
import { planPath } from "../../router.ts";
import { planWords, requestMeaning } from "../../words.ts";
import { guardsShown } from "../plan/guard-view.ts";

/** What a person has to know about how the run ended or why it waits, and what to do. */
export function RunNotices({ view }: { readonly view: RunView }) {
  const { request, guards } = view;
  const codeEntry = useCodes();
  const { note, code, status } = request;
  const tone = tones[status];
  const entry = code === undefined ? undefined : codeEntry(code);
  const standing = guards.filter(({ allowed }) => !allowed);
  return (
    <>
      {tone !== undefined && (
        <Notice tone={tone} title={<WithCode text={note ?? requestMeaning[status]} />}>
          {note !== undefined && <p>{requestMeaning[status]}</p>}
          {entry !== undefined && (
            <p>
              <strong>What to do:</strong> <WithCode text={entry.remedy} />
            </p>
          )}
          {code !== undefined && (
            <p class="small">
              <code>{code}</code>
              {entry !== undefined && `: ${entry.title}`}
            </p>
          )}
          {standing.length > 0 && <Guards guards={standing} />}
          {status === "waiting" && (
            <p>
              <a href={planPath(request.id)}>Look at the plan, and approve or reject it</a>
            </p>
          )}
        </Notice>
      )}
      {tone === undefined && note !== undefined && <p class="soft">{note}</p>}
      <Decision view={view} />
    </>
  );
}

const tones: Readonly<Partial<Record<RunView["request"]["status"], Tone>>> = {
  waiting: "warn",
  partial: "warn",
  refused: "bad",
  failed: "bad",
  cancelled: "quiet",
};

function Guards({ guards }: { readonly guards: RunView["guards"] }) {
  return (
    <ul class="guards">
      {guardsShown(guards).map(({ key, message }) => (
        <li key={key}>
          <WithCode text={message} />
        </li>
      ))}
    </ul>
  );
}

function Decision({ view: { plan } }: { readonly view: RunView }) {
  if (plan?.decidedBy === undefined) return null;
  const { status, decidedBy, decidedAt, approved } = plan;
  const what = status === "applied" ? "Approved" : planWords[status].word;
  return (
    <p class="soft">
      {what} by {decidedBy}
      {decidedAt !== undefined && (
        <>
          , <Time at={decidedAt} form="absolute" />
        </>
      )}
      {approved !== undefined && ", in part"}.
    </p>
  );
}
