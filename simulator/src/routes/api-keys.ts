import { apiKeyId } from '../calls/call-entry.ts';
import { type Exchange, sendJson } from '../http/exchange.ts';
import type { Services } from '../services.ts';
import { pageOf } from './page-of.ts';

/** `GET /v1/organizations/api_keys`: every key that has made a call, the latest first. */
export async function sendApiKeys(services: Services, exchange: Exchange): Promise<void> {
  const keys = new Map<string, { id: string } & Record<string, unknown>>();
  for (const { key_hash, key_hint, received_at } of await services.log.read()) {
    if (key_hash === null || !key_hint || keys.has(key_hash)) continue;
    keys.set(key_hash, {
      id: apiKeyId(key_hash),
      type: 'api_key',
      name: `Simulated ${key_hash.slice(0, 4)}`,
      created_at: received_at,
      created_by: { id: 'user_sim_1', type: 'user' },
      expires_at: null,
      partial_key_hint: key_hint,
      status: 'active',
      workspace_id: null,
    });
  }
  const statuses = exchange.url.searchParams.getAll('status');
  const isWanted = statuses.length === 0 || statuses.includes('active');
  const listed = isWanted ? [...keys.values()].reverse() : [];
  sendJson(exchange, 200, pageOf(listed, exchange.url.searchParams));
}
