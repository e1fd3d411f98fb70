import type { Token } from "../../engine/state/service-store.ts";
import type { Service } from "../../server/service.ts";
import type { FakeAccess } from "./service-fake-access.ts";
import type { FakeState } from "./service-fake-state.ts";
import { fine, mustBe, refused } from "./service-fake-trouble.ts";

/** Tokens that can be made, used and revoked. */
export function fakeTokensService(
  state: FakeState,
  access: FakeAccess,
): Pick<Service, "createToken" | "tokens" | "revokeToken"> {
  return {
    async createToken(actor, what) {
      const no = mustBe(actor, "admin");
      if (no) return no;
      if ([...access.tokens.values()].some(({ name }) => name === what.name)) {
        return refused(409, "token-unfit", `There is a token called "${what.name}" already.`);
      }
      state.counters.tokens += 1;
      const text = `sct_made_${state.counters.tokens}`;
      const token: Token = {
        ...what,
        id: `t-made-${state.counters.tokens}`,
        createdAt: state.now(),
        createdBy: actor.name,
      };
      access.tokens.set(text, token);
      return fine({ token, text });
    },
    async tokens(actor) {
      return mustBe(actor, "admin") ?? fine([...access.tokens.values()]);
    },
    async revokeToken(actor, id) {
      const no = mustBe(actor, "admin");
      if (no) return no;
      const revoked = access.revoke(id);
      return revoked ? fine(revoked) : refused(404, "token-unknown", `There is no token "${id}".`);
    },
  };
}
