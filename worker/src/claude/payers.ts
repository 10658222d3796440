import type Anthropic from '@anthropic-ai/sdk';
import type { Database } from '@devsphere/shared/db/database.ts';
import { markIntegration } from '../integrations/mark-integration.ts';
import type { OpenIntegration } from '../integrations/read-integration.ts';
import { failureOf } from '../runner/failures.ts';
import type { TaskFailure } from '../runner/outcome.ts';
import { platformAccount } from './provider-gate.ts';

/** Who pays for a call, and with what it is made. */
export type PayingClient = {
  client: Anthropic;
  paidBy: 'platform' | 'organization';
  /** The account at the provider, whose limits hold. */
  account: string;
  /** The failure to report for one that a call met; an organisation's refused key is marked as broken. */
  judge: (failure: TaskFailure) => Promise<TaskFailure>;
};

const refusedKey = () => failureOf('own_key_refused');

/** More than any worker serves at once; keeps clients of keys long gone from piling up. */
const clientsKept = 200;

/** The account that an organisation's calls go to; that of one whose own key is broken is its own. */
export function accountOf(own: OpenIntegration | undefined): string {
  return own && own.state !== 'checking' ? own.orgId : platformAccount;
}

/**
 * Calls are made with an organisation's own Anthropic key once that was found to work, and with the platform's otherwise. A
 * key that broke ends tasks: nobody's work moves to another account unasked.
 */
export class Payers {
  readonly #database: Database;
  readonly #platform: Anthropic;
  readonly #clients = new Map<string, Anthropic>();

  constructor(database: Database, platform: Anthropic) {
    this.#database = database;
    this.#platform = platform;
  }

  /** Who pays, by what the organisation has connected. Throws `own_key_refused` for a key that broke. */
  of(own: OpenIntegration | undefined): PayingClient {
    if (!own || accountOf(own) === platformAccount)
      return {
        client: this.#platform,
        paidBy: 'platform',
        account: platformAccount,
        judge: async (failure) => failure,
      };
    if (own.state === 'broken') throw refusedKey();
    return {
      client: this.#clientOf(own),
      paidBy: 'organization',
      account: own.orgId,
      judge: async (failure) => {
        if (failure.code !== 'model_access_denied') return failure;
        const reason = 'Anthropic refused this key in the middle of a task.';
        await markIntegration(this.#database, own, reason);
        return refusedKey();
      },
    };
  }

  #clientOf({ id, version, secret }: OpenIntegration): Anthropic {
    const name = `${id} ${version}`;
    const known = this.#clients.get(name);
    if (known) return known;
    if (this.#clients.size >= clientsKept) this.#clients.clear();
    const client = this.#platform.withOptions({ apiKey: secret() });
    this.#clients.set(name, client);
    return client;
  }
}
