import type Anthropic from '@anthropic-ai/sdk';
import type { OpeningKey } from '@devsphere/shared/crypto/sealing-keys.ts';
import type { Database } from '@devsphere/shared/db/database.ts';
import { markIntegration } from '../integrations/mark-integration.ts';
import { type OpenIntegration, readIntegration } from '../integrations/read-integration.ts';
import { TaskFailure } from '../runner/outcome.ts';
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

export type ClaudeOfOrganization = (orgId: string) => Promise<PayingClient>;

const refusedKey = () =>
  new TaskFailure(
    'fatal',
    'own_key_refused',
    "Anthropic does not accept your organisation's own key. An admin can replace or disconnect it under Settings, Integrations.",
  );

/** More than any worker serves at once; keeps clients of keys long gone from piling up. */
const clientsKept = 200;

/**
 * Makes calls with an organisation's own Anthropic key once that was found to work, and with the platform's otherwise. A
 * key that broke ends tasks: nobody's work moves to another account unasked. Looked up for each call, so that replacing
 * or disconnecting a key takes effect with the next one.
 */
export function claudeOfOrganization(
  database: Database,
  keys: readonly OpeningKey[],
  platform: Anthropic,
): ClaudeOfOrganization {
  const clients = new Map<string, Anthropic>();
  const clientOf = ({ id, version, secret }: OpenIntegration): Anthropic => {
    const name = `${id} ${version}`;
    const known = clients.get(name);
    if (known) return known;
    if (clients.size >= clientsKept) clients.clear();
    const client = platform.withOptions({ apiKey: secret() });
    clients.set(name, client);
    return client;
  };
  return async (orgId) => {
    const own = await readIntegration(database, keys, { orgId, kind: 'anthropic' });
    if (!own || own.state === 'checking')
      return {
        client: platform,
        paidBy: 'platform',
        account: platformAccount,
        judge: async (failure) => failure,
      };
    if (own.state === 'broken') throw refusedKey();
    return {
      client: clientOf(own),
      paidBy: 'organization',
      account: orgId,
      judge: async (failure) => {
        if (failure.code !== 'model_access_denied') return failure;
        await markIntegration(database, own, 'Anthropic refused this key in the middle of a task.');
        return refusedKey();
      },
    };
  };
}

/** The account that an organisation's calls go to; that of one whose own key is broken is its own. */
export async function accountOf(claudeOf: ClaudeOfOrganization, orgId: string): Promise<string> {
  try {
    return (await claudeOf(orgId)).account;
  } catch (error) {
    if (error instanceof TaskFailure) return orgId;
    throw error;
  }
}
