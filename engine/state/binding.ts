/*
 * Which accounts a mapping works with, kept from its first run on. Links, baselines and intents say nothing about any
 * other account: a state that is pointed at another company would take every record for gone.
 */

/** One account of a system, as a mapping uses it. */
export interface BoundAccount {
  /** Name of the connection in `syncctl.yaml`. */
  readonly connection: string;
  /** Name of the connector. */
  readonly system: string;
  /** What people call the system. */
  readonly title: string;
  /** Tells two accounts of a system apart, such as "company 4242". */
  readonly account: string;
}

export interface Binding {
  readonly mapping: string;
  /** The accounts whose records the mapping keeps in step, in the order of their connections. */
  readonly accounts: readonly BoundAccount[];
  /** The stream that was right by definition when the records were linked last, as `connection/stream`. */
  readonly systemOfRecord: string;
  /** When it was bound first. */
  readonly at: Date;
}

/** Why a mapping may not work with these accounts, and the binding that stands against it. */
export interface BindingConflict {
  /**
   * `mapping`: it was first run with others. `connection`: another mapping knows another account by this connection.
   * `pair`: one of its accounts goes with another account of the same system.
   */
  readonly kind: "mapping" | "connection" | "pair";
  readonly binding: Binding;
}

/** Holds a binding that is wanted against those that are known. The first that stands against it decides. */
export function bindingConflict(
  known: readonly Binding[],
  wanted: Binding,
): BindingConflict | null {
  for (const binding of known) {
    if (binding.mapping === wanted.mapping) {
      if (!sameAccounts(binding, wanted)) return { kind: "mapping", binding };
    } else if (rivalConnection(binding, wanted)) {
      return { kind: "connection", binding };
    } else if (rivalPair(binding, wanted)) {
      return { kind: "pair", binding };
    }
  }
  return null;
}

/** The name of a connection may change; the accounts may not. */
function sameAccounts(a: Binding, b: Binding): boolean {
  return accountTexts(a).join("\n") === accountTexts(b).join("\n");
}

function accountTexts({ accounts }: Binding): readonly string[] {
  return [...new Set(accounts.map(accountText))].sort();
}

function accountText({ system, account }: BoundAccount): string {
  return JSON.stringify([system, account]);
}

function rivalConnection(a: Binding, b: Binding): boolean {
  return a.accounts.some((one) =>
    b.accounts.some(
      (other) => one.connection === other.connection && accountText(one) !== accountText(other),
    ),
  );
}

/** One company goes with one company: of two systems that both bindings join, both accounts are the same or neither. */
function rivalPair(a: Binding, b: Binding): boolean {
  const shared = systemsOf(a).filter((system) => systemsOf(b).includes(system));
  const same = shared.filter((system) => accountOf(a, system) === accountOf(b, system));
  return same.length > 0 && same.length < shared.length;
}

/** Systems of which the binding has exactly one account: with several, nothing says which goes with which. */
function systemsOf({ accounts }: Binding): readonly string[] {
  const groups = Map.groupBy(accounts, ({ system }) => system);
  return [...groups].flatMap(([system, group]) =>
    new Set(group.map(({ account }) => account)).size === 1 ? [system] : [],
  );
}

function accountOf({ accounts }: Binding, system: string): string | undefined {
  return accounts.find((one) => one.system === system)?.account;
}
