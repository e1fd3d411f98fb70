import { useState } from "preact/hooks";
import { api, type Token } from "../../api/client.ts";
import { useRead } from "../../api/use-read.ts";
import { Notice } from "../../kit/notice.tsx";
import { Reading } from "../../kit/states.tsx";
import { say } from "../../kit/toast.tsx";
import { PageHead } from "../../shell/page-head.tsx";
import { useMay, useSession } from "../../shell/session.tsx";
import type { PageProps } from "../page.ts";
import { NewToken } from "./new-token.tsx";
import { TokenList } from "./token-list.tsx";
import { type Made, TokenText } from "./token-text.tsx";
import "../../kit/facts.css";
import "./tokens.css";

/** Who may come in, and what they may do. For admins. */
export function Page(_props: PageProps<"tokens">) {
  const mayNot = useMay("admin");
  return (
    <>
      <PageHead title="Tokens">
        <p>
          People sign in with a token, and programs send it to the API. Give each its own: a token
          that is revoked opens nothing any more, from that moment on.
        </p>
      </PageHead>
      {mayNot === undefined ? (
        <Tokens />
      ) : (
        <Notice tone="warn" title="Tokens are for admins">
          <p>{mayNot}</p>
        </Notice>
      )}
    </>
  );
}

function Tokens() {
  const { isOpen } = useSession();
  const read = useRead("tokens", api.tokens);
  const [made, setMade] = useState<Made>();
  const put = (token: Token, tokens: readonly Token[]) =>
    read.put({ tokens: [...tokens.filter(({ id }) => id !== token.id), token] });
  const revoke = async (token: Token, tokens: readonly Token[]) => {
    const reply = await api.revokeToken(token.id);
    if (!reply.ok) return say(reply.problem.message, "bad");
    put(reply.value, tokens);
    say(`The token of ${token.name} opens nothing any more.`, "good");
  };
  return (
    <Reading of={read} what="Reading the tokens">
      {({ tokens }) => (
        <div class="stack">
          {made ? (
            <TokenText made={made} wasOpen={isOpen} onDone={() => setMade(undefined)} />
          ) : (
            <NewToken
              isFirst={isOpen}
              onMade={(next) => {
                setMade(next);
                put(next.token, tokens);
              }}
            />
          )}
          <TokenList tokens={tokens} onRevoke={(token) => void revoke(token, tokens)} />
        </div>
      )}
    </Reading>
  );
}
