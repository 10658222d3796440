import { createApiKey } from '@devsphere/shared/commands/create-api-key.ts';
import {
  type ApiKeyScope,
  apiKeyScopeNames,
} from '@devsphere/shared/contracts/http/api-key-scopes.ts';
import { contextOf } from '@devsphere/shared/testing/people.ts';
import type { Document, Operation } from '../fuzz/operations.ts';
import { prepare } from '../fuzz/prepare.ts';
import { send } from '../fuzz/send.ts';
import type { System } from '../system/start-system.ts';
import { bodyOf, pathOf } from './path-of.ts';

export type KeyRing = {
  url: string;
  document: Document;
  orgId: string;
  ids: Record<string, string[]>;
  keys: Array<{ token: string; scopes: readonly ApiKeyScope[] }>;
};

/** An organisation with something of everything, and a key for each scope that has as little as a key can have. */
export async function makeKeyRing(system: System, document: Document): Promise<KeyRing> {
  const { owner, ids } = await prepare(system, document);
  const { orgId } = owner;
  const keys: KeyRing['keys'] = [];
  for (const scope of apiKeyScopeNames) {
    const wanted = { orgId, name: scope, scopes: [scope], idempotencyKey: null };
    const { token, apiKey } = await createApiKey(contextOf(system.db, owner), wanted);
    keys.push({ token, scopes: apiKey.scopes });
  }
  return { url: system.api.url, document, orgId, ids, keys };
}

/**
 * Asks an operation with every key, about what is there and about what can't be: whoever lacks the scope is told so before
 * anything else is looked at, and the others are not. Returns what was otherwise.
 */
export async function askWithEveryKey(ring: KeyRing, operation: Operation): Promise<string[]> {
  const needed = operation.neededOfKeys;
  const asked = [
    {
      path: pathOf(operation, ring.orgId, (collection) => ring.ids[collection]?.[0]),
      body: bodyOf(operation, ring.document),
    },
    {
      path: pathOf(operation, ring.orgId, () => 'no-id'),
      body: operation.body ? '{"no":1}' : null,
    },
  ];
  const wrong: string[] = [];
  for (const { token, scopes } of ring.keys)
    for (const { path, body } of asked) {
      const { status, text } = await send(ring.url, {
        method: operation.method,
        path,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
      });
      const detail = status === 403 ? JSON.parse(text).detail : null;
      const expected = refusalOf(needed, scopes);
      if (detail !== expected)
        wrong.push(`${operation.method} ${path} with ${scopes}: ${status} ${text.slice(0, 200)}`);
    }
  return wrong;
}

function refusalOf(
  needed: Operation['neededOfKeys'],
  scopes: readonly ApiKeyScope[],
): string | null {
  if (needed === 'person') return 'An API key can’t do this: it needs a person. Sign in.';
  if (needed === 'any' || scopes.includes(needed)) return null;
  return `This needs an API key with the scope ${needed}.`;
}
