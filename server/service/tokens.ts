import type { Token } from "../../engine/state/service-store.ts";
import { makeToken } from "../access/make-token.ts";
import type { Actor, Service } from "../service.ts";
import { admitRole, sees } from "./admit.ts";
import { fine, refuse } from "./answer.ts";
import type { ServiceDeps } from "./deps.ts";

type TokensPart = Pick<Service, "createToken" | "tokens" | "revokeToken">;

/** Who may come in. An admin of some workspaces gives away no more than they have. */
export function tokensPart(deps: ServiceDeps): TokensPart {
  const store = deps.state.service;
  return {
    async createToken(actor, wanted) {
      const no = admitRole(actor, "admin");
      if (no) return no;
      if (!covers(actor, wanted.workspaces)) {
        const message = `${actor.name} is good for some workspaces, and can make tokens for those alone.`;
        return refuse(403, "not-allowed", message);
      }
      const unknown = wanted.workspaces?.find((name) => !deps.workspaces.get(name));
      if (unknown !== undefined) {
        const message = `There is no workspace ${JSON.stringify(unknown)}.`;
        return refuse(422, "token-unfit", message);
      }
      const { clock, newId, secretBytes } = deps;
      const made = await makeToken(
        { store, now: clock.now(), newId, secretBytes },
        wanted,
        actor.name,
      );
      return made.ok
        ? fine({ token: made.token, text: made.text })
        : refuse(422, made.code, made.message);
    },
    async tokens(actor) {
      const all = admitRole(actor, "admin") ?? fine(await store.tokens());
      return all.ok ? fine(all.value.filter((token) => covers(actor, token.workspaces))) : all;
    },
    async revokeToken(actor, id) {
      const no = admitRole(actor, "admin");
      if (no) return no;
      const find = async (): Promise<Token | undefined> =>
        (await store.tokens()).find((one) => one.id === id && covers(actor, one.workspaces));
      const found = await find();
      const isRevoked = found && (await store.revokeToken(id, deps.clock.now()));
      const token = isRevoked ? await find() : undefined;
      return token
        ? fine(token)
        : refuse(404, "token-unknown", `There is no token ${JSON.stringify(id)} to revoke.`);
    },
  };
}

/** Whether the actor may see everything that somebody with these workspaces may see. */
function covers(actor: Actor, workspaces: readonly string[] | undefined): boolean {
  if (actor.workspaces === undefined) return true;
  return workspaces?.every((name) => sees(actor, name)) ?? false;
}
